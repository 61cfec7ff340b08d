package io.clicktrail.enricher.identity;

import io.clicktrail.identity.Lease;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many claims a key may hold, so that no flood of log lines pushes out what others have claimed.
 *
 * <p><b>Rule.</b> One host by one dataset holds {@value #MAX_OF_CLAIMANT} claims of a key, and its oldest delivery goes
 * first. The claims of hosts' own sensors on a key, and those of others, hold {@value #MAX_OF_KIND} each. Of too many,
 * the first and the last delivered half stay and what was delivered between them goes: whoever claimed the key before a
 * flood keeps it, and whoever comes after the flood is heard. The time that a claim gives itself does not matter.
 *
 * <p><b>Cost.</b> A sort over the claims of one key, at most {@code 2 * MAX_OF_KIND + 1} of them.
 */
public final class ClaimLimits {

    /** Claims of one host by one dataset on one key; more than ten hours of refreshes every ten minutes. */
    public static final int MAX_OF_CLAIMANT = 64;

    /** Claims of hosts' own sensors on one key, and claims of others on it. */
    public static final int MAX_OF_KIND = 128;

    private static final Comparator<Delivered> BY_DELIVERY = Comparator.comparingLong(Delivered::at)
            .thenComparing(claim -> claim.lease().getFrom())
            .thenComparing(claim -> claim.lease().getHost());

    private ClaimLimits() {}

    /** @param at delivery time, milliseconds */
    public record Delivered(Lease lease, long at) {}

    /** The claims of a key that are too many. */
    public static List<Lease> surplus(Collection<Delivered> claims) {
        if (claims.size() <= MAX_OF_CLAIMANT) {
            return List.of();
        }
        List<Delivered> sorted = new ArrayList<>(claims);
        sorted.sort(BY_DELIVERY);
        List<Lease> surplus = new ArrayList<>();
        Map<Claimant, Integer> later = new HashMap<>();
        Map<Boolean, List<Lease>> byKind = new LinkedHashMap<>();
        for (Delivered claim : sorted.reversed()) {
            Claimant claimant = Claimant.of(claim.lease());
            int count = later.getOrDefault(claimant, 0);
            later.put(claimant, count + 1);
            if (count >= MAX_OF_CLAIMANT) {
                surplus.add(claim.lease());
            } else {
                byKind.computeIfAbsent(claim.lease().getOwn(), kind -> new ArrayList<>())
                        .add(claim.lease());
            }
        }
        for (List<Lease> kind : byKind.values()) {
            if (kind.size() > MAX_OF_KIND) {
                surplus.addAll(kind.subList(MAX_OF_KIND / 2, kind.size() - MAX_OF_KIND / 2));
            }
        }
        return surplus;
    }

    private record Claimant(String host, String dataset) {
        static Claimant of(Lease lease) {
            return new Claimant(lease.getHost(), lease.getDataset());
        }
    }
}
