package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.logs.UnreadableLogException;
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
 * Plays deliveries through the stack, faster than they once came but not out of step.
 *
 * <p>Between services some evidence takes a longer way than other (a domain that may be new, an address whose host is
 * not known yet). Live, that is a fraction of a second. In a replay hours may pass in that fraction, so that evidence
 * would come later than any grace. Therefore deliveries pause whenever they are a grace ahead of what has become
 * evidence.
 */
public final class Replay {
    private static final Duration LONGEST_WINDOWS = Duration.ofHours(2);
    private static final Duration BUILT_IN_GRACE = Duration.ofMinutes(10);
    private static final Duration LEAST_STEP = Duration.ofSeconds(10);

    private static final Duration WAKE_UP_STEP = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Time on the wall clock for the correlator's settling time and the ticks before and after it. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    private final Stack stack;
    private final Terminal terminal;
    private final Duration grace;
    private final Duration windows;

    /** @param tuning the document in force for this replay, null for the built-in one */
    public Replay(Stack stack, Terminal terminal, @Nullable Tuning tuning) {
        this.stack = stack;
        this.terminal = terminal;
        grace = tuning == null ? BUILT_IN_GRACE : Duration.ofMillis(tuning.getGraceMs());
        Duration tuned = tuning == null
                ? Duration.ZERO
                : Duration.ofMillis(tuning.getTimeWindowMs() + tuning.getFollowOnMs() + tuning.getSkewMs())
                        .plus(grace)
                        .plus(MARGIN);
        windows = tuned.compareTo(LONGEST_WINDOWS) > 0 ? tuned : LONGEST_WINDOWS;
    }

    /**
     * Delivers everything, waits until it is processed and reads what came out.
     *
     * @param position bytes of the files that have been read
     * @param total bytes of the files
     */
    public Result play(Deliveries deliveries, LongSupplier position, long total)
            throws StackException, UnreadableLogException {
        long start = System.nanoTime();
        try (var writer = new RawWriter(stack);
                var backlog = new Backlog(stack)) {
            long last = deliver(deliveries, writer, backlog, position, total);
            long records = writer.sent();
            try (Progress progress = terminal.progress("Processing", records, Progress.Unit.RECORDS)) {
                if (records > 0) {
                    close(writer, backlog, last, progress);
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Result(Cases.read(stack), Accounting.of(stack, records, writer.sent() - records), took);
        }
    }

    private long deliver(Deliveries deliveries, RawWriter writer, Backlog backlog, LongSupplier position, long total)
            throws StackException, UnreadableLogException {
        long step = Math.max(grace.toMillis(), LEAST_STEP.toMillis());
        long pause = Long.MIN_VALUE;
        long last = 0;
        try (Progress progress = terminal.progress("Delivering", total, Progress.Unit.MEGABYTES)) {
            for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                if (next.at() >= pause) {
                    if (pause != Long.MIN_VALUE) {
                        writer.flush();
                        backlog.awaitEvidence(Progress.NONE);
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

    /** Lets time pass: first what waits for the grace only, then every window. */
    private void close(RawWriter writer, Backlog backlog, long last, Progress progress) throws StackException {
        writer.flush();
        backlog.awaitEvidence(progress);
        writer.heartbeat(last + grace.plus(MARGIN).toMillis());
        writer.flush();
        backlog.awaitEvidence(progress);
        long over = last + grace.plus(windows).toMillis();
        long settled = System.nanoTime() + SETTLED.toNanos();
        for (int i = 0; System.nanoTime() < settled; i++) {
            writer.heartbeat(over + i * WAKE_UP_STEP.toMillis());
            writer.flush();
            backlog.awaitEvidence(Progress.NONE);
        }
        backlog.awaitCases(progress);
    }

    /**
     * What came out.
     *
     * @param cases last revision of each, in the order of their first events
     * @param took from the first delivery to the last case
     */
    public record Result(List<Alert> cases, Accounting accounting, Duration took) {

        public Result {
            cases = List.copyOf(cases);
        }

        /** Raw records a second, from the first delivery to the last case. */
        public long rate() {
            return accounting.delivered() * 1000 / Math.max(1, took.toMillis());
        }
    }
}
