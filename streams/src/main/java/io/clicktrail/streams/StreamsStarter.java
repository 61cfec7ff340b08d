package io.clicktrail.streams;

import io.clicktrail.streams.failures.LastFailure;
import io.clicktrail.streams.health.CurrentStreams;
import io.clicktrail.streams.time.ClockSteps;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * Starts Kafka Streams in the background and retries, for example while no broker's name resolves. Meanwhile the
 * service is up and not ready, instead of crashing. Starts it again after the wall clock was set back, see {@link
 * ClockSteps}.
 */
final class StreamsStarter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsStarter.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looks at whether Kafka Streams has ended, which waits itself, but by the wall clock. */
    private static final int MAX_LOOKS = 20;

    private final StreamsBuilderFactoryBean streams;
    private final CurrentStreams current;
    private final LastFailure last;
    private final OpenConsumers consumers;
    private final ClockSteps clock;
    private final AtomicBoolean wasSetBack = new AtomicBoolean();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread starter = Thread.ofPlatform().name("start-streams").unstarted(this::keepStarted);
    private final Thread watch = Thread.ofPlatform().name("watch-clock").unstarted(this::watchClock);

    StreamsStarter(
            StreamsBuilderFactoryBean streams,
            CurrentStreams current,
            LastFailure last,
            OpenConsumers consumers,
            ClockSteps clock) {
        this.streams = streams;
        this.current = current;
        this.last = last;
        this.consumers = consumers;
        this.clock = clock;
    }

    @Override
    public void start() {
        starter.start();
        watch.start();
    }

    /** Ends retries and looks at the clock; Spring then stops Kafka Streams. */
    @Override
    public void stop() {
        stopping.countDown();
        try {
            starter.join();
            watch.join();
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

    private void keepStarted() {
        try {
            boolean runs = started();
            while (!stopping.await((runs ? LOOK : PAUSE).toMillis(), TimeUnit.MILLISECONDS)) {
                if (wasSetBack.getAndSet(false) && runs) {
                    streams.stop();
                    runs = false;
                    if (!hasEnded()) {
                        giveUp();
                        return;
                    }
                }
                runs = runs || started();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the waits of consumers at once, also while Kafka Streams starts or stops. */
    private void watchClock() {
        try {
            while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                var back = clock.setBack();
                if (!back.isZero()) {
                    LOG.atWarn().addKeyValue("by", back).log("The clock was set back; Kafka Streams is started again");
                    consumers.wakeUp();
                    wasSetBack.set(true);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        for (int look = 0; look < MAX_LOOKS && !current.hasEnded(); look++) {
            if (stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return current.hasEnded();
    }

    /** A wait of a Kafka client that the step met lasts until the clock is where it was. */
    private void giveUp() {
        current.giveUp();
        var reason = last.record(new IllegalStateException("Kafka Streams does not stop after the clock was set back"));
        LOG.atError().addKeyValue("reason", reason).log("Only a new process can help; liveness fails");
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
