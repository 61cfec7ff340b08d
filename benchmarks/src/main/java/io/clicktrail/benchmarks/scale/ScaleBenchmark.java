package io.clicktrail.benchmarks.scale;

import io.clicktrail.benchmarks.office.ChainScale;
import io.clicktrail.benchmarks.throughput.ThroughputBenchmark;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.standalone.Clicktrail;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cost and memory against what grows with an organisation. */
@Command(
        name = "scale",
        description = {
            "Prints CPU time and memory against the number of indicators, hosts, open chains and first-seen domains,",
            "for hot keys, and for 1, 2 and 4 partitions of the whole stack. Takes about twenty minutes. Exit code 1",
            "if one grows by more than half over its range, or a million indicators take more than 150 MB."
        },
        subcommands = Sizing.class,
        mixinStandardHelpOptions = true)
public final class ScaleBenchmark implements Callable<Integer> {

    private static final List<String> PARTS = List.of("indicators", "hosts", "chains", "domains", "hot", "partitions");
    private static final List<String> PARTITIONS = List.of("1", "2", "4");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PART",
            arity = "0..*",
            description = "What to measure: indicators, hosts, chains, domains, hot, partitions (default: all).")
    private List<String> parts = PARTS;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Leave out points with more hosts, chains or domains (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "800000",
            description = "Records for each number of partitions, warm-up included (default: ${DEFAULT-VALUE}).")
    private long records;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        AvroSetup.install();
        Set<String> unknown = new TreeSet<>(parts);
        PARTS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no part: " + String.join(", ", unknown) + "; there are " + PARTS);
        }
        boolean isFlat = true;
        for (String part : PARTS) {
            if (parts.contains(part)) {
                isFlat &= measure(part);
            }
        }
        return isFlat ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private boolean measure(String part) throws IOException {
        return switch (part) {
            case "indicators" -> new IndicatorScale(out).measure();
            case "hosts" -> new HostScale(out).measure(most);
            case "hot" -> new HostScale(out).measureHotKeys();
            case "chains" -> onDisk(folder -> new ChainScale(out).measure(folder, most));
            case "domains" -> onDisk(folder -> new DomainScale(out).measure(folder, most));
            default -> partitions();
        };
    }

    /** The whole stack, with as many threads of each service as partitions. */
    private boolean partitions() {
        boolean isComplete = true;
        for (String partitions : PARTITIONS) {
            out.println("partitions: the whole stack with " + partitions);
            int code = new CommandLine(new ThroughputBenchmark())
                    .execute("--records", Long.toString(records), "--partitions", partitions, "--threads", partitions);
            isComplete &= code == Clicktrail.DONE;
        }
        return isComplete;
    }

    private interface Part {
        boolean in(Path folder) throws IOException;
    }

    private static boolean onDisk(Part part) throws IOException {
        Path folder = Files.createTempDirectory("clicktrail-bench-");
        try {
            return part.in(folder);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
