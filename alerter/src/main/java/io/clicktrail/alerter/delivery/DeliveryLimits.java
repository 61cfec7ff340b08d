package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Severity;
import io.clicktrail.state.Bucket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits of new cases an hour, as token buckets: one for each rule on a device, each rule, and the tenant. Time is that
 * of delivery, so a replay decides as the day itself did.
 *
 * @param perDevice cases of one rule on one device an hour
 * @param perRule cases of one rule an hour
 * @param perTenant cases an hour
 * @param highFactor how many times as many a lane of its own lets through for high and critical cases
 */
public record DeliveryLimits(int perDevice, int perRule, int perTenant, int highFactor) {

    private static final double HOUR_MILLIS = 3_600_000;

    /** A bucket's key and how many tokens it gets an hour. */
    private record Limit(String name, String key, int perHour) {}

    /** What the limits say to a new case. */
    public sealed interface Answer {

        /** It may go; the buckets as they are then. */
        record Admitted(Map<String, Bucket> buckets) implements Answer {}

        /** It is held back by a limit. */
        record HeldBack(String limit) implements Answer {}
    }

    /** The answer to a new case. @param now time of delivery, milliseconds since 1970 */
    public Answer ask(Alert alert, Function<String, @Nullable Bucket> buckets, long now) {
        Map<String, Bucket> taken = new TreeMap<>();
        for (Limit limit : limitsOf(alert)) {
            Bucket bucket = refilled(buckets.apply(limit.key), limit.perHour, now);
            if (bucket.getTokens() < 1) {
                return new Answer.HeldBack(limit.name);
            }
            taken.put(limit.key, new Bucket(bucket.getTokens() - 1, bucket.getAt()));
        }
        return new Answer.Admitted(taken);
    }

    /** True for a case that has a lane of its own. */
    public static boolean high(Alert alert) {
        return alert.getSeverity().compareTo(Severity.HIGH) >= 0;
    }

    /** True once a bucket is full again whatever it held, so that it need not be kept. */
    public static boolean full(Bucket bucket, long now) {
        return now - bucket.getAt() > HOUR_MILLIS;
    }

    private List<Limit> limitsOf(Alert alert) {
        int factor = high(alert) ? highFactor : 1;
        String lane = high(alert) ? "high" : "low";
        String rule = alert.getAnalyticId();
        String device = alert.getDevice().getHostname();
        return List.of(
                new Limit("device", lane + "|device|" + rule + '|' + device, perDevice * factor),
                new Limit("rule", lane + "|rule|" + rule, perRule * factor),
                new Limit("tenant", lane + "|tenant|" + alert.getTenantId(), perTenant * factor));
    }

    private static Bucket refilled(@Nullable Bucket bucket, int perHour, long now) {
        if (bucket == null) {
            return new Bucket((double) perHour, now);
        }
        if (now <= bucket.getAt()) {
            return bucket;
        }
        double tokens = bucket.getTokens() + (now - bucket.getAt()) * (perHour / HOUR_MILLIS);
        return new Bucket(Math.min(perHour, tokens), now);
    }
}
