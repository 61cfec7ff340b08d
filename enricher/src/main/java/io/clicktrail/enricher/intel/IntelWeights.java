package io.clicktrail.enricher.intel;

import io.clicktrail.intel.IndicatorType;
import io.clicktrail.schemas.lists.DataList;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much an indicator weighs. Confidence halves with age. A URL or file is one thing, so a listing that is more
 * likely right than wrong weighs in full; whatever names more than one thing weighs by confidence.
 */
public final class IntelWeights {

    /** Less says nothing. */
    static final int MIN_CONFIDENCE = 5;

    private static final int MORE_LIKELY_RIGHT = 50;
    private static final int HUNDRED = 100;
    private static final int MAX_DAYS = 3_650;

    private final Map<IndicatorType, Row> rows = new EnumMap<>(IndicatorType.class);

    private IntelWeights(DataList list) {
        list.forEach(row -> rows.put(
                row.one(0, IndicatorType.class),
                new Row(
                        Duration.ofDays(row.integer(1, 1, MAX_DAYS)),
                        row.integer(2, 0, HUNDRED),
                        row.integer(3, 0, HUNDRED))));
        for (IndicatorType type : IndicatorType.values()) {
            if (!rows.containsKey(type)) {
                throw new IllegalArgumentException(list.name() + ": no row " + type);
            }
        }
    }

    /** @throws IllegalArgumentException with file, line and reason where the list is not complete or out of bounds */
    public static IntelWeights of(DataList list) {
        return new IntelWeights(list);
    }

    /** Confidence at a time, 0-100; what happened before the listing counts in full. */
    double confidence(IndicatorType type, int given, Instant listed, Instant time) {
        long age = time.getEpochSecond() - listed.getEpochSecond();
        return age <= 0
                ? given
                : given * Math.pow(2, -(double) age / of(type).halfLife().toSeconds());
    }

    /** From when on an indicator of this confidence says nothing more by age alone. */
    public Instant end(IndicatorType type, int given, Instant listed) {
        double halves = Math.log((double) Math.max(given, MIN_CONFIDENCE) / MIN_CONFIDENCE) / Math.log(2);
        return listed.plusSeconds(Math.round(halves * of(type).halfLife().toSeconds()));
    }

    /** The least score of what an indicator names. */
    int floor(IndicatorType type, double confidence, boolean isBelow) {
        int whole = isBelow ? of(type).below() : of(type).named();
        return switch (type) {
            case URL, SHA256 -> part(whole, confidence >= MORE_LIKELY_RIGHT ? HUNDRED : 2 * confidence);
            case TENANT_KEY, DOMAIN, ADDRESS, NETWORK -> part(whole, confidence);
        };
    }

    private Row of(IndicatorType type) {
        Row row = rows.get(type);
        if (row == null) {
            throw new IllegalStateException("no weight of " + type);
        }
        return row;
    }

    private static int part(int whole, double percent) {
        return (int) Math.round(whole * percent / HUNDRED);
    }

    /**
     * What the list says of one type.
     *
     * @param named least score of what is named
     * @param below least score of what is below it
     */
    private record Row(Duration halfLife, int named, int below) {}
}
