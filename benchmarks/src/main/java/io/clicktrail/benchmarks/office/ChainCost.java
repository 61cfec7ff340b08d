package io.clicktrail.benchmarks.office;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Cost of correlation per piece of evidence, by the number of hosts. */
public final class ChainCost {

    private static final int[] HOSTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final double MAX_MICROS = 10;
    private static final double MAX_GROWTH = 1.5;

    private final PrintStream out;

    public ChainCost(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures and prints.
     *
     * @param millis length of a round
     * @return whether correlation without the serde of the state takes at most 10 µs, and with it grows by at most
     *     half with the number of hosts
     */
    public boolean measure(int millis) throws RunnerException {
        var round = TimeValue.milliseconds(millis);
        var results = new Runner(new OptionsBuilder()
                        .include(StepBenchmark.class.getName())
                        .param(
                                "hosts",
                                Arrays.stream(HOSTS).mapToObj(Integer::toString).toArray(String[]::new))
                        .forks(1)
                        .jvmArgsAppend("-Xmx2500m")
                        .warmupIterations(WARM_UPS)
                        .warmupTime(round)
                        .measurementIterations(ROUNDS)
                        .measurementTime(round)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        double mostAlone = 0;
        double mostWhole = 0;
        double leastWhole = Double.MAX_VALUE;
        for (var result : results) {
            var measured = result.getPrimaryResult();
            boolean whole = result.getParams().getBenchmark().endsWith("stepWithState");
            out.printf(
                    Locale.ROOT,
                    "%,9d hosts: %5.2f ± %.2f µs per piece of evidence %s%n",
                    Integer.parseInt(result.getParams().getParam("hosts")),
                    measured.getScore(),
                    measured.getScoreError(),
                    whole ? "with the serde of the state" : "without the serde");
            mostAlone = whole ? mostAlone : Math.max(mostAlone, measured.getScore());
            mostWhole = whole ? Math.max(mostWhole, measured.getScore()) : mostWhole;
            leastWhole = whole ? Math.min(leastWhole, measured.getScore()) : leastWhole;
        }
        out.printf(Locale.ROOT, "largest by smallest with the state: %.2f%n", mostWhole / leastWhole);
        return mostAlone <= MAX_MICROS && mostWhole <= MAX_GROWTH * leastWhole;
    }
}
