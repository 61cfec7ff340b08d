package io.clicktrail.enricher.intel;

import io.clicktrail.intel.IndicatorType;
import java.time.Duration;
import java.time.Instant;

/**
 * How much an indicator weighs. Confidence halves with age: after 3 days for what attackers change daily, 14 days for names,
 * 180 days for files. A URL or file is one thing, so a listing that is more likely right than wrong weighs in full; whatever
 * names more than one thing weighs by confidence.
 */
public final class Weight {

    /** Less says nothing. */
    static final int LEAST_CONFIDENCE = 5;

    private static final int MORE_LIKELY_RIGHT = 50;
    private static final int HUNDRED = 100;

    private Weight() {}

    /** Time after which confidence has halved. */
    static Duration halfLife(IndicatorType type) {
        return switch (type) {
            case URL, ADDRESS, NETWORK -> Duration.ofDays(3);
            case TENANT_KEY, DOMAIN -> Duration.ofDays(14);
            case SHA256 -> Duration.ofDays(180);
        };
    }

    /** Confidence at a time, 0-100; what happened before the listing counts in full. */
    static double confidence(IndicatorType type, int given, Instant listed, Instant time) {
        long age = time.getEpochSecond() - listed.getEpochSecond();
        return age <= 0
                ? given
                : given * Math.pow(2, -(double) age / halfLife(type).toSeconds());
    }

    /** From when on an indicator of this confidence says nothing more by age alone. */
    public static Instant end(IndicatorType type, int given, Instant listed) {
        double halves = Math.log((double) Math.max(given, LEAST_CONFIDENCE) / LEAST_CONFIDENCE) / Math.log(2);
        return listed.plusSeconds(Math.round(halves * halfLife(type).toSeconds()));
    }

    /** The least score of what an indicator names. */
    static int floor(IndicatorType type, double confidence, boolean isBelow) {
        return switch (type) {
            case URL, SHA256 -> part(90, confidence >= MORE_LIKELY_RIGHT ? HUNDRED : 2 * confidence);
            case TENANT_KEY -> part(75, confidence);
            case DOMAIN -> part(isBelow ? 60 : 75, confidence);
            case ADDRESS, NETWORK -> part(45, confidence);
        };
    }

    private static int part(int whole, double percent) {
        return (int) Math.round(whole * percent / HUNDRED);
    }
}
