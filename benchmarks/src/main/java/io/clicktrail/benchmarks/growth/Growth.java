package io.clicktrail.benchmarks.growth;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** Prints the points of one part, and whether cost stays flat over them. */
public final class Growth {

    /** Largest cost by smallest that counts as flat. */
    private static final double FLAT = 1.5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MEGABYTE = 1 << 20;

    private final PrintStream out;
    private double most;
    private double least = Double.MAX_VALUE;

    public Growth(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints a point.
     *
     * @param what what there are so many of
     * @param micros CPU time
     * @param each for what
     * @param more memory or disk
     */
    public void add(long amount, String what, double micros, String each, String more) {
        most = Math.max(most, micros);
        least = Math.min(least, micros);
        out.printf(Locale.ROOT, "  %,12d %-22s %8.2f us %-14s %s%n", amount, what, micros, each, more);
    }

    /** Prints the growth. @return whether cost is flat */
    public boolean isFlat() {
        out.printf(Locale.ROOT, "  largest by smallest: %.2f%s%n", most / least, most <= FLAT * least ? "" : "  ABOVE");
        return most <= FLAT * least;
    }

    /** CPU time of this thread in microseconds. */
    public static double cpuMicros() {
        return THREADS.getCurrentThreadCpuTime() / 1e3;
    }

    /** Heap in use after a full collection, MB. */
    public static double heap() {
        System.gc();
        System.gc();
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }
}
