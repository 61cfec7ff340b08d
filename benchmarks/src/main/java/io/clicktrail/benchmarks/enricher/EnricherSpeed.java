package io.clicktrail.benchmarks.enricher;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the enricher's core per event with JMH, without the serde, and prints one line per case. */
public final class EnricherSpeed {
    private static final double MAX_NANOS = 4000;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 3;

    private final PrintStream out;

    public EnricherSpeed(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures both logs without and with indicators.
     *
     * @param millis length of a round; six are run, of which three are measured
     * @return whether all are within the limit
     */
    public boolean measure(int indicators, int millis) throws RunnerException {
        out.printf(
                Locale.ROOT,
                "%-28s %10s %8s %8s %8s%n",
                "one event on one thread",
                "judged",
                "ns",
                "cpu ns",
                "B alloc");
        boolean isFast = true;
        for (String log : new String[] {EnricherBenchmark.SYSMON, EnricherBenchmark.OFFICE}) {
            for (int inForce : new int[] {0, indicators}) {
                isFast &= print(log, inForce, run(log, inForce, millis));
            }
        }
        out.printf(Locale.ROOT, "the limit is %.0f ns of CPU time%n", MAX_NANOS);
        return isFast;
    }

    private static RunResult run(String log, int indicators, int millis) throws RunnerException {
        TimeValue round = TimeValue.milliseconds(millis);
        return new Runner(new OptionsBuilder()
                        .include(EnricherBenchmark.class.getName())
                        .param("log", log)
                        .param("indicators", Integer.toString(indicators))
                        .forks(1)
                        .jvmArgs("-Xms1g", "-Xmx1g")
                        .warmupIterations(WARM_UPS)
                        .warmupTime(round)
                        .measurementIterations(ROUNDS)
                        .measurementTime(round)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()
                .iterator()
                .next();
    }

    private boolean print(String log, int indicators, RunResult result) {
        double events = secondary(result, "events");
        double nanos = secondary(result, "nanos") / events;
        boolean isFast = nanos < MAX_NANOS;
        out.printf(
                Locale.ROOT,
                "%-28s %8.1f %% %8.0f %8.0f %8.0f%s%n",
                String.format(Locale.ROOT, "%s, %,d indicators", log, indicators),
                100 * secondary(result, "judged") / events,
                result.getPrimaryResult().getScore(),
                nanos,
                secondary(result, "gc.alloc.rate.norm"),
                isFast ? "" : "  ABOVE");
        return isFast;
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name)
                .getScore();
    }
}
