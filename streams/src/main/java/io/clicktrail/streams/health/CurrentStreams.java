package io.clicktrail.streams.health;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaStreamsCustomizer;

/**
 * The Kafka Streams instance of this process, from its creation on. Spring's factory returns it only after the start,
 * which with global tables waits for the brokers; health must answer earlier.
 */
public final class CurrentStreams implements KafkaStreamsCustomizer {

    private static final Duration TO_CLOSE = Duration.ofSeconds(10);

    private volatile @Nullable KafkaStreams made;
    private volatile boolean stuck;

    @Override
    public void customize(KafkaStreams streams) {
        made = streams;
    }

    /** Absent before the first start, and between a failed start and the next one. */
    @Nullable
    KafkaStreams get() {
        return made;
    }

    /** Whether it has ended, or was never made. */
    public boolean hasEnded() {
        var last = made;
        return last == null || last.state().hasCompletedShutdown();
    }

    /** It does not end, and holds what another one in this process would need: only a new process can help. */
    public void giveUp() {
        stuck = true;
    }

    boolean isStuck() {
        return stuck;
    }

    /** Releases the resources of a failed start, above all the lock on the state directory. */
    public void discard() {
        var failed = made;
        made = null;
        if (failed != null) {
            failed.close(TO_CLOSE);
        }
    }
}
