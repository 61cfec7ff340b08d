package io.clicktrail.benchmarks.normalizer;

import io.clicktrail.normalizer.mapping.BundledMappings;
import io.clicktrail.normalizer.parse.TypicalRecords;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the normalizer with JMH for a record of each format, and prints one line per record. */
public final class NormalizerSpeed {
    /**
     * Compiler and garbage collector of the images, whatever the environment sets. The thread waits for the compiler,
     * so that a loaded machine warms up too.
     */
    private static final String[] JVM = {
        "-XX:TieredStopAtLevel=4",
        "-Xbatch",
        "-XX:+UseSerialGC",
        "-Xms512m",
        "-Xmx512m",
        "--sun-misc-unsafe-memory-access=allow"
    };

    /** Names all formats that are mapping files. */
    static final String PACKS = "packs";

    private static final int WARM_UPS = 1;
    private static final int ROUNDS = 10;
    private static final double NANOS_PER_BYTE = 25;

    /** What any record may take, however short: hash, event and signatures cost the same for each. */
    private static final double NANOS_PER_RECORD = 3500;

    private static final String SYSMON = "windows.winlogbeat Sysmon";
    private static final double SYSMON_NANOS = 8000;

    private final PrintStream out;

    public NormalizerSpeed(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures the records whose name contains a text.
     *
     * @param named empty for all records, which are then also measured in turn; {@value #PACKS} for those of formats
     *     that are mapping files
     * @param millis length of each of the ten rounds that are measured
     * @return whether each is within its limit
     */
    public boolean measure(String named, int millis) throws RunnerException {
        out.printf(
                Locale.ROOT,
                "%-56s %6s %8s %8s %7s %8s %7s %7s %8s%n",
                "one record on one thread",
                "bytes",
                "ns",
                "cpu ns",
                "spread",
                "sha ns",
                "us/kB",
                "MB/s",
                "B alloc");
        int above = 0;
        int brief = 0;
        String[] records = Stream.concat(TypicalRecords.all().keySet().stream(), Stream.of(NormalizerBenchmark.MIXTURE))
                .filter(name -> named.equals(PACKS) ? isOfPack(name) : name.contains(named))
                .toArray(String[]::new);
        for (String record : records) {
            switch (print(record, run(record, millis))) {
                case WITHIN -> {}
                case SHORT -> brief++;
                case ABOVE -> above++;
            }
        }
        out.printf(
                Locale.ROOT,
                "%d of %d above the limit: %.0f us per kB or %.1f us for a record (%d only within the latter),"
                        + " and %.0f us for a record of %s%n",
                above,
                records.length,
                NANOS_PER_BYTE,
                NANOS_PER_RECORD / 1000,
                brief,
                SYSMON_NANOS / 1000,
                SYSMON);
        return above == 0;
    }

    private static boolean isOfPack(String record) {
        String format = record.split(" ", 2)[0];
        return BundledMappings.all().stream().anyMatch(mapping -> mapping.name().equals(format));
    }

    private static RunResult run(String record, int millis) throws RunnerException {
        TimeValue round = TimeValue.milliseconds(millis);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(NormalizerBenchmark.class.getName())
                        .param("record", record)
                        .forks(1)
                        .jvmArgs(JVM)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(round)
                        .measurementIterations(ROUNDS)
                        .measurementTime(round)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        return results.iterator().next();
    }

    /** How a record keeps to its limits. */
    private enum Pace {
        WITHIN(""),
        /** Above the limit by its bytes, but not above that of any record. */
        SHORT("  short"),
        ABOVE("  ABOVE");

        private final String mark;

        Pace(String mark) {
            this.mark = mark;
        }

        static Pace of(String record, double bytes, double nanos) {
            if (record.startsWith(SYSMON) && nanos >= SYSMON_NANOS) {
                return ABOVE;
            }
            return nanos / bytes < NANOS_PER_BYTE ? WITHIN : nanos < NANOS_PER_RECORD ? SHORT : ABOVE;
        }
    }

    private Pace print(String record, RunResult result) {
        double bytes = NormalizerBenchmark.named(record).stream()
                .mapToInt(each -> each.length)
                .average()
                .orElseThrow();
        double[] rounds = rounds(result, "nanos");
        double nanos = rounds[0];
        double hash = rounds(result, "hashNanos")[0];
        Pace pace = Pace.of(record, bytes, nanos);
        out.printf(
                Locale.ROOT,
                "%-56.56s %6.0f %8.0f %8.0f %6.0f%% %8.0f %7.1f %7.0f %8.0f%s%n",
                record,
                bytes,
                result.getPrimaryResult().getScore(),
                nanos,
                (rounds[rounds.length / 2] / nanos - 1) * 100,
                hash,
                nanos / bytes,
                bytes * 1000 / nanos,
                score(result.getSecondaryResults(), "gc.alloc.rate.norm"),
                pace.mark);
        return pace;
    }

    /**
     * CPU time per record in the fastest run of each round, the fastest first. The fastest counts: other load on the
     * same core only slows it down.
     */
    private static double[] rounds(RunResult result, String time) {
        return result.getAggregatedResult().getIterationResults().stream()
                .map(IterationResult::getSecondaryResults)
                .mapToDouble(round -> score(round, time) / score(round, "records"))
                .sorted()
                .toArray();
    }

    private static double score(Map<String, Result> results, String name) {
        return Objects.requireNonNull(results.get(name), name).getScore();
    }
}
