package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.ReplayTimes;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.terminal.Progress;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays deliveries through the stack, faster than real time but without making evidence late.
 *
 * <p>Some evidence takes a longer path between services than other (a domain that may be new, an address whose host is
 * not known yet). Live, that is a fraction of a second. A replay may play hours of logs in that fraction, so such
 * evidence would come after the grace. Therefore deliveries pause whenever they are one grace ahead of the enricher.
 */
public final class Replay {
    private static final Duration MIN_STEP = Duration.ofSeconds(10);

    /** From one heartbeat after the end to the next, on the wall clock and in the time of the logs. */
    private static final Duration WAKE_UP = Duration.ofMillis(200);

    private static final Duration WAKE_UP_STEP = Duration.ofSeconds(10);

    /** Time on the wall clock for the correlator's settling time and the ticks before and after it. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** As many as that, however slow the machine is: the correlator's ticks come between them. */
    private static final int MIN_WAKE_UPS = 4;

    private final Stack stack;
    private final Terminal terminal;
    private final ReplayTimes times;

    /** @param tuning the document in force for this replay, null for the built-in one */
    public Replay(Stack stack, Terminal terminal, @Nullable Tuning tuning) {
        this.stack = stack;
        this.terminal = terminal;
        times = ReplayTimes.of(tuning == null ? List.of() : List.of(tuning));
    }

    /**
     * Delivers everything, waits until it is processed and reads the results.
     *
     * @param position bytes of the files that have been read
     * @param total bytes of the files
     */
    public Result play(Deliveries deliveries, LongSupplier position, long total)
            throws StackException, UnreadableLogException {
        long start = System.nanoTime();
        try (var writer = new RawWriter(stack);
                var lag = new ConsumerLag(stack)) {
            long last = deliver(deliveries, writer, lag, position, total);
            long records = writer.sent();
            try (Progress progress = terminal.progress("Processing", records, Progress.Unit.RECORDS)) {
                if (records > 0) {
                    close(writer, lag, last, progress);
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Result(Cases.read(stack), RecordCounts.of(stack, records, writer.sent() - records), took);
        }
    }

    private long deliver(Deliveries deliveries, RawWriter writer, ConsumerLag lag, LongSupplier position, long total)
            throws StackException, UnreadableLogException {
        long step = Math.max(times.grace().toMillis(), MIN_STEP.toMillis());
        long pause = Long.MIN_VALUE;
        long last = 0;
        try (Progress progress = terminal.progress("Delivering", total, Progress.Unit.MEGABYTES)) {
            for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                if (next.at() >= pause) {
                    if (pause != Long.MIN_VALUE) {
                        writer.flush();
                        lag.await(Service.ENRICHER, Progress.NONE);
                    }
                    pause = next.at() + step;
                }
                writer.write(next);
                last = next.at();
                progress.at(position.getAsLong());
            }
        }
        return last;
    }

    /** Advances the stream time: first past the grace, then past every window. */
    private void close(RawWriter writer, ConsumerLag lag, long last, Progress progress) throws StackException {
        writer.flush();
        lag.await(Service.ENRICHER, progress);
        writer.heartbeat(times.pastGrace(last));
        writer.flush();
        lag.await(Service.ENRICHER, progress);
        long over = times.pastWindows(last);
        long settled = Long.MAX_VALUE;
        for (int i = 0; i < MIN_WAKE_UPS || System.nanoTime() < settled; i++) {
            writer.heartbeat(over + i * WAKE_UP_STEP.toMillis());
            writer.flush();
            lag.await(Service.CORRELATOR, Progress.NONE);
            // From here on, as a correlator that has just been started reads the time of the logs only now.
            settled = i == 0 ? System.nanoTime() + SETTLED.toNanos() : settled;
            stack.requireHealth(WAKE_UP);
        }
        lag.await(Service.ALERTER, progress);
    }

    /**
     * Results of a replay.
     *
     * @param cases last revision of each that a person is shown, in the order of their first events; those that are
     *     folded into another are on the topic alone
     * @param took from the first delivery to the last case
     */
    public record Result(List<Alert> cases, RecordCounts counts, Duration took) {

        public Result {
            cases = OpenCases.of(cases);
        }

        /** Raw records a second, from the first delivery to the last case. */
        public long rate() {
            return counts.delivered() * 1000 / Math.max(1, took.toMillis());
        }
    }
}
