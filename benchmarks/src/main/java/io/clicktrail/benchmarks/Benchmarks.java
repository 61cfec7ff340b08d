package io.clicktrail.benchmarks;

import io.clicktrail.benchmarks.enricher.EnricherSpeed;
import io.clicktrail.benchmarks.enricher.FirstSeenStore;
import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.benchmarks.office.ChainCost;
import io.clicktrail.benchmarks.office.Office;
import io.clicktrail.benchmarks.office.Watch;
import io.clicktrail.benchmarks.start.StartTime;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The measurements, as commands. */
@Command(
        name = "bench",
        description = "Measures the suite on logs that are invented from a seed.",
        mixinStandardHelpOptions = true)
public final class Benchmarks {
    private static final int BUFFER_BYTES = 1 << 20;

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Command(
            name = "generate",
            description = {
                "Writes an invented Sysmon log as Winlogbeat ships it, about 1.2 kB a record; one in a hundred",
                "can be part of a chain, and some are complete chains."
            },
            mixinStandardHelpOptions = true)
    int generate(
            @Mixin Amount amount,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where it goes.") Path out)
            throws IOException {
        write(amount, out);
        return Clicktrail.DONE;
    }

    @Command(
            name = "throughput",
            description = {
                "Writes such a log and replays it through the whole stack on the default heap; prints records per second",
                "and the peak memory."
            },
            mixinStandardHelpOptions = true)
    int throughput(@Mixin Amount amount) throws IOException {
        Path folder = Files.createTempDirectory("clicktrail-bench-");
        Path log = folder.resolve("sysmon.ndjson");
        Path cases = folder.resolve("cases.ndjson");
        try {
            write(amount, log);
            return Clicktrail.run(
                    Terminal.ofThisProcess(),
                    "replay",
                    log.toString(),
                    "--learning",
                    "0s",
                    "--format",
                    "ocsf",
                    "--out",
                    cases.toString());
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(cases);
            Files.delete(folder);
        }
    }

    @Command(
            name = "enrich",
            description =
                    "Prints the processor time that the enricher's core takes for an event, without and with indicators.",
            mixinStandardHelpOptions = true)
    int enrich(
            @Option(names = "--hosts", defaultValue = "1000", description = "Workstations (default: ${DEFAULT-VALUE}).")
                    int hosts,
            @Option(names = "--seed", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).") long seed,
            @Option(
                            names = "--indicators",
                            defaultValue = "500000",
                            description = "Indicators in force (default: ${DEFAULT-VALUE}).")
                    int indicators)
            throws IOException {
        new EnricherSpeed(System.out).measure(hosts, seed, indicators);
        return Clicktrail.DONE;
    }

    @Command(
            name = "office",
            description = {
                "Invents an hour of ordinary work at many desks on three platforms, judges and correlates it, and prints",
                "how many cases are told; there should be none."
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
                            description = "The same seed gives the same hour (default: ${DEFAULT-VALUE}).")
                    long seed) {
        var office = new Office(seed);
        var watch = new Watch(Office.NEW_KEYS);
        long events = 0;
        long cases = 0;
        for (int number = 0; number < desks; number++) {
            var hour = office.hourAt(number);
            events += hour.size();
            cases += watch.casesOf(Office.nameOf(number), Office.platformOf(number), hour)
                    .size();
        }
        System.out.printf(
                Locale.ROOT,
                "%,d desks, %,d events, %,d of them evidence, %,d cases told (seed %d)%n",
                desks,
                events,
                watch.evidence(),
                cases,
                seed);
        return Clicktrail.DONE;
    }

    @Command(
            name = "first-seen",
            description = "Fills the store of first sights and prints bytes for each domain and time for each look-up.",
            mixinStandardHelpOptions = true)
    int firstSeen(
            @Option(
                            names = "--domains",
                            defaultValue = "10000000",
                            description = "Domains (default: ${DEFAULT-VALUE}).")
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
                "Prints what a piece of evidence costs the correlation, with and without reading and writing the host's",
                "state, for 1,000 to 1,000,000 hosts, and how much state an open chain takes. Needs about 2 GB of memory."
            },
            mixinStandardHelpOptions = true)
    int chains() {
        ChainCost.print(System.out);
        return Clicktrail.DONE;
    }

    @Command(
            name = "start",
            description = {
                "Starts each service as its image does, with and without the cache of its classes, on a broker and a registry",
                "that run, and prints how long it takes until it is ready."
            },
            mixinStandardHelpOptions = true)
    int start(
            @Option(
                            names = "--times",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Starts of each service each way (default: ${DEFAULT-VALUE}).")
                    int times)
            throws Exception {
        new StartTime(System.out, Path.of(System.getProperty("clicktrail.root"))).measure(times);
        return Clicktrail.DONE;
    }

    private static void write(Amount amount, Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            long chains = new SysmonLog(amount.hosts, amount.seed).write(amount.records, out);
            System.err.printf(
                    Locale.ROOT,
                    "%,d records of %,d hosts, %,d chains of click, egress and write (seed %d)%n",
                    amount.records,
                    amount.hosts,
                    chains,
                    amount.seed);
        }
    }

    /** How much log. */
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
                description = "The same seed gives the same log (default: ${DEFAULT-VALUE}).")
        long seed;
    }
}
