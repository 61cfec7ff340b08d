package io.clicktrail.streams.health;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaStreamsCustomizer;

/**
 * The Kafka Streams of this process from the moment it is made. Spring's factory lets nobody ask for it before its
 * start is over, and with global tables a start lasts until the brokers have answered; health must answer sooner.
 */
public final class CurrentStreams implements KafkaStreamsCustomizer {

    private static final Duration TO_CLOSE = Duration.ofSeconds(10);

    private volatile @Nullable KafkaStreams made;

    @Override
    public void customize(KafkaStreams streams) {
        made = streams;
    }

    /** Nothing before the first start, and between a start that failed and the next. */
    @Nullable
    KafkaStreams get() {
        return made;
    }

    /** Frees what a start that failed has left behind, its lock on the state above all. */
    public void discard() {
        var failed = made;
        made = null;
        if (failed != null) {
            failed.close(TO_CLOSE);
        }
    }
}
