package io.clicktrail.benchmarks.live;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.LiveDemo;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends the demo's logs live to a running stack, in the same order, round after round. Each round has a stack of its
 * own with the defaults of {@code ./clicktrail up} and nothing seeded, so that no round knows the last one. Which
 * partition a record goes to and when, and so all races between partitions and services, are left to chance.
 */
@Command(
        name = "live",
        description = {
            "Sends the demo's logs, moved to now, to a stack with default settings and nothing seeded, round after",
            "round. Each round must give the same three cases in time. Exit code 1 if one does not."
        },
        mixinStandardHelpOptions = true)
public final class LiveRounds implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final int CASES = 3;
    private static final double MILLIS_PER_SECOND = 1000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Longest time from the last record to the last case (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        Set<String> expected = new TreeSet<>();
        int good = 0;
        long slowest = 0;
        for (int round = 1; round <= rounds; round++) {
            LiveDemo.Result result = round();
            Set<String> ids =
                    result.cases().stream().map(Alert::getAlertId).collect(Collectors.toCollection(TreeSet::new));
            if (expected.isEmpty() && result.complete() && ids.size() == CASES) {
                expected = ids;
            }
            boolean same = result.complete() && ids.equals(expected);
            good += same ? 1 : 0;
            slowest = Math.max(slowest, result.took().toMillis());
            System.out.printf(
                    Locale.ROOT,
                    "round %2d: %s %d cases, %.1f s after the last record%n",
                    round,
                    same ? "same" : "OTHER",
                    ids.size(),
                    result.took().toMillis() / MILLIS_PER_SECOND);
            for (Alert alert : round == 1 || !same ? result.cases() : List.<Alert>of()) {
                System.out.printf(
                        Locale.ROOT,
                        "  %s %s, %s, tier %d%n",
                        alert.getAlertId(),
                        alert.getDevice().getHostname(),
                        alert.getTenantKey(),
                        alert.getEscalation().getTier());
            }
        }
        System.out.printf(
                Locale.ROOT, "rounds=%d same=%d slowest_seconds=%.1f%n", rounds, good, slowest / MILLIS_PER_SECOND);
        return good == rounds ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
    }

    private LiveDemo.Result round() throws Exception {
        WorkFolder folder = WorkFolder.create();
        try (var stack = new Stack(new StackSettings(folder, 0, 0, PARTITIONS, false, Map.of()))) {
            stack.startInfrastructure();
            stack.startServices();
            return LiveDemo.play(
                    Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
                    stack.topics(),
                    Duration.ofSeconds(seconds));
        } finally {
            folder.delete();
        }
    }
}
