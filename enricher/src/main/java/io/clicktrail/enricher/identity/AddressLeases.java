package io.clicktrail.enricher.identity;

import io.clicktrail.identity.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All claims on one address, user or name, and whose host it was at a time. Network logs name an address, evidence is
 * correlated by host: this class is the bridge between them.
 *
 * <p><b>Rules.</b> A claim says: this host had the key from then on, until then if it says so (a DHCP lease does). A
 * claim without an end holds from {@link #BEFORE} its time, as the event that shows an address may come after the
 * connection, until {@link #AFTER} it. An address belongs to one host at a time, so a later claim of another host ends
 * it, DHCP leases included: an address is handed out again when it is free. A user may work on several hosts at once,
 * so there nothing ends a claim early. Names change seldom: a claim on one holds {@link #NAMED} before and after.
 *
 * <p>What a host's own sensor says of an address outweighs what others say of it: for {@link #CONFIRMING} after such a
 * claim, claims of other sources count for nothing. After that a lease of another host takes the address.
 *
 * <p>{@link HostNames} says which names are one host's. A claim by another name than the qualified one is answered by a
 * second claim by that one, which says of which name it is the answer (see {@link LeaseClaims#question}).
 *
 * <p><b>Answer.</b> The host of the latest claim at that time, with all others that claim it then. Where
 * {@value #CROWD} hosts or more claim an address within {@link #CROWDING}, it is a translator's or a shared machine's
 * and the answer says {@link #CROWDED}.
 *
 * <p><b>Invariants.</b> Immutable. The answer depends on the claims alone, not on the order in which they came, so a
 * replay and a rebalance give the same.
 *
 * <p><b>Cost.</b> {@link #at} compares each claim with those after it until one ends it: linear in the usual case,
 * quadratic at worst, over the bounded number of claims that {@code LeaseStore} keeps of a key.
 *
 * <p><b>Source.</b> RFC 2131 (DHCP) for leases; {@link LeaseClaims} lists the events that claim and why.
 */
public final class AddressLeases {

    /** How long before its time a claim without an end holds. */
    public static final Duration BEFORE = Duration.ofMinutes(5);

    /** How long after its time a claim without an end holds. */
    public static final Duration AFTER = Duration.ofHours(12);

    /** How long before and after its time a claim on a name holds. */
    public static final Duration NAMED = Duration.ofDays(7);

    /** Why an address is no one host's: this many hosts claimed it within {@link #CROWDING} before or after. */
    public static final String CROWDED = "crowded";

    /** Claims of a host in use are repeated every ten minutes. */
    public static final Duration CONFIRMING = Duration.ofMinutes(15);

    private static final int CROWD = 4;
    private static final Duration CROWDING = Duration.ofMinutes(10);

    private static final Comparator<Lease> IN_TIME =
            Comparator.comparing(Lease::getFrom).thenComparing(Lease::getHost);

    private static final int MAX_OTHERS = 16;

    private final List<Lease> claims;
    private final List<Lease> own;
    private final Map<String, String> aliases;

    private AddressLeases(List<Lease> claims) {
        this.claims = claims;
        this.own = claims.stream()
                .filter(claim -> claim.getOwn() && isOfAddress(claim))
                .toList();
        this.aliases = aliases(claims);
    }

    /** @param claims claims on one key, in any order */
    public static AddressLeases of(Collection<Lease> claims) {
        List<Lease> sorted = new ArrayList<>(claims);
        sorted.removeIf(AddressLeases::isOwnName);
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
        return claim.getUntil() != null ? claim.getUntil() : claim.getFrom().plus(isOfName(claim) ? NAMED : AFTER);
    }

    /** Which host the key belonged to at a time. */
    public HostResolution at(Instant time) {
        List<Lease> counted = counted(time);
        @Nullable Lease latest = null;
        List<Lease> holding = new ArrayList<>(2);
        for (int i = 0; i < counted.size(); i++) {
            Lease claim = counted.get(i);
            if (holds(claim, i, counted, time)) {
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
        boolean crowded = isCrowded(counted, time);
        String host = qualified(latest.getHost(), time);
        Set<String> others = new LinkedHashSet<>();
        for (Lease claim : crowded ? counted : holding) {
            if (!isSameHost(claim.getHost(), latest.getHost())) {
                others.add(qualified(claim.getHost(), time));
            }
        }
        others.remove(host);
        return new HostResolution.Known(
                host, others.stream().sorted().limit(MAX_OTHERS).toList(), latest.getUser(), crowded ? CROWDED : null);
    }

    /**
     * True where the same host claims the key shortly before and after a time, and no other in between: a claim that is
     * still to come would have to fit into the gap.
     */
    public boolean isConfirmed(Instant time) {
        @Nullable Lease before = null;
        for (Lease claim : counted(time)) {
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

    /** True where a name is qualified, is one host's with another by what this book knows, and that one is not. */
    public boolean qualifies(String name, String unqualified) {
        return HostNames.isQualified(name) && !HostNames.isQualified(unqualified) && isSameHost(name, unqualified);
    }

    /** The claims that count for a time: those of hosts' own sensors where there are any. */
    private List<Lease> counted(Instant time) {
        for (Lease claim : own) {
            if (!time.isBefore(claim.getFrom().minus(BEFORE))
                    && !time.isAfter(claim.getFrom().plus(CONFIRMING))) {
                return own;
            }
        }
        return claims;
    }

    /**
     * An address that hosts hand to each other by the minute: they stand behind one translator or share one machine.
     */
    private boolean isCrowded(List<Lease> counted, Instant time) {
        if (counted.size() < CROWD || !isOfAddress(counted.getFirst())) {
            return false;
        }
        Set<String> hosts = new HashSet<>();
        for (Lease claim : counted) {
            if (Duration.between(claim.getFrom(), time).abs().compareTo(CROWDING) <= 0) {
                hosts.add(qualified(claim.getHost(), time));
            }
        }
        return hosts.size() >= CROWD;
    }

    private boolean holds(Lease claim, int at, List<Lease> counted, Instant time) {
        Duration before = isOfName(claim) ? NAMED : BEFORE;
        if (time.isBefore(claim.getFrom().minus(before)) || time.isAfter(end(claim))) {
            return false;
        }
        if (!isOfAddress(claim)) {
            return true;
        }
        for (int i = at + 1; i < counted.size(); i++) {
            Lease next = counted.get(i);
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

    private static boolean isOfAddress(Lease claim) {
        return claim.getKey().startsWith(LeaseClaims.ADDRESS);
    }

    private static boolean isOfName(Lease claim) {
        return !LeaseClaims.isKey(claim.getKey());
    }

    /** A host that was seen under a short name, which says nothing of its qualified one. */
    private static boolean isOwnName(Lease claim) {
        return claim.getKey().equals(claim.getHost());
    }

    private boolean isSameHost(String a, String b) {
        return HostNames.isSame(aliases.getOrDefault(a, a), aliases.getOrDefault(b, b));
    }

    /**
     * The qualified name that the book knows for another name: of several with the same first label the one of the
     * latest claim at a time, as the address is that machine's.
     */
    private String qualified(String host, Instant time) {
        if (host.indexOf('.') >= 0) {
            return host;
        }
        @Nullable String alias = aliases.get(host);
        if (alias != null) {
            return alias;
        }
        @Nullable String found = null;
        for (Lease claim : claims) {
            if (HostNames.isShortFor(host, claim.getHost())
                    && (found == null || !claim.getFrom().isAfter(time))) {
                found = claim.getHost();
            }
        }
        return found == null ? host : found;
    }

    /** Names whose claims were answered with a qualified name. */
    private static Map<String, String> aliases(List<Lease> claims) {
        Map<String, String> aliases = new HashMap<>();
        for (Lease claim : claims) {
            if (claim.getAlias() != null) {
                aliases.put(claim.getAlias(), claim.getHost());
            }
        }
        return aliases;
    }
}
