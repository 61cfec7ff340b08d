package io.clicktrail.console.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the brokers say about the pipeline.
 *
 * @param at when it was looked
 * @param health the verdict
 * @param text the verdict in words
 * @param rates records on each topic
 * @param lags how far each service is behind
 * @param rejected last rejected records by reason
 */
public record PipelineState(
        Instant at,
        Health health,
        String text,
        List<TopicRate> rates,
        List<ServiceLag> lags,
        List<RejectedReason> rejected) {

    /** The verdict. HEALTHY only where every service has committed offsets and none is behind. */
    public enum Health {
        HEALTHY,
        BEHIND,
        UNKNOWN
    }

    /** Records on a topic. @param perSecond since the look before; -1 where there was none */
    public record TopicRate(String topic, long records, double perSecond) {}

    /**
     * How far a service is behind.
     *
     * @param partitions number of partitions for which it has committed; 0 where it has never run
     * @param records records and transaction markers that it has not read
     */
    public record ServiceLag(String service, int partitions, long records) {

        /** Markers that end a transaction take an offset each, and the last ones stay unread. */
        private static final int MARKERS = 2;

        /** Whether it has more to read than the markers at the ends of its partitions. */
        public boolean isBehind() {
            return records > (long) partitions * MARKERS;
        }

        /** Whether it has ever committed. */
        public boolean isKnown() {
            return partitions > 0;
        }
    }

    /** Rejected records with one reason. @param example the latest, its place and its first bytes */
    public record RejectedReason(String reason, int count, String example) {}

    public PipelineState {
        rates = List.copyOf(rates);
        lags = List.copyOf(lags);
        rejected = List.copyOf(rejected);
    }

    /** The state that the brokers show. @param behindSince when a service was first seen behind without a break */
    public static PipelineState of(
            Instant at,
            List<TopicRate> rates,
            List<ServiceLag> lags,
            @Nullable Instant behindSince,
            List<RejectedReason> rejected) {
        List<String> silent = lags.stream()
                .filter(lag -> !lag.isKnown())
                .map(ServiceLag::service)
                .toList();
        if (behindSince != null) {
            long records = lags.stream().mapToLong(ServiceLag::records).sum();
            return new PipelineState(
                    at,
                    Health.BEHIND,
                    "behind by " + records + " records for "
                            + Duration.between(behindSince, at).toSeconds()
                            + " s: what you see is not all that was delivered",
                    rates,
                    lags,
                    rejected);
        }
        return silent.isEmpty()
                ? new PipelineState(
                        at, Health.HEALTHY, "every service has read what was delivered", rates, lags, rejected)
                : new PipelineState(
                        at,
                        Health.UNKNOWN,
                        "not known: no progress of " + String.join(", ", silent),
                        rates,
                        lags,
                        rejected);
    }

    /** The state where the brokers do not answer. */
    public static PipelineState unknown(Instant at, String why) {
        return new PipelineState(
                at,
                Health.UNKNOWN,
                "not known: the brokers do not answer (" + why + ")",
                List.of(),
                List.of(),
                List.of());
    }
}
