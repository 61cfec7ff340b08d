package io.clicktrail.benchmarks.normalize;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the reading of each record with JMH and prints a table. */
public final class NormalizerSpeed {
    private static final int WARMUPS = 4;
    private static final int MEASURES = 5;
    private static final TimeValue ROUND = TimeValue.milliseconds(400);
    private static final double BYTES_PER_KB = 1000;
    private static final double MICROS_PER_KB = 25;

    private NormalizerSpeed() {}

    /**
     * Runs the measurement.
     *
     * @param named a part of the names that are measured; empty for all
     * @return whether every record stayed under 25 µs per kB, counting at least one kB
     */
    public static boolean print(String named, PrintStream out) throws RunnerException {
        Map<String, byte[]> records = Records.all();
        List<String> names =
                records.keySet().stream().filter(name -> name.contains(named)).toList();
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(RecordBenchmark.class.getName())
                        .param("record", names.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(WARMUPS)
                        .warmupTime(ROUND)
                        .measurementIterations(MEASURES)
                        .measurementTime(ROUND)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        boolean isFast = true;
        out.printf(Locale.ROOT, "%-40s %6s %10s %8s %8s %7s%n", "record", "bytes", "ns/record", "+-", "MB/s", "us/kB");
        for (RunResult result : results) {
            String name = result.getParams().getParam("record");
            int bytes = records.getOrDefault(name, new byte[0]).length;
            double nanos = result.getPrimaryResult().getScore();
            double microsPerKb = nanos / BYTES_PER_KB / Math.max(1, bytes / BYTES_PER_KB);
            isFast &= microsPerKb < MICROS_PER_KB;
            out.printf(
                    Locale.ROOT,
                    "%-40s %6d %10.0f %8.0f %8.1f %7.2f%n",
                    name,
                    bytes,
                    nanos,
                    result.getPrimaryResult().getScoreError(),
                    bytes / nanos * BYTES_PER_KB,
                    microsPerKb);
        }
        return isFast;
    }
}
