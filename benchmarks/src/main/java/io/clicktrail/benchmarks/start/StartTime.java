package io.clicktrail.benchmarks.start;

import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Time from the start of a service's process until it is ready, on a running broker and registry, with and without the
 * AOT cache of its image.
 */
public final class StartTime {

    private static final int PARTITIONS = 4;
    private static final String ROW = "%-12s %-30s %-30s %s%n";

    private final PrintStream out;
    private final Path root;

    /** @param root of the project, in which the services are packaged */
    public StartTime(PrintStream out, Path root) {
        this.out = out;
        this.root = root;
    }

    /**
     * Starts each service in new groups, whose internal topics must be created, and again in the same group with its
     * existing state.
     *
     * @param times how often each service is started in each way
     */
    public void measure(int times) throws Exception {
        Path folder = Files.createTempDirectory("clicktrail-start-");
        try (var stack = new Stack(
                new StackSettings(WorkFolder.at(folder.resolve("stack")), 0, 0, PARTITIONS, true, Map.of()))) {
            stack.startInfrastructure();
            out.printf(
                    Locale.ROOT,
                    "Start to ready, fastest, median and slowest of %d, seconds; median CPU time in brackets%n%n",
                    times);
            out.printf(ROW, "service", "new, without cache", "new, with cache", "again, with cache");
            for (Service service : Service.values()) {
                var unpacked = UnpackedService.of(service, root, folder);
                var without = new ArrayList<UnpackedService.Start>();
                var with = new ArrayList<UnpackedService.Start>();
                var again = new ArrayList<UnpackedService.Start>();
                for (int time = 0; time < times; time++) {
                    without.add(unpacked.start(false, settings(stack, service, folder, 2 * time), folder));
                    var settings = settings(stack, service, folder, 2 * time + 1);
                    with.add(unpacked.start(true, settings, folder));
                    again.add(unpacked.start(true, settings, folder));
                }
                out.printf(ROW, service.label(), words(without), words(with), words(again));
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** The first start of a service: its group and internal topics are new. */
    private static Map<String, String> settings(Stack stack, Service service, Path folder, int number) {
        return Map.of(
                "clicktrail.bootstrap-servers",
                stack.bootstrapServers(),
                "clicktrail.registry.url",
                stack.registryUrl(),
                "clicktrail.streams.state-dir",
                folder.resolve("state-" + service.label() + number).toString(),
                "spring.application.name",
                service.group() + "-start-" + number);
    }

    private static String words(List<UnpackedService.Start> starts) {
        return String.format(
                Locale.ROOT,
                "%5.2f  %5.2f  %5.2f  (%.2f)",
                seconds(ready(starts).min(Comparator.naturalOrder()).orElseThrow()),
                median(starts, UnpackedService.Start::ready),
                seconds(ready(starts).max(Comparator.naturalOrder()).orElseThrow()),
                median(starts, UnpackedService.Start::processor));
    }

    private static Stream<Duration> ready(List<UnpackedService.Start> starts) {
        return starts.stream().map(UnpackedService.Start::ready);
    }

    private static double median(List<UnpackedService.Start> starts, Function<UnpackedService.Start, Duration> of) {
        var sorted = starts.stream().map(of).sorted().toList();
        return seconds(sorted.get(sorted.size() / 2));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
