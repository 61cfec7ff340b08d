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
 * Rate limits of new cases, as token buckets: one per rule and device, one per rule, one for the tenant.
 *
 * <p>A bucket holds an hour's tokens, is full at first and refills evenly, so at most twice its figure passes in any
 * hour. A case takes a token of all three buckets or of none. High and critical cases have buckets of their own, which
 * a flood of low ones cannot empty. Time is delivery time, so a replay decides as the live stream did. A decision costs
 * three lookups; a bucket that {@linkplain #isFull is full} is dropped, so the state holds one bucket per rule and
 * device of the last hour.
 *
 * @param perDevice cases of one rule on one device per hour
 * @param perRule cases of one rule per hour
 * @param perTenant cases per hour
 * @param highFactor how many times these limits high and critical cases have
 */
public record DeliveryLimits(int perDevice, int perRule, int perTenant, int highFactor) {

    private static final double HOUR_MILLIS = 3_600_000;

    /** A bucket's key and its tokens per hour. */
    private record Limit(String name, String key, int perHour) {}

    /** Whether a new case may be sent. */
    public sealed interface Decision {

        /** It may be sent; the buckets without its tokens. */
        record Admitted(Map<String, Bucket> buckets) implements Decision {}

        /** It is held back by a limit. */
        record HeldBack(String limit) implements Decision {}
    }

    /** Decides on a new case. @param now time of delivery, milliseconds since 1970 */
    public Decision admit(Alert alert, Function<String, @Nullable Bucket> buckets, long now) {
        Map<String, Bucket> taken = new TreeMap<>();
        for (Limit limit : limitsOf(alert)) {
            Bucket bucket = refilled(buckets.apply(limit.key), limit.perHour, now);
            if (bucket.getTokens() < 1) {
                return new Decision.HeldBack(limit.name);
            }
            taken.put(limit.key, new Bucket(bucket.getTokens() - 1, bucket.getAt()));
        }
        return new Decision.Admitted(taken);
    }

    /** True for a case that the higher limits apply to. */
    public static boolean isHigh(Alert alert) {
        return alert.getSeverity().compareTo(Severity.HIGH) >= 0;
    }

    /** True once a bucket is full again whatever it held, so that it can be dropped. */
    public static boolean isFull(Bucket bucket, long now) {
        return now - bucket.getAt() > HOUR_MILLIS;
    }

    private List<Limit> limitsOf(Alert alert) {
        int factor = isHigh(alert) ? highFactor : 1;
        String lane = isHigh(alert) ? "high" : "low";
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
            // One of an hour ahead is of a wrong clock and would hold back everything until then.
            return bucket.getAt() - now > HOUR_MILLIS ? new Bucket((double) perHour, now) : bucket;
        }
        double tokens = bucket.getTokens() + (now - bucket.getAt()) * (perHour / HOUR_MILLIS);
        return new Bucket(Math.min(perHour, tokens), now);
    }
}
