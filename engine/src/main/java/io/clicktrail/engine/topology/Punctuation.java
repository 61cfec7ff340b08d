package io.clicktrail.engine.topology;

import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.Punctuator;

/** A punctuator with its schedule, as Kafka Streams keeps it: intervals that were missed are skipped. */
final class Punctuation implements Cancellable {

    private final Punctuator punctuator;
    private final long interval;
    private long due;
    private boolean isCancelled;

    /**
     * @param due time of the first call, milliseconds
     * @param interval milliseconds, positive
     */
    Punctuation(Punctuator punctuator, long due, long interval) {
        this.punctuator = punctuator;
        this.due = due;
        this.interval = interval;
    }

    long due() {
        return due;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    void punctuate(long now) {
        due += Math.max(1, (now - due) / interval + 1) * interval;
        if (!isCancelled) {
            punctuator.punctuate(now);
        }
    }

    @Override
    public void cancel() {
        isCancelled = true;
    }
}
