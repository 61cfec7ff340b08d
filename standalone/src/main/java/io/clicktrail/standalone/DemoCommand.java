package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.CaseFormat;
import io.clicktrail.alerter.render.RenderOptions;
import io.clicktrail.alerter.render.TextStyle;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.live.LogSender;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the bundled logs through the real stack. */
@Command(
        name = "demo",
        description = {
            "Plays the bundled logs of a synthetic day through Kafka, the schema registry and the four services on",
            "this machine, and prints the cases. With --to it sends them to a running installation instead, with all",
            "times moved to now."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration HEALTH_CHECK = Duration.ofSeconds(1);
    private static final long SPACE_BYTES = 1L << 29;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Terminal terminal;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            description = {
                "Brokers of a running installation, for example of './clicktrail up'. Sends the raw logs there, waits",
                "for the three cases and prints them where the registry can be reached."
            })
    private @Nullable String brokers;

    @Mixin
    private AccessOptions access = new AccessOptions();

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
        return brokers == null ? playHere() : sendTo(access.clients(brokers), access.topics());
    }

    private int sendTo(Map<String, Object> clients, Topics topics) throws Exception {
        if (!access.reachesRegistry()) {
            List<byte[]> records = LiveDemo.records(Instant.now());
            LogSender.send(clients, topics.raw().getFirst().name(), records);
            terminal.say(records.size() + " records sent. The registry at " + access.registry()
                    + " does not answer (see --registry), so the cases cannot be read here.");
            terminal.say("Look for 3 of them on " + topics.soarTier2().name() + ", within half a minute.");
            return Clicktrail.DONE;
        }
        terminal.say("Sending its logs, moved to now, and waiting for the cases ...");
        LiveDemo.Result result = LiveDemo.play(clients, topics, PATIENCE);
        print(result.cases());
        terminal.say("");
        terminal.say(String.format(
                Locale.ROOT,
                "%d %s, %.1f s after the last record",
                result.cases().size(),
                result.cases().size() == 1 ? "case" : "cases",
                result.took().toMillis() / MILLIS_PER_SECOND));
        if (!result.complete()) {
            terminal.say("3 were expected, each with an execution. Do all four services run, and is the clock of the"
                    + " brokers right?");
            return Clicktrail.STACK_FAILED;
        }
        return Clicktrail.DONE;
    }

    private void print(List<Alert> cases) throws IOException {
        CaseFormat.TEXT.write(
                cases, RenderOptions.styled(terminal.colour() ? TextStyle.ANSI : TextStyle.PLAIN), terminal.results());
    }

    private int playHere() throws Exception {
        WorkFolder folder = WorkFolder.create();
        folder.requireSpace(SPACE_BYTES);
        var settings = new StackSettings(
                folder,
                ports.broker,
                ports.registry,
                ReplayCommand.PARTITIONS,
                true,
                Map.of("clicktrail.enricher.learning", "0s"));
        try (var running = RunningStack.of(settings, terminal)) {
            running.begin();
            return play(running, folder);
        }
    }

    private int play(RunningStack running, WorkFolder folder) throws Exception {
        List<LogFile> files =
                LogFiles.find(List.of(DemoLogs.unpack(folder.path().resolve("logs"))));
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        ReferenceData reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        try (var deliveries = new MergedDeliveries(
                files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), System.currentTimeMillis())) {
            Replay.Result result = running.play(reference, deliveries, deliveries::position, total);
            print(result.cases());
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
