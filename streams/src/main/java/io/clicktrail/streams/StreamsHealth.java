package io.clicktrail.streams;

import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Up while Kafka Streams is as it should be. */
final class StreamsHealth implements HealthIndicator {

    private final StreamsBuilderFactoryBean streams;
    private final Predicate<@Nullable KafkaStreams> good;

    private StreamsHealth(StreamsBuilderFactoryBean streams, Predicate<@Nullable KafkaStreams> good) {
        this.streams = streams;
        this.good = good;
    }

    /**
     * Ready: records are being processed. Kafka Streams calls itself running through an outage of the broker and through the
     * pauses of a recovery, so both are asked about as well.
     */
    static StreamsHealth ready(StreamsBuilderFactoryBean streams, ThreadRecovery recovery) {
        return new StreamsHealth(
                streams,
                running -> running != null
                        && running.state() == State.RUNNING
                        && !recovery.isUnderWay()
                        && isConnected(running));
    }

    /** Alive: nothing happened that only a new process can mend. */
    static StreamsHealth alive(StreamsBuilderFactoryBean streams) {
        var dead = Set.of(State.PENDING_ERROR, State.ERROR);
        return new StreamsHealth(streams, running -> running == null || !dead.contains(running.state()));
    }

    @Override
    public Health health() {
        var running = streams.getKafkaStreams();
        return (good.test(running) ? Health.up() : Health.outOfService())
                .withDetail(
                        "state",
                        running == null ? "NOT_STARTED" : running.state().name())
                .build();
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
