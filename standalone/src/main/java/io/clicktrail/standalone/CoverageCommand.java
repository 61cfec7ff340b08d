package io.clicktrail.standalone;

import io.clicktrail.standalone.coverage.CoverageGaps;
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

/** Hosts with gaps in coverage. */
@Command(
        name = "coverage",
        description = {
            "Prints the hosts whose sensors do not cover some stage of a chain, and the age of the last event of each",
            "stage."
        },
        mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--silent",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "Age of the last event from which a sensor counts as silent (default: ${DEFAULT-VALUE}).")
    private Duration silent = Duration.ofDays(1);

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "Host names that are expected to send events, one per line.")
    private @Nullable Path inventory;

    @Option(names = "--all", description = "Include hosts without a gap.")
    private boolean all;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    CoverageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var gaps = new CoverageGaps();
        for (String host : expected()) {
            gaps.expect(host);
        }
        TopicReader.readAll(cluster.clients(), cluster.topics().coverage(), record -> {
            if (record.value() != null) {
                gaps.add(record.value());
            }
        });
        List<String> lines = gaps.lines(Instant.now(), silent, all);
        if (!lines.isEmpty()) {
            terminal.results().println(CoverageGaps.heading());
            lines.forEach(terminal.results()::println);
        }
        terminal.say(String.format(Locale.ROOT, "%,d hosts known, %,d shown", gaps.hosts(), lines.size()));
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
