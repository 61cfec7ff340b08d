package io.clicktrail.benchmarks;

import io.clicktrail.benchmarks.alerter.FactCost;
import io.clicktrail.benchmarks.detection.DetectionBenchmark;
import io.clicktrail.benchmarks.engine.EngineSpeed;
import io.clicktrail.benchmarks.enricher.EnricherSpeed;
import io.clicktrail.benchmarks.enricher.FirstSeenStore;
import io.clicktrail.benchmarks.faults.FaultsCommand;
import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.benchmarks.live.LiveRounds;
import io.clicktrail.benchmarks.normalizer.NormalizerSpeed;
import io.clicktrail.benchmarks.office.ChainCost;
import io.clicktrail.benchmarks.office.ChainStore;
import io.clicktrail.benchmarks.office.InProcessPipeline;
import io.clicktrail.benchmarks.office.OfficeWorkload;
import io.clicktrail.benchmarks.scale.ScaleBenchmark;
import io.clicktrail.benchmarks.start.StartTime;
import io.clicktrail.benchmarks.start.TestFilesTime;
import io.clicktrail.benchmarks.throughput.CaseBenchmark;
import io.clicktrail.benchmarks.throughput.LatencyBenchmark;
import io.clicktrail.benchmarks.throughput.ThroughputBenchmark;
import io.clicktrail.benchmarks.windows.WindowsFacts;
import io.clicktrail.standalone.Clicktrail;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code ./clicktrail bench}. */
@Command(
        name = "bench",
        description = "Measures the suite on synthetic logs, which are generated from a seed.",
        subcommands = {
            DetectionBenchmark.class,
            FaultsCommand.class,
            LiveRounds.class,
            ThroughputBenchmark.class,
            LatencyBenchmark.class,
            CaseBenchmark.class,
            ScaleBenchmark.class,
            WindowsFacts.class
        },
        footer = {
            "'./clicktrail bench peers' compares the correlator with other systems. It is built apart, when it",
            "is asked for."
        },
        mixinStandardHelpOptions = true)
public final class Benchmarks {
    private static final double MAX_TEST_SECONDS = 10;
    private static final int BUFFER_BYTES = 1 << 20;

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Command(
            name = "generate",
            description = {
                "Writes a synthetic Sysmon log in the format of Winlogbeat, about 1.2 kB per record. One record in a",
                "hundred can be part of a chain; some chains are complete."
            },
            mixinStandardHelpOptions = true)
    int generate(
            @Mixin Amount amount,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "Output file.") Path out)
            throws IOException {
        write(amount, out);
        return Clicktrail.DONE;
    }

    @Command(
            name = "normalizer",
            description = {
                "Measures the normalizer with JMH for a record of each format: CPU time, microseconds per kB, MB/s,",
                "bytes allocated. Takes about eight minutes. Exit code 1 if one is above its limit."
            },
            mixinStandardHelpOptions = true)
    int normalizer(
            @Parameters(
                            paramLabel = "NAME",
                            arity = "0..1",
                            defaultValue = "",
                            description = {
                                "Only records whose name contains this, for example zeek.json;",
                                "'packs' for the formats that are mapping files."
                            })
                    String named,
            @Option(
                            names = "--round",
                            paramLabel = "MS",
                            defaultValue = "150",
                            description =
                                    "Length of each of the ten measured rounds in ms (default: ${DEFAULT-VALUE}).")
                    int millis)
            throws RunnerException {
        return new NormalizerSpeed(System.out).measure(named, millis) ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    @Command(
            name = "enrich",
            description = {
                "Measures the enricher's core with JMH, per event and without the serde, without and with indicators:",
                "CPU time and bytes allocated. Takes about a minute. Exit code 1 if it is above the limit of 4 us."
            },
            mixinStandardHelpOptions = true)
    int enrich(
            @Option(
                            names = "--indicators",
                            defaultValue = "500000",
                            description = "Number of indicators (default: ${DEFAULT-VALUE}).")
                    int indicators,
            @Option(
                            names = "--round",
                            paramLabel = "MS",
                            defaultValue = "2000",
                            description = "Length of each of the six rounds in ms (default: ${DEFAULT-VALUE}).")
                    int millis)
            throws RunnerException {
        return new EnricherSpeed(System.out).measure(indicators, millis) ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    @Command(
            name = "engine",
            description = {
                "Measures the in-process engine: Sysmon records per second of CPU time on one thread, from raw bytes",
                "to cases, and the memory that it keeps."
            },
            mixinStandardHelpOptions = true)
    int engine(@Mixin Amount amount) throws IOException {
        new EngineSpeed(System.out, amount.records, amount.hosts, amount.seed).measure();
        return Clicktrail.DONE;
    }

    @Command(
            name = "facts",
            description = "Measures the alerter's CPU time for each fact that belongs to no case.",
            mixinStandardHelpOptions = true)
    int facts(
            @Option(
                            names = "--accounts",
                            paramLabel = "N",
                            defaultValue = "10000",
                            description = "Number of accounts (default: ${DEFAULT-VALUE}).")
                    int accounts,
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "Facts of each (default: ${DEFAULT-VALUE}).")
                    int hours) {
        new FactCost(System.out).measure(accounts, hours);
        return Clicktrail.DONE;
    }

    @Command(
            name = "office",
            description = {
                "Generates an hour of ordinary work at many desks on three platforms, enriches and correlates it, and",
                "prints the number of chains. Exit code 1 if there is one."
            },
            mixinStandardHelpOptions = true)
    int office(
            @Option(
                            names = "--desks",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "Number of desks (default: ${DEFAULT-VALUE}).")
                    int desks,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Seed of the hour (default: ${DEFAULT-VALUE}).")
                    long seed) {
        var office = new OfficeWorkload(seed);
        var pipeline = new InProcessPipeline(OfficeWorkload.NEW_KEYS);
        long events = 0;
        long chains = 0;
        for (int number = 0; number < desks; number++) {
            var hour = office.hourAt(number);
            events += hour.size();
            chains += pipeline.chainsOf(OfficeWorkload.nameOf(number), OfficeWorkload.platformOf(number), hour)
                    .size();
        }
        System.out.printf(
                Locale.ROOT,
                "%,d desks, %,d events, %,d of them evidence (%.1f %%), %,d chains (seed %d)%n",
                desks,
                events,
                pipeline.evidence(),
                100.0 * pipeline.evidence() / Math.max(1, events),
                chains,
                seed);
        return chains == 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    @Command(
            name = "first-seen",
            description = "Fills the first-seen store and prints bytes per domain and time per lookup.",
            mixinStandardHelpOptions = true)
    int firstSeen(
            @Option(
                            names = "--domains",
                            defaultValue = "10000000",
                            description = "Number of domains (default: ${DEFAULT-VALUE}).")
                    long domains)
            throws IOException {
        Path folder = Files.createTempDirectory("clicktrail-bench-");
        try {
            new FirstSeenStore(System.out).measure(domains, folder);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        return Clicktrail.DONE;
    }

    @Command(
            name = "chains",
            description = {
                "Measures correlation with JMH per piece of evidence, without and with the serde of the host's state,",
                "for 1,000 to 1,000,000 hosts, and the size of an open chain in the stores. Takes about two minutes",
                "and 3 GB of memory. Exit code 1 if it takes 10 microseconds, grows by half with the number of hosts,",
                "or a chain takes 1 kB."
            },
            mixinStandardHelpOptions = true)
    int chains(
            @Option(
                            names = "--round",
                            paramLabel = "MS",
                            defaultValue = "1000",
                            description = "Length of each of the five rounds in ms (default: ${DEFAULT-VALUE}).")
                    int millis)
            throws RunnerException, IOException {
        Path folder = Files.createTempDirectory("clicktrail-bench-");
        try {
            boolean isSmall = new ChainStore(System.out).measure(folder);
            boolean isFast = new ChainCost(System.out).measure(millis);
            return isSmall && isFast ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Command(
            name = "start",
            description = {
                "Starts each service with the options of its image on a running broker and registry, the first time",
                "and again, with and without its AOT cache, and prints the time until it is ready."
            },
            mixinStandardHelpOptions = true)
    int start(
            @Option(
                            names = "--times",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Starts of each service in each way (default: ${DEFAULT-VALUE}).")
                    int times)
            throws Exception {
        new StartTime(System.out, Path.of(System.getProperty("clicktrail.root"))).measure(times);
        return Clicktrail.DONE;
    }

    @Command(
            name = "tests",
            description = {
                "Runs copies of the project's files of tests by 'clicktrail test', in a process of its own, and prints",
                "the time with the start. Exit code 1 if one fails, or the last run takes ten seconds or more."
            },
            mixinStandardHelpOptions = true)
    int tests(
            @Option(
                            names = "--files",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "At least so many files (default: ${DEFAULT-VALUE}).")
                    int files,
            @Option(
                            names = "--runs",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Number of runs (default: ${DEFAULT-VALUE}).")
                    int runs)
            throws Exception {
        var time = new TestFilesTime(System.out, Path.of(System.getProperty("clicktrail.root")));
        return time.measure(files, runs, MAX_TEST_SECONDS) ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private static void write(Amount amount, Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            long chains = new SysmonLog(amount.hosts, amount.seed)
                    .write(amount.records, (at, line, completed) -> out.write(line));
            System.err.printf(
                    Locale.ROOT,
                    "%,d records of %,d hosts, %,d chains of click, egress and write (seed %d)%n",
                    amount.records,
                    amount.hosts,
                    chains,
                    amount.seed);
        }
    }

    /** Size of a generated log. */
    static final class Amount {
        @Option(
                names = "--records",
                paramLabel = "N",
                defaultValue = "1000000",
                description = "Number of records (default: ${DEFAULT-VALUE}).")
        long records;

        @Option(
                names = "--hosts",
                paramLabel = "N",
                defaultValue = "1000",
                description = "Number of workstations (default: ${DEFAULT-VALUE}).")
        int hosts;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "1",
                description = "Seed of the log (default: ${DEFAULT-VALUE}).")
        long seed;
    }
}
