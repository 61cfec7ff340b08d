package io.clicktrail.streams;

import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Up while Kafka Streams is as it should be; says how far it is behind, and where it is not up, why. */
final class StreamsHealth implements HealthIndicator {

    private final StreamsBuilderFactoryBean streams;
    private final Predicate<@Nullable KafkaStreams> good;
    private final LastFailure last;

    private StreamsHealth(StreamsBuilderFactoryBean streams, Predicate<@Nullable KafkaStreams> good, LastFailure last) {
        this.streams = streams;
        this.good = good;
        this.last = last;
    }

    /**
     * Ready: records are being processed. Kafka Streams calls itself running through an outage of the broker and through the
     * pauses of a recovery, so both are asked about as well.
     */
    static StreamsHealth ready(StreamsBuilderFactoryBean streams, ThreadRecovery recovery, LastFailure last) {
        return new StreamsHealth(
                streams,
                running -> running != null
                        && running.state() == State.RUNNING
                        && !recovery.isUnderWay()
                        && isConnected(running),
                last);
    }

    /** Alive: nothing happened that only a new process can mend. */
    static StreamsHealth alive(StreamsBuilderFactoryBean streams, LastFailure last) {
        var dead = Set.of(State.PENDING_ERROR, State.ERROR);
        return new StreamsHealth(streams, running -> running == null || !dead.contains(running.state()), last);
    }

    @Override
    public Health health() {
        var running = streams.getKafkaStreams();
        boolean well = good.test(running);
        var health = well ? Health.up() : Health.outOfService();
        health.withDetail(
                "state", running == null ? "NOT_STARTED" : running.state().name());
        if (running != null) {
            health.withDetail("recordsBehind", recordsBehind(running));
        }
        var reason = last.reason();
        if (!well && reason != null) {
            health.withDetail("reason", reason);
        }
        return health.build();
    }

    /** How far the partition is behind that is furthest, as of the last fetch. */
    private static long recordsBehind(KafkaStreams running) {
        double most = 0;
        for (var metric : running.metrics().values()) {
            if (metric.metricName().name().equals("records-lag-max")
                    && !metric.metricName().tags().containsKey("topic")
                    && metric.metricValue() instanceof Number lag
                    && lag.doubleValue() > most) {
                most = lag.doubleValue();
            }
        }
        return (long) most;
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
