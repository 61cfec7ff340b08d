package io.clicktrail.streams.health;

import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.failures.ThreadRecovery;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health of Kafka Streams, with the lag, and with the reason if it is down. */
public final class StreamsHealth implements HealthIndicator {

    private final CurrentStreams streams;
    private final Predicate<@Nullable KafkaStreams> good;
    private final LastFailure last;
    private final ProcessingLag lateness;

    private StreamsHealth(
            CurrentStreams streams, Predicate<@Nullable KafkaStreams> good, LastFailure last, ProcessingLag lateness) {
        this.streams = streams;
        this.good = good;
        this.last = last;
        this.lateness = lateness;
    }

    /**
     * Readiness: records are processed. Kafka Streams stays in the state RUNNING during an outage of the brokers and
     * during the pauses of a recovery, so both are checked as well.
     */
    public static StreamsHealth ready(
            CurrentStreams streams, ThreadRecovery recovery, LastFailure last, ProcessingLag lateness) {
        return new StreamsHealth(
                streams,
                running -> running != null
                        && running.state() == State.RUNNING
                        && !recovery.isUnderWay()
                        && isConnected(running),
                last,
                lateness);
    }

    /** Liveness: no failure that only a new process can fix. */
    public static StreamsHealth alive(CurrentStreams streams, LastFailure last, ProcessingLag lateness) {
        var dead = Set.of(State.PENDING_ERROR, State.ERROR);
        return new StreamsHealth(
                streams,
                running -> !streams.isStuck() && (running == null || !dead.contains(running.state())),
                last,
                lateness);
    }

    @Override
    public Health health() {
        var running = streams.get();
        boolean well = good.test(running);
        var health = well ? Health.up() : Health.outOfService();
        health.withDetail(
                "state", running == null ? "NOT_STARTED" : running.state().name());
        if (running != null) {
            health.withDetail("recordsBehind", ProcessingLag.recordsBehind(running));
            health.withDetail("secondsBehind", lateness.secondsBehind());
        }
        var reason = last.reason();
        if (!well && reason != null) {
            health.withDetail("reason", reason);
        }
        return health.build();
    }

    private static boolean isConnected(KafkaStreams running) {
        for (var metric : running.metrics().values()) {
            if (metric.metricName().name().equals("connection-count")
                    && metric.metricName().group().equals("consumer-metrics")
                    && metric.metricValue() instanceof Number connections
                    && connections.doubleValue() > 0) {
                return true;
            }
        }
        return false;
    }
}
