package io.clicktrail.enricher.domain;

/**
 * How many of the organisation's hosts touched a tenant key. Counted as of the time of the event, so that a replay
 * counts the same.
 *
 * @param hosts hosts up to the event, at most {@link #COUNTED}
 * @param settled those of them that had first touched it a week or more before, at most {@link #COUNTED}
 */
public record Prevalence(int hosts, int settled) {

    /** Hosts are counted up to this number. */
    public static final int COUNTED = 20;

    /** True for a key that many hosts have used for long. */
    boolean isOrdinary() {
        return settled >= COUNTED;
    }
}
