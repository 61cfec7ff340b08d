package io.clicktrail.enricher.kafka;

import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.enricher.identity.LeaseClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums up the claims that a lease store gives up because a key has too many, for one audit entry a minute on addresses,
 * on users and on names each. Claims come by the thousand from logs, and each stands on the topic of the leases; those
 * that do not count are what an attacker leaves. No entry names a key, which may be a person.
 *
 * <p>The counts of a minute are lost if the process is killed in it.
 */
final class RefusedClaims {

    private static final String WHY = "more claims on a key than it may hold";

    private final Map<String, AuditEntry> counted = new TreeMap<>();

    /**
     * Claims were given up.
     *
     * @param key that they were on
     * @param count 1 or more
     * @param topic of the claim that was one too many
     */
    void add(String key, int count, String topic, int partition, long offset, Instant at) {
        String what = what(key);
        AuditEntry known = counted.get(what);
        counted.put(
                what,
                known == null
                        ? AuditEntry.newBuilder()
                                .setKind(AuditKind.LEASES)
                                .setOutcome(AuditOutcome.REFUSED)
                                .setAt(at)
                                .setWho("logs")
                                .setWhat(what)
                                .setReason(WHY)
                                .setCount(count)
                                .setTopic(topic)
                                .setPartition(partition)
                                .setOffset(offset)
                                .build()
                        : AuditEntry.newBuilder(known)
                                .setCount(known.getCount() + count)
                                .build());
    }

    /** The sums since the last call. */
    List<AuditEntry> take() {
        var all = new ArrayList<>(counted.values());
        counted.clear();
        return all;
    }

    private static String what(String key) {
        if (key.startsWith(LeaseClaims.ADDRESS)) {
            return "claims on addresses";
        }
        return key.startsWith(LeaseClaims.USER) ? "claims on users" : "claims on names";
    }
}
