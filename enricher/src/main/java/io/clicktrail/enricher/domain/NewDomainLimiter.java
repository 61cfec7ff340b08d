package io.clicktrail.enricher.domain;

import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.SuffixKind;
import java.time.Instant;

/**
 * Caps how many new names below one suffix are kept in an hour of event time, so that who makes names for nothing below
 * shared hosting cannot fill the store. Counted in memory: a restart begins anew.
 */
public final class NewDomainLimiter {

    private static final int MAX_COUNTS = 10_000;
    private static final long HOUR_SECONDS = 3600;

    private final int most;
    private final LruCache<Below, Integer> counts = new LruCache<>(MAX_COUNTS);

    /** @param most names that are kept below one suffix in an hour, at least 1 */
    public NewDomainLimiter(int most) {
        this.most = most;
    }

    /**
     * False where too many new names came below the suffix in the same hour; registrable domains cost money and are not
     * capped.
     */
    public boolean takes(DomainRisk risk, Instant time) {
        if (!risk.getSharedHosting()) {
            return true;
        }
        var below = new Below(suffixOf(risk), time.getEpochSecond() / HOUR_SECONDS);
        int count = counts.getOrDefault(below, 0) + 1;
        counts.put(below, Math.min(count, most + 1));
        return count <= most;
    }

    private static String suffixOf(DomainRisk risk) {
        String key = risk.getTenantKey();
        int slash = key.indexOf('/');
        if (risk.getSuffixKind() == SuffixKind.PATH_TENANT && slash > 0) {
            return key.substring(0, slash);
        }
        return key.substring(key.indexOf('.') + 1);
    }

    private record Below(String suffix, long hour) {}
}
