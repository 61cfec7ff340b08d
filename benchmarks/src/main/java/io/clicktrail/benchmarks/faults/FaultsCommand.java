package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.Clicktrail;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The rounds, as a command. */
@Command(
        name = "faults",
        description = {
            "Plays the demo's logs through the four services on three brokers, all as processes of this machine, while",
            "processes are killed, connections cut, disks filled, clocks stepped and poison written at random moments.",
            "Several rounds, each with the logs dated later, follow each other on the same services. Each must give",
            "the cases of a round without faults, nothing twice. Exit code 1 if one does not."
        },
        mixinStandardHelpOptions = true)
public final class FaultsCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed breaks the same things (default: from the clock).")
    private @Nullable Long seed;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of the first round, to run one again (default: ${DEFAULT-VALUE}).")
    private int first;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Rounds at the same time (default: ${DEFAULT-VALUE}). They share the brokers, so a broker that one"
                        + " kills",
                "is down for all."
            })
    private int parallel;

    @Option(
            names = "--sequence",
            paramLabel = "N",
            defaultValue = "0",
            description = "Rounds that follow each other on the same services (default: by the number of rounds).")
    private int sequence;

    @Option(
            names = "--previous",
            paramLabel = "FOLDER",
            description = {
                "Jars of an earlier build, for example lib of a distribution: services start from its state, go back"
                        + " to",
                "it and on again (default: this build, so that an upgrade is a clean restart)."
            })
    private @Nullable Path previous;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Kinds of faults, for example kill-service,poison (default: all).")
    private Set<String> only = Set.of();

    @Override
    public Integer call() throws Exception {
        Path folder = FaultRounds.newFolder();
        Path archives = Path.of(System.getProperty("clicktrail.archives", folder.toString()))
                .resolve("faults");
        long chosen = seed == null ? System.currentTimeMillis() : seed;
        System.out.printf("seed %d, logs in %s%n", chosen, folder);
        int failures = new FaultRounds(System.out, folder, archives, previous)
                .run(rounds, chosen, first, parallel, only, sequence);
        return failures == 0 ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }
}
