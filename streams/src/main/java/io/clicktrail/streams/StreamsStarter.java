package io.clicktrail.streams;

import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.health.CurrentStreams;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * Starts Kafka Streams in the background and retries, for example while no broker's name resolves. Meanwhile the
 * service is up and not ready, instead of crashing.
 */
final class StreamsStarter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsStarter.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final StreamsBuilderFactoryBean streams;
    private final CurrentStreams current;
    private final LastFailure last;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread starter = Thread.ofPlatform().name("start-streams").unstarted(this::startUntilDone);

    StreamsStarter(StreamsBuilderFactoryBean streams, CurrentStreams current, LastFailure last) {
        this.streams = streams;
        this.current = current;
        this.last = last;
    }

    @Override
    public void start() {
        starter.start();
    }

    /** Ends the retries; Spring then stops Kafka Streams. */
    @Override
    public void stop() {
        stopping.countDown();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return starter.isAlive();
    }

    /** Starts after and stops before what it starts. */
    @Override
    public int getPhase() {
        return streams.getPhase() + 1;
    }

    private void startUntilDone() {
        try {
            while (!started() && !stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Kafka Streams is started again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean started() {
        try {
            streams.start();
            return true;
        } catch (KafkaException e) {
            var reason = last.record(e);
            current.discard();
            LOG.atError()
                    .addKeyValue("retryIn", PAUSE)
                    .addKeyValue("reason", reason)
                    .setCause(e)
                    .log("Kafka Streams does not start");
            return false;
        }
    }
}
