package io.clicktrail.standalone;

import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plays the bundled logs through the real stack. */
@Command(
        name = "demo",
        description = {
            "Plays the bundled logs of a synthetic day through Kafka, the schema registry and the four services on",
            "this machine, and prints the cases."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final long SPACE_BYTES = 1L << 29;

    private final Terminal terminal;

    @Mixin
    private PortOptions ports = new PortOptions();

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        terminal.say(
                "A synthetic morning at CORP: workstations with Windows, Linux and macOS, a network sensor, a proxy.");
        WorkFolder folder = WorkFolder.create();
        folder.requireSpace(SPACE_BYTES);
        List<LogFile> files =
                LogFiles.find(List.of(DemoLogs.unpack(folder.path().resolve("logs"))));
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        ReferenceData reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        var settings = new StackSettings(
                folder,
                ports.broker,
                ports.registry,
                ReplayCommand.PARTITIONS,
                true,
                Map.of("clicktrail.enricher.learning", "0s"));
        try (var deliveries = new MergedDeliveries(
                        files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), System.currentTimeMillis());
                var running = RunningStack.of(settings, terminal)) {
            Replay.Result result = running.play(reference, deliveries, deliveries::position, total);
            CaseFormat.TEXT.write(
                    result.cases(),
                    RenderOptions.styled(terminal.colour() ? TextStyle.ANSI : TextStyle.PLAIN),
                    terminal.results());
            Summary.print(terminal, result);
            terminal.say("");
            terminal.say("Next: ./clicktrail replay your-logs/     plays your own files");
            terminal.say("      ./clicktrail up                    keeps the stack running for your collectors");
            return Clicktrail.DONE;
        }
    }
}
