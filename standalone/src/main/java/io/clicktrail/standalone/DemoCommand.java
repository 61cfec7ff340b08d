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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the bundled logs through the real stack. */
@Command(
        name = "demo",
        description = {
            "Plays the bundled logs of a synthetic day through Kafka, the schema registry and the four services on",
            "this machine, and prints the cases."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration HEALTH_CHECK = Duration.ofSeconds(1);
    private static final long SPACE_BYTES = 1L << 29;

    private final Terminal terminal;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(names = "--open", description = "Keep everything running afterwards and show the cases in a browser.")
    private boolean open;

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
            if (open) {
                show(running);
            }
            terminal.say("");
            terminal.say("Next: ./clicktrail replay your-logs/     plays your own files");
            terminal.say("      ./clicktrail demo --open           shows these cases as pages in a browser");
            terminal.say("      ./clicktrail up                    keeps the stack running for your collectors");
            return Clicktrail.DONE;
        }
    }

    /** Shows the cases until the command is stopped. */
    private void show(RunningStack running) throws Exception {
        String pages = running.startConsole(console.port);
        terminal.say("");
        terminal.say("The cases as pages: " + pages + "    Ctrl-C stops everything.");
        Browser.open(pages);
        while (true) {
            running.stack().requireHealth(HEALTH_CHECK);
        }
    }
}
