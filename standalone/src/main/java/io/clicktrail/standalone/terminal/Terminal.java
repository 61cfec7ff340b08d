package io.clicktrail.standalone.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Output of the command line: results to standard output, so that they can be piped, messages to standard error.
 *
 * @param results for the results of the command
 * @param messages for progress and errors
 * @param interactive whether messages go to a terminal that can show progress bars
 * @param colour whether results may have colours
 */
public record Terminal(PrintStream results, PrintStream messages, boolean interactive, boolean colour) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The terminal of this process; without colours if the variable {@code NO_COLOR} is set. */
    public static Terminal ofThisProcess() {
        boolean interactive =
                System.console() != null && System.console().isTerminal() && !isDumb(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                interactive,
                interactive && (noColour == null || noColour.isEmpty()));
    }

    public void say(String message) {
        messages.println(message);
    }

    /** Prints the name of a step, runs it, and prints how long it took. */
    public <T> T step(String what, Callable<T> work) throws Exception {
        messages.print(what + " ... ");
        messages.flush();
        long start = System.nanoTime();
        boolean done = false;
        try {
            T result = work.call();
            done = true;
            return result;
        } finally {
            messages.println(done ? seconds(System.nanoTime() - start) : "failed");
        }
    }

    /** Shows the progress of a piece of work; close it when it is done. */
    public Progress progress(String what, long total, Progress.Unit unit) {
        return interactive
                ? new BarProgress(messages, what, total, unit)
                : new LineProgress(messages, what, total, unit);
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }

    private static boolean isDumb(@Nullable String term) {
        return term != null && term.equals("dumb");
    }
}
