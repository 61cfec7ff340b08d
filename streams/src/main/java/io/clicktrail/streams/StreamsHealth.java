package io.clicktrail.streams;

import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** Up while Kafka Streams is in one of the given states. */
final class StreamsHealth implements HealthIndicator {

    private final StreamsBuilderFactoryBean streams;
    private final Set<KafkaStreams.State> good;

    private StreamsHealth(StreamsBuilderFactoryBean streams, Set<KafkaStreams.State> good) {
        this.streams = streams;
        this.good = good;
    }

    /** Ready: records are being processed. */
    static StreamsHealth ready(StreamsBuilderFactoryBean streams) {
        return new StreamsHealth(streams, Set.of(KafkaStreams.State.RUNNING));
    }

    /** Alive: nothing happened that only a new process can mend. */
    static StreamsHealth alive(StreamsBuilderFactoryBean streams) {
        return new StreamsHealth(
                streams,
                Set.of(
                        KafkaStreams.State.CREATED,
                        KafkaStreams.State.REBALANCING,
                        KafkaStreams.State.RUNNING,
                        KafkaStreams.State.PENDING_SHUTDOWN,
                        KafkaStreams.State.NOT_RUNNING));
    }

    @Override
    public Health health() {
        var running = streams.getKafkaStreams();
        var state = running == null ? KafkaStreams.State.CREATED : running.state();
        var health = good.contains(state) ? Health.up() : Health.outOfService();
        return health.withDetail("state", state.name()).build();
    }
}
