package io.clicktrail.streams.failures;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that failed, after a pause that doubles up to half a minute, without a limit of attempts.
 * The new thread starts from the last commit.
 *
 * <p>An {@link Error} (memory, missing class) can't be repaired in this process: the client stops, liveness fails, and
 * the orchestrator starts a new process.
 */
public final class ThreadRecovery implements StreamsUncaughtExceptionHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadRecovery.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    /** After this time without a failure the pause starts again at its minimum. */
    private static final Duration CALM = Duration.ofMinutes(2);

    private final Counter failures;
    private final LastFailure last;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Duration pause = FIRST_PAUSE;
    private long lastFailure = System.nanoTime();
    private long recovered = lastFailure;

    public ThreadRecovery(Counter failures, LastFailure last) {
        this.failures = failures;
        this.last = last;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        failures.increment();
        var reason = last.record(failure);
        if (isBeyondRepair(failure)) {
            LOG.error("A stream thread failed with an error that this process can't recover from", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        var wait = nextPause();
        LOG.atError()
                .addKeyValue("retryIn", wait)
                .addKeyValue("reason", reason)
                .setCause(failure)
                .log("A stream thread stopped; it is replaced and resumes from the last commit");
        await(wait);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** From a failure until the replacement has run as long as the pause was. */
    public synchronized boolean isUnderWay() {
        return System.nanoTime() - recovered < 0;
    }

    /** Ends all pauses, so that the service can stop at once. */
    @Override
    public void close() {
        closing.countDown();
    }

    private static boolean isBeyondRepair(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error) {
                return true;
            }
        }
        return false;
    }

    private synchronized Duration nextPause() {
        long now = System.nanoTime();
        if (now - lastFailure > CALM.toNanos()) {
            pause = FIRST_PAUSE;
        }
        lastFailure = now;
        var wait = pause;
        recovered = now + 2 * wait.toNanos();
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        return wait;
    }

    private void await(Duration wait) {
        try {
            if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The service stops during a pause");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
