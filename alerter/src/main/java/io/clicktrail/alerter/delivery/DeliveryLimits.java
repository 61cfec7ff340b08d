package io.clicktrail.alerter.delivery;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Severity;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.LimitBalance;
import io.clicktrail.state.LimitShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rate limits of new cases, as token buckets: one per rule and device, one per rule, one for the tenant.
 *
 * <p>A bucket holds an hour's tokens, is full at first and refills evenly. High and critical cases have buckets of
 * their own, which a flood of low ones cannot empty. Time is delivery time, so a replay decides as the live stream
 * did. A bucket that {@linkplain #isFull is full} is dropped, so the state holds one bucket per rule and device of the
 * last hour.
 *
 * <p>There are two levels, so that cases of one tenant need not pass one partition. A device's cases are all in one
 * partition, which has the bucket of the device and decides alone. The buckets of rule and tenant belong to the tenant;
 * a partition knows what was left in them by the last answer, its {@linkplain LimitShare share}. It
 *
 * <ul>
 *   <li>holds a case back where nothing was left by the last answer,
 *   <li>sends it at once while fewer cases than a tenth of the bucket, at least one, are unanswered, and says so,
 *   <li>asks in all other cases, and the case waits for the answer.
 * </ul>
 *
 * <p>What was sent counts whatever is left, so a bucket may be overdrawn: by at most a tenth, at least one token, and
 * one more for each partition. In any hour at most twice the figure passes, and that. No case is held back before a
 * bucket of its tenant was empty: without that, the same cases are sent whatever the partitions. This holds while the
 * partitions are less than an hour of delivery time apart, as a time further ahead is that of a wrong clock.
 *
 * @param perDevice cases of one rule on one device per hour
 * @param perRule cases of one rule per hour
 * @param perTenant cases per hour
 * @param highFactor how many times these limits high and critical cases have
 */
public record DeliveryLimits(int perDevice, int perRule, int perTenant, int highFactor) {

    private static final double HOUR_MILLIS = 3_600_000;
    private static final int SHARES = 10;

    /** How long an overdrawn bucket is kept, in hours. */
    private static final int OVERDRAWN_HOURS = 24;

    /** A bucket's key and its tokens per hour. */
    private record Limit(String name, String key, int perHour) {}

    /** Whether a new case may be sent. */
    public sealed interface Decision {

        /** It may be sent; the buckets and shares without its tokens. */
        record Admitted(Map<String, Bucket> buckets, Map<String, LimitShare> shares) implements Decision {}

        /** It waits for an answer; the buckets and shares without its tokens, as it may get them. */
        record Asked(Map<String, Bucket> buckets, Map<String, LimitShare> shares) implements Decision {}

        /** It is held back by a limit. */
        record HeldBack(String limit) implements Decision {}
    }

    /**
     * What a partition decides on a new case.
     *
     * @param buckets of the devices in the partition
     * @param shares of the partition
     * @param now time of delivery, milliseconds since 1970
     * @param wallClock milliseconds since 1970
     */
    public Decision admit(
            Alert alert,
            Function<String, @Nullable Bucket> buckets,
            Function<String, @Nullable LimitShare> shares,
            long now,
            long wallClock) {
        Limit device = deviceOf(alert);
        Bucket ofDevice = refilled(buckets.apply(device.key), device.perHour, now);
        if (ofDevice.getTokens() < 1) {
            return new Decision.HeldBack(device.name);
        }
        Map<String, LimitShare> spent = new TreeMap<>();
        boolean mustAsk = false;
        for (Limit limit : sharedOf(alert.getAnalyticId(), alert.getTenantId(), isHigh(alert))) {
            @Nullable LimitShare share = shares.apply(limit.key);
            int unanswered = share == null ? 0 : share.getUnanswered();
            Bucket known =
                    refilled(share == null ? null : new Bucket(share.getTokens(), share.getAt()), limit.perHour, now);
            if (known.getTokens() < 1) {
                return new Decision.HeldBack(limit.name);
            }
            mustAsk |= unanswered >= ahead(limit.perHour) || known.getTokens() - unanswered < 1;
            spent.put(limit.key, new LimitShare(known.getTokens(), known.getAt(), unanswered + 1, wallClock));
        }
        Map<String, Bucket> taken = Map.of(device.key, new Bucket(ofDevice.getTokens() - 1, ofDevice.getAt()));
        return mustAsk ? new Decision.Asked(taken, spent) : new Decision.Admitted(taken, spent);
    }

    /** The device's bucket with the token of a case that was held back after it had asked. */
    public Map<String, Bucket> refunded(Alert alert, Function<String, @Nullable Bucket> buckets) {
        Limit device = deviceOf(alert);
        @Nullable Bucket bucket = buckets.apply(device.key);
        return bucket == null
                ? Map.of()
                : Map.of(device.key, new Bucket(Math.min(device.perHour, bucket.getTokens() + 1), bucket.getAt()));
    }

    /** A share after an answer. */
    public static LimitShare answered(@Nullable LimitShare share, LimitBalance balance) {
        return new LimitShare(
                balance.getTokens(),
                balance.getAt(),
                share == null ? 0 : Math.max(0, share.getUnanswered() - 1),
                share == null ? 0 : share.getSpentAt());
    }

    /** The limit that holds back a case that asks; null where none does. */
    public @Nullable String holdsBack(DeliveryNote note, Function<String, @Nullable Bucket> buckets) {
        for (Limit limit : sharedOf(note)) {
            if (refilled(buckets.apply(limit.key), limit.perHour, note.getDelivered())
                            .getTokens()
                    < 1) {
                return limit.name;
            }
        }
        return null;
    }

    /** What is left of the tenant's buckets of a case. @param tokens what it takes */
    public List<LimitBalance> spend(DeliveryNote note, int tokens, Function<String, @Nullable Bucket> buckets) {
        List<LimitBalance> balances = new ArrayList<>(2);
        for (Limit limit : sharedOf(note)) {
            Bucket bucket = refilled(buckets.apply(limit.key), limit.perHour, note.getDelivered());
            balances.add(new LimitBalance(limit.key, bucket.getTokens() - tokens, bucket.getAt()));
        }
        return balances;
    }

    /** True for a case that the higher limits apply to. */
    public static boolean isHigh(Alert alert) {
        return alert.getSeverity().compareTo(Severity.HIGH) >= 0;
    }

    /** True once a bucket is full again whatever it held, so that it can be dropped; later where it is overdrawn. */
    public static boolean isFull(double tokens, long at, long now) {
        return now - at > (tokens < 0 ? OVERDRAWN_HOURS : 1) * HOUR_MILLIS;
    }

    /** The tokens of a bucket that a partition may spend ahead of answers. */
    static int ahead(int perHour) {
        return Math.max(1, perHour / SHARES);
    }

    private Limit deviceOf(Alert alert) {
        boolean isHigh = isHigh(alert);
        return new Limit(
                "device",
                lane(isHigh) + "|device|" + alert.getTenantId() + '|' + alert.getAnalyticId() + '|'
                        + alert.getDevice().getHostname(),
                perDevice * factor(isHigh));
    }

    private List<Limit> sharedOf(DeliveryNote note) {
        return sharedOf(note.getRule(), note.getTenant(), note.getHigh());
    }

    private List<Limit> sharedOf(String rule, String tenant, boolean isHigh) {
        String lane = lane(isHigh);
        int factor = factor(isHigh);
        return List.of(
                new Limit("rule", lane + "|rule|" + tenant + '|' + rule, perRule * factor),
                new Limit("tenant", lane + "|tenant|" + tenant, perTenant * factor));
    }

    private int factor(boolean isHigh) {
        return isHigh ? highFactor : 1;
    }

    private static String lane(boolean isHigh) {
        return isHigh ? "high" : "low";
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
