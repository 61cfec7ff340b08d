package io.clicktrail.enricher.identity;

import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All claims on one address or user, and whose host it was at a time. Network logs name an address, evidence is
 * correlated by host: this class is the bridge between them.
 *
 * <p><b>Rules.</b> A claim says: this host had the key from then on, until then if it says so (a DHCP lease does). A
 * claim without an end holds from {@link #BEFORE} its time, as the event that shows an address may come after the
 * connection, until {@link #AFTER} it. An address belongs to one host at a time, so a later claim of another host ends
 * it, DHCP leases included: an address is handed out again when it is free. A user may work on several hosts at once,
 * so there nothing ends a claim early. A short name and a qualified one with the same first label are one host.
 *
 * <p><b>Answer.</b> The host of the latest claim at that time, with all others that claim it then. Where
 * {@value #CROWD} hosts or more claim an address within {@link #CROWDING}, it is a translator's or a shared machine's
 * and the answer says {@link #CROWDED}.
 *
 * <p><b>Invariants.</b> Immutable. The answer depends on the claims alone, not on the order in which they came, so a
 * replay and a rebalance give the same.
 *
 * <p><b>Cost.</b> {@link #at} compares each claim with those after it until one ends it: linear in the usual case,
 * quadratic at worst, over at most 256 claims of a key ({@code LeaseStore} drops the oldest).
 *
 * <p><b>Source.</b> RFC 2131 (DHCP) for leases; {@link LeaseClaims} lists the events that claim and why.
 */
public final class AddressLeases {

    /** How long before its time a claim without an end holds. */
    public static final Duration BEFORE = Duration.ofMinutes(5);

    /** How long after its time a claim without an end holds. */
    public static final Duration AFTER = Duration.ofHours(12);

    /** Why an address is no one host's: this many hosts claimed it within {@link #CROWDING} before or after. */
    public static final String CROWDED = "crowded";

    private static final int CROWD = 4;
    private static final Duration CROWDING = Duration.ofMinutes(10);

    private static final Comparator<Lease> IN_TIME =
            Comparator.comparing(Lease::getFrom).thenComparing(Lease::getHost);

    /** Claims of a host in use are repeated every ten minutes. */
    private static final Duration CONFIRMING = Duration.ofMinutes(15);

    private static final int MAX_OTHERS = 16;

    private final List<Lease> claims;

    private AddressLeases(List<Lease> claims) {
        this.claims = claims;
    }

    /** @param claims claims on one key, in any order */
    public static AddressLeases of(Collection<Lease> claims) {
        List<Lease> sorted = new ArrayList<>(claims);
        sorted.sort(IN_TIME);
        return new AddressLeases(sorted);
    }

    /** This book with one claim more. */
    public AddressLeases with(Lease claim) {
        List<Lease> more = new ArrayList<>(claims);
        more.add(claim);
        return of(more);
    }

    /** The end of what a claim says by itself. */
    public static Instant end(Lease claim) {
        return claim.getUntil() == null ? claim.getFrom().plus(AFTER) : claim.getUntil();
    }

    /** Which host the key belonged to at a time. */
    public HostResolution at(Instant time) {
        @Nullable Lease latest = null;
        List<Lease> holding = new ArrayList<>(2);
        for (int i = 0; i < claims.size(); i++) {
            Lease claim = claims.get(i);
            if (holds(claim, i, time)) {
                holding.add(claim);
                boolean claimedBefore = !claim.getFrom().isAfter(time);
                if (latest == null || claimedBefore) {
                    latest = claim;
                }
            }
        }
        if (latest == null) {
            return new HostResolution.Unknown();
        }
        boolean crowded = isCrowded(time);
        Set<String> others = new LinkedHashSet<>();
        for (Lease claim : crowded ? claims : holding) {
            if (!isSameHost(claim.getHost(), latest.getHost())) {
                others.add(longestName(claim.getHost()));
            }
        }
        return new HostResolution.Known(
                longestName(latest.getHost()),
                others.stream().sorted().limit(MAX_OTHERS).toList(),
                latest.getUser(),
                crowded ? CROWDED : null);
    }

    /**
     * True where the same host claims the key shortly before and after a time, and no other in between: a claim that is
     * still to come would have to fit into the gap.
     */
    public boolean isConfirmed(Instant time) {
        @Nullable Lease before = null;
        for (Lease claim : claims) {
            if (claim.getFrom().isBefore(time)) {
                before = claim;
            } else {
                return before != null
                        && isSameHost(claim.getHost(), before.getHost())
                        && Duration.between(before.getFrom(), claim.getFrom()).compareTo(CONFIRMING) <= 0;
            }
        }
        return false;
    }

    /**
     * An address that hosts hand to each other by the minute: they stand behind one translator or share one machine.
     */
    private boolean isCrowded(Instant time) {
        if (claims.size() < CROWD || !claims.getFirst().getKey().startsWith(LeaseClaims.ADDRESS)) {
            return false;
        }
        Set<String> hosts = new HashSet<>();
        for (Lease claim : claims) {
            if (Duration.between(claim.getFrom(), time).abs().compareTo(CROWDING) <= 0) {
                hosts.add(longestName(claim.getHost()));
            }
        }
        return hosts.size() >= CROWD;
    }

    private boolean holds(Lease claim, int at, Instant time) {
        if (time.isBefore(claim.getFrom().minus(BEFORE)) || time.isAfter(end(claim))) {
            return false;
        }
        if (!claim.getKey().startsWith(LeaseClaims.ADDRESS)) {
            return true;
        }
        for (int i = at + 1; i < claims.size(); i++) {
            Lease next = claims.get(i);
            if (next.getFrom().isAfter(time)) {
                return true;
            }
            boolean later = next.getFrom().isAfter(claim.getFrom());
            if (later && !isSameHost(next.getHost(), claim.getHost())) {
                return false;
            }
        }
        return true;
    }

    /** A short name and a fully qualified one with the same first label are one host, as DHCP sends the short one. */
    private static boolean isSameHost(String a, String b) {
        return a.equals(b) || isShortFor(a, b) || isShortFor(b, a);
    }

    private static boolean isShortFor(String name, String qualified) {
        return name.indexOf('.') < 0
                && qualified.length() > name.length()
                && qualified.charAt(name.length()) == '.'
                && qualified.startsWith(name);
    }

    /** The qualified name that the book knows for a short one, the first in order where it knows several. */
    private String longestName(String host) {
        if (host.indexOf('.') >= 0) {
            return host;
        }
        return claims.stream()
                .map(Lease::getHost)
                .filter(name -> isShortFor(host, name))
                .min(Comparator.naturalOrder())
                .orElse(host);
    }
}
