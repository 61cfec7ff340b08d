package io.clicktrail.console.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    /**
     * The verdict. HEALTHY only where every service runs and has read all that was delivered but for the last moment.
     */
    public enum Health {
        HEALTHY,
        BEHIND,
        STOPPED,
        UNKNOWN
    }

    /** Records on a topic. @param perSecond since the look before; -1 where there was none */
    public record TopicRate(String topic, long records, double perSecond) {}

    /**
     * How far a service is behind.
     *
     * @param partitions number of partitions for which it has committed; 0 where it has never run
     * @param offsets offsets that it has not read: records, and the markers that end transactions
     * @param records whether there are records among them for certain: markers look the same from outside, and a
     *     service that starts anew on a quiet partition commits none
     * @param running whether its group has members
     * @param oldest delivery of the oldest offset that it has not read; null where it has read all, or it is not known
     */
    public record ServiceLag(
            String service,
            int partitions,
            long offsets,
            boolean records,
            boolean running,
            @Nullable Instant oldest) {

        /** Most offsets of a partition that may all be markers. */
        public static final int MARKERS = 2;

        /** Whether anything is left that may be a record. */
        public boolean hasUnread() {
            return offsets > 0;
        }

        /** Whether it has ever committed. */
        public boolean isKnown() {
            return partitions > 0;
        }

        /** Whether what it has not read waits for longer than a time. */
        boolean isLate(Instant at, Duration behindAfter) {
            return hasUnread() && (oldest == null || oldest.isBefore(at.minus(behindAfter)));
        }
    }

    /** Rejected records with one reason. @param example the latest, its place and its first bytes */
    public record RejectedReason(String reason, int count, String example) {}

    public PipelineState {
        rates = List.copyOf(rates);
        lags = List.copyOf(lags);
        rejected = List.copyOf(rejected);
    }

    /**
     * The state that the brokers show.
     *
     * @param behindAfter age of an unread record from which a service is behind
     */
    public static PipelineState of(
            Instant at,
            List<TopicRate> rates,
            List<ServiceLag> lags,
            Duration behindAfter,
            List<RejectedReason> rejected) {
        Predicate<ServiceLag> stopped = lag -> lag.isKnown() && !lag.running();
        Predicate<ServiceLag> behind = lag -> lag.records() && lag.isLate(at, behindAfter);
        Predicate<ServiceLag> unclear = lag -> lag.isLate(at, behindAfter);
        Health health;
        String text;
        if (lags.stream().anyMatch(stopped)) {
            health = Health.STOPPED;
            text = named(lags, stopped) + " does not run: what is delivered now is not evaluated";
        } else if (lags.stream().anyMatch(behind)) {
            health = Health.BEHIND;
            text = "behind: " + named(lags, behind) + " has not read " + offsets(lags, behind) + " records"
                    + age(lags, behind, at) + ": what you see is not all that was delivered";
        } else if (lags.stream().anyMatch(lag -> !lag.isKnown())) {
            health = Health.UNKNOWN;
            text = "not known: no progress of " + named(lags, lag -> !lag.isKnown());
        } else if (lags.stream().anyMatch(unclear)) {
            health = Health.UNKNOWN;
            text = "not known: " + named(lags, unclear) + " has not read " + offsets(lags, unclear)
                    + " offsets, which are records or the ends of transactions" + age(lags, unclear, at);
        } else {
            health = Health.HEALTHY;
            text = "every service has read what was delivered"
                    + (lags.stream().anyMatch(ServiceLag::hasUnread)
                            ? " until " + behindAfter.toSeconds() + " s ago or later"
                            : "");
        }
        return new PipelineState(at, health, text, rates, lags, rejected);
    }

    private static long offsets(List<ServiceLag> lags, Predicate<ServiceLag> which) {
        return lags.stream().filter(which).mapToLong(ServiceLag::offsets).sum();
    }

    private static String age(List<ServiceLag> lags, Predicate<ServiceLag> which, Instant at) {
        return lags.stream()
                .filter(which)
                .map(ServiceLag::oldest)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(oldest ->
                        ", the oldest delivered " + Duration.between(oldest, at).toSeconds() + " s ago")
                .orElse("");
    }

    private static String named(List<ServiceLag> lags, Predicate<ServiceLag> which) {
        return lags.stream().filter(which).map(ServiceLag::service).collect(Collectors.joining(", "));
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
