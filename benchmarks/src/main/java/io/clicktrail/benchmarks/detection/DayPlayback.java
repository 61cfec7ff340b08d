package io.clicktrail.benchmarks.detection;

import io.clicktrail.alert.Alert;
import io.clicktrail.colocated.ColocationSettings;
import io.clicktrail.colocated.ColocationSettings.Events;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFile;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.LocalReplay;
import io.clicktrail.standalone.replay.RecordCounts;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * What the real stack, or the local engine, makes of a folder of logs, with nothing to learn.
 *
 * @param cases last revision of each
 * @param evidence all pieces
 * @param events number of normalized events
 */
record DayPlayback(List<Alert> cases, List<Evidence> evidence, long events, RecordCounts counts) {
    /** With one partition the order of delivery stays through all hops. */
    private static final int PARTITIONS = 1;

    static final Map<String, String> SETTINGS = Map.of("clicktrail.enricher.learning", "PT0S");

    /** Less than the grace of late evidence, on a way of up to four topics. */
    private static final Duration MAX_BEHIND = Duration.ofMinutes(2);

    DayPlayback {
        cases = List.copyOf(cases);
        evidence = List.copyOf(evidence);
    }

    /**
     * Plays the logs.
     *
     * @param seen file of names known for long
     * @param tuning document of one platform, null for the built-in ones
     */
    static DayPlayback of(Path logs, @Nullable Path seen, @Nullable Path tuning, Terminal terminal) throws Exception {
        List<LogFile> files = LogFiles.find(List.of(logs));
        ReferenceData reference = ReferenceData.read(tuning, seen, List.of(), List.of());
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        WorkFolder folder = WorkFolder.create();
        var settings = new StackSettings(folder, 0, 0, PARTITIONS, true, SETTINGS);
        try (var merged = new MergedDeliveries(
                        files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), System.currentTimeMillis());
                var stack = new Stack(settings)) {
            var atExit = new Thread(stack::close, "stop-stack");
            Runtime.getRuntime().addShutdownHook(atExit);
            terminal.step("Starting the stack", () -> {
                stack.startInfrastructure();
                reference.write(stack);
                stack.startServices();
                return stack;
            });
            Replay.Result result =
                    new Replay(stack, terminal, reference.tuning()).play(merged, merged::position, total);
            DayPlayback playback = read(stack, result);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(atExit);
            return playback;
        } finally {
            folder.delete();
        }
    }

    /** The same in this process, without Kafka. */
    static DayPlayback local(Path logs, @Nullable Path seen, @Nullable Path tuning, Terminal terminal)
            throws Exception {
        return local(EngineSettings.defaults(), logs, seen, tuning, terminal);
    }

    /** The same in this process, where each reader of a topic stalls now and then. */
    static DayPlayback stalling(long seed, Path logs, @Nullable Path seen, @Nullable Path tuning, Terminal terminal)
            throws Exception {
        return local(EngineSettings.defaults().stalling(MAX_BEHIND, seed), logs, seen, tuning, terminal);
    }

    /** The same in this process, where normalizer and enricher are one service. */
    static DayPlayback colocated(Path logs, @Nullable Path seen, @Nullable Path tuning, Terminal terminal)
            throws Exception {
        var settings = EngineSettings.defaults().with(Map.of(ColocationSettings.EVENTS, Events.OFF.name()));
        return local(settings, logs, seen, tuning, terminal);
    }

    private static DayPlayback local(
            EngineSettings given, Path logs, @Nullable Path seen, @Nullable Path tuning, Terminal terminal)
            throws Exception {
        List<LogFile> files = LogFiles.find(List.of(logs));
        long total = files.stream().mapToLong(LogFile::bytes).sum();
        var evidence = new ArrayList<Evidence>();
        try (var merged = new MergedDeliveries(files, Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0);
                var engine = new Engine(given.with(SETTINGS))) {
            ReferenceData.read(tuning, seen, List.of(), List.of()).load(engine);
            engine.listen(engine.topics().evidence(), each -> add(each.value(), evidence));
            Replay.Result result = new LocalReplay(terminal).play(engine, merged, merged::position, total);
            double events = engine.meters().find(Metric.EVENTS.id()).counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
            return new DayPlayback(result.cases(), evidence, (long) events, result.counts());
        }
    }

    /** What goes under another host later counts there. */
    private static void add(Evidence next, List<Evidence> evidence) {
        if (next.getMovedTo() == null) {
            evidence.add(next);
        }
    }

    private static DayPlayback read(Stack stack, Replay.Result result) {
        Map<String, Object> clients = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
        var evidence = new ArrayList<Evidence>();
        TopicReader.readAll(clients, stack.topics().evidence(), each -> add(each.value(), evidence));
        long[] events = new long[1];
        TopicReader.readAll(clients, stack.topics().events(), each -> events[0]++);
        return new DayPlayback(result.cases(), evidence, events[0], result.counts());
    }
}
