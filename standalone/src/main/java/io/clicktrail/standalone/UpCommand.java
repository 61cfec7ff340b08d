package io.clicktrail.standalone;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack and keeps it running. */
@Command(
        name = "up",
        description = {
            "Starts Kafka, the schema registry, the services and the console on this machine, and keeps them",
            "running."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final long SPACE_BYTES = 1L << 30;
    private static final Duration HEALTH_CHECK = Duration.ofSeconds(1);

    private final Terminal terminal;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Mixin
    private FormOptions form = new FormOptions();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the data, which is kept and reused (default: a temporary one).")
    private @Nullable Path data;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        WorkFolder folder = data == null ? WorkFolder.create() : WorkFolder.at(data);
        folder.requireSpace(SPACE_BYTES);
        try (var running = RunningStack.of(
                new StackSettings(folder, ports.broker, ports.registry, PARTITIONS, false, form.in(Map.of())),
                terminal)) {
            running.start(stack -> {});
            String pages = running.startConsole(console.port);
            terminal.results().print(directions(running.stack(), pages, folder));
            while (true) {
                running.stack().requireHealth(HEALTH_CHECK);
            }
        }
    }

    private static String directions(Stack stack, String pages, WorkFolder folder) {
        Topics topics = stack.topics();
        String raw = topics.raw().getFirst().name();
        return """

            Clicktrail is up. Ctrl-C stops it.

              console           %11$s     the cases as pages, for this machine only
              Kafka broker      %1$s
              schema registry   %2$s
              raw logs in       %3$s      one log record each, in any supported format
              cases out         %4$s        Avro, every revision of every case
                                %5$s, %6$s, %7$s   OCSF JSON
                                %8$s      ECS JSON
              not parsed        %9$s  unchanged, with the reason in the headers
              data and logs     %10$s

            Send logs with any Kafka client, for example a file with one record a line:

              kcat -b %1$s -t %3$s -P -l your-logs.ndjson

            Watch for cases:

              kcat -b %1$s -t %5$s -C -o beginning

            Try it with the demo's logs, moved to now:

              ./clicktrail demo --to %1$s --registry %2$s

            Old logs belong to './clicktrail replay': what is dated more than 7 days before it comes in here
            has a suspect time, which says nothing of hosts and domains.

            """.formatted(
                        stack.bootstrapServers(),
                        stack.registryUrl(),
                        raw,
                        topics.alerts().name(),
                        topics.soarTier1().name(),
                        topics.soarTier2().name(),
                        topics.soarUpdates().name(),
                        topics.siemEcs().name(),
                        topics.rejected().name(),
                        folder.path(),
                        pages);
    }
}
