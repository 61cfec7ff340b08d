package io.clicktrail.standalone;

import io.clicktrail.standalone.coverage.BlindSpots;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a chain could not be seen. */
@Command(
        name = "coverage",
        description = {
            "Prints the hosts whose sensors could not show some stage of a chain, and how long ago each stage's sensors were",
            "last heard."
        },
        mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--silent",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "From when on a sensor counts as silent (default: ${DEFAULT-VALUE}).")
    private Duration silent = Duration.ofDays(1);

    @Option(names = "--inventory", paramLabel = "FILE", description = "Host names that should be heard, one a line.")
    private @Nullable Path inventory;

    @Option(names = "--all", description = "Also hosts without a blind spot.")
    private boolean all;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    CoverageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var spots = new BlindSpots();
        for (String host : expected()) {
            spots.expect(host);
        }
        TopicReader.readAll(cluster.clients(), cluster.topics().coverage(), record -> {
            if (record.value() != null) {
                spots.add(record.value());
            }
        });
        List<String> lines = spots.lines(Instant.now(), silent, all);
        if (!lines.isEmpty()) {
            terminal.results().println(BlindSpots.heading());
            lines.forEach(terminal.results()::println);
        }
        terminal.say(String.format(Locale.ROOT, "%,d hosts known, %,d shown", spots.hosts(), lines.size()));
        return Clicktrail.DONE;
    }

    private List<String> expected() throws UnreadableLogException {
        if (inventory == null) {
            return List.of();
        }
        try {
            return Files.readAllLines(inventory).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw UnreadableLogException.in(inventory, e);
        }
    }
}
