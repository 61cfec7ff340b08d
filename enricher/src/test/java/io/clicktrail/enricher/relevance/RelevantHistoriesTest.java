package io.clicktrail.enricher.relevance;

import static io.clicktrail.enricher.TestEvents.CHROME;
import static io.clicktrail.enricher.TestEvents.EXPLORER;
import static io.clicktrail.enricher.TestEvents.OUTLOOK;
import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.connection;
import static io.clicktrail.enricher.TestEvents.dhcp;
import static io.clicktrail.enricher.TestEvents.event;
import static io.clicktrail.enricher.TestEvents.file;
import static io.clicktrail.enricher.TestEvents.logon;
import static io.clicktrail.enricher.TestEvents.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.EnricherTopology;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.kafka.EventSource;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.User;
import io.clicktrail.schemas.Topic;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Random histories of two machines, of which few pids are used again and again and some sensors know a process by its
 * pid alone: the enricher says the same of all events as of those that are relevant.
 */
class RelevantHistoriesTest {

    private static final int EVENTS = 3_000;
    private static final List<String> HOSTS = List.of("ws-1.contoso.com", "lx-2.contoso.com");
    private static final List<String> IMAGES = List.of(
            OUTLOOK,
            CHROME,
            EXPLORER,
            "C:\\Windows\\System32\\svchost.exe",
            "C:\\Windows\\System32\\conhost.exe",
            "C:\\Windows\\System32\\wscript.exe",
            "C:\\Users\\a\\Downloads\\tool.exe",
            "/usr/sbin/cron",
            "/usr/bin/bash",
            "/opt/google/chrome/chrome");
    private static final List<String> NAMES = List.of("evil.sbs", "www.google.com", "odd-name.click", "example.org");

    /** Everything passes: what the filter is measured by. */
    private static final EventSource ALL = EventSource.TOPIC;

    private static final EventSource RELEVANT = (builder, topics, relevant) -> {
        EventSource.TOPIC
                .events(builder, topics, relevant)
                .process(relevant.outlined(), Named.as("keep-relevant"))
                .to(
                        topics.eventsRelevant().name(),
                        Produced.with(
                                        topics.eventsRelevant().keySerde(),
                                        topics.eventsRelevant().valueSerde())
                                .withName("write-relevant"));
        return builder.stream(
                topics.eventsRelevant().name(),
                Consumed.with(
                                topics.eventsRelevant().keySerde(),
                                topics.eventsRelevant().valueSerde())
                        .withName("read-relevant"));
    };

    private record Sent(String key, Event event, Instant delivered) {}

    private record Outcome(Map<String, List<String>> said, double ended) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theEnricherSaysTheSameOfWhatIsLeft(long seed) {
        List<Sent> history = history(new Random(seed));

        Outcome all = play(history, ALL);
        Outcome relevant = play(history, RELEVANT);

        assertThat(all.said().get("evidence")).hasSizeGreaterThan(EVENTS / 20);
        all.said().forEach((topic, records) -> {
            List<String> other = relevant.said().getOrDefault(topic, List.of());
            assertThat(without(records, other)).as("only of all, %s", topic).isEmpty();
            assertThat(without(other, records))
                    .as("only of the relevant, %s", topic)
                    .isEmpty();
        });
        assertThat(relevant.ended()).isGreaterThan(EVENTS / 10.0);
    }

    private static List<String> without(List<String> records, List<String> others) {
        var left = new ArrayList<>(records);
        others.forEach(left::remove);
        return left;
    }

    /** What was written to each topic, in the order of its text: a moment between two events may be seen after them. */
    private static Outcome play(List<Sent> history, EventSource source) {
        EnricherSettings settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("clicktrail.enricher.learning", "PT0S")))
                .bindOrCreate("clicktrail.enricher", EnricherSettings.class);
        try (var harness = new TopologyHarness((builder, topics, meters) ->
                EnricherTopology.build(builder, topics, settings, TestTunings.CATALOGUES, meters, source))) {
            var events = harness.input(harness.topics().events());
            for (Sent sent : history) {
                events.pipeInput(sent.key(), sent.event(), sent.delivered());
            }
            harness.advanceWallClock(Duration.ofMinutes(1));
            var said = new TreeMap<String, List<String>>();
            said.put("evidence", written(harness, harness.topics().evidence()));
            said.put("context", written(harness, harness.topics().context()));
            said.put("identities", written(harness, harness.topics().identities()));
            said.put("coverage", written(harness, harness.topics().coverage()));
            said.put("domains", written(harness, harness.topics().domains()));
            return new Outcome(
                    said, Metric.EVENTS_ENDED.counter(harness.meters()).count());
        }
    }

    private static <V> List<String> written(TopologyHarness harness, Topic<String, V> topic) {
        return harness.output(topic).readRecordsToList().stream()
                .map(record -> record.key() + " " + record.value() + " at " + record.getRecordTime())
                .sorted()
                .toList();
    }

    private static List<Sent> history(Random random) {
        var history = new ArrayList<Sent>();
        Instant delivered = TEN;
        for (int i = 0; i < EVENTS; i++) {
            delivered = delivered.plusMillis(random.nextInt(40) == 0 ? random.nextInt(90_000) : random.nextInt(400));
            Instant time =
                    delivered.minusMillis(random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(500));
            String host = one(HOSTS, random);
            history.add(sent(host, time, delivered, random));
        }
        return history;
    }

    private static Sent sent(String host, Instant time, Instant delivered, Random random) {
        return switch (random.nextInt(30)) {
            case 0, 1, 2, 3 -> new Sent(host, start(host, time, random), delivered);
            case 4, 5, 6 -> new Sent(host, end(host, time, random), delivered);
            case 7 -> new Sent(host, asking(host, time, random), delivered);
            case 8 -> new Sent(host, childByPid(host, time, random), delivered);
            case 9 -> new Sent(host, signature(host, time, random), delivered);
            case 10 ->
                new Sent(
                        "ip:10.0.0." + random.nextInt(3),
                        proxy("10.0.0." + random.nextInt(3), "https://" + one(NAMES, random) + "/a.iso")
                                .setTime(time)
                                .build(),
                        delivered);
            case 11 ->
                new Sent(
                        "ip:10.0.0.1",
                        dhcp("10.0.0.1", "WS-1", 3_600).setTime(time).build(),
                        delivered);
            case 12 ->
                new Sent(host, logon(host, random.nextInt(4)).setTime(time).build(), delivered);
            case 13, 14 -> new Sent(host, write(host, time, random), delivered);
            case 15, 16 ->
                new Sent(
                        host,
                        connection(
                                        host,
                                        "10.0.0." + random.nextInt(3),
                                        random.nextBoolean() ? "10.9.9.9" : "203.0.113.9")
                                .setTime(time)
                                .build(),
                        delivered);
            case 17, 18, 19, 20, 21, 22, 23 ->
                new Sent(
                        host,
                        connection(host, "10.0.0.1", "10.9.9." + random.nextInt(200))
                                .setTime(time)
                                .build(),
                        delivered);
            default ->
                new Sent(
                        host,
                        of(host, EventKind.DNS_QUERY, "windows.sysmon", time)
                                .setDns(Dns.newBuilder()
                                        .setQuestionName(one(NAMES, random))
                                        .setResponseCode("NOERROR")
                                        .build())
                                .build(),
                        delivered);
        };
    }

    private static Event start(String host, Instant time, Random random) {
        String image = one(IMAGES, random);
        return of(host, EventKind.PROCESS_START, "windows.sysmon", time)
                .setProcess(Process.newBuilder()
                        .setEntityId("p" + random.nextInt(1_000_000))
                        .setPid(pid(random))
                        .setExecutable(image)
                        .setCommandLine(image + (random.nextInt(4) == 0 ? " https://evil.sbs/x" : ""))
                        .setHash(hash(image))
                        .setParent(ParentProcess.newBuilder()
                                .setPid(pid(random))
                                .setExecutable(one(IMAGES, random))
                                .build())
                        .build())
                .build();
    }

    private static Event end(String host, Instant time, Random random) {
        return of(host, EventKind.PROCESS_END, "windows.sysmon", time)
                .setProcess(Process.newBuilder()
                        .setPid(pid(random))
                        .setExecutable(one(IMAGES, random))
                        .build())
                .build();
    }

    /** A sensor that knows who connects by the pid alone. */
    private static Event asking(String host, Instant time, Random random) {
        return of(host, EventKind.DNS_QUERY, "windows.dns", time)
                .setProcess(Process.newBuilder().setPid(pid(random)).build())
                .setDns(Dns.newBuilder()
                        .setQuestionName(one(NAMES, random))
                        .setResponseCode("NOERROR")
                        .build())
                .build();
    }

    /** A sensor that knows parents by the pid alone, and accounts by the uid. */
    private static Event childByPid(String host, Instant time, Random random) {
        return of(host, EventKind.PROCESS_START, "linux.auditd", time)
                .setUser(new User(null, null, "1000", null))
                .setProcess(Process.newBuilder()
                        .setPid(pid(random))
                        .setExecutable(one(IMAGES, random))
                        .setWorkingDirectory(random.nextBoolean() ? "/home/alice" : "/")
                        .setCommandLine("x https://" + one(NAMES, random) + "/")
                        .setParent(
                                ParentProcess.newBuilder().setPid(pid(random)).build())
                        .build())
                .build();
    }

    private static Event signature(String host, Instant time, Random random) {
        String image = one(IMAGES, random);
        return of(host, EventKind.OTHER, "windows.sysmon", time)
                .setProcess(Process.newBuilder()
                        .setExecutable(image)
                        .setHash(hash(image))
                        .setCodeSignature(CodeSignature.newBuilder()
                                .setSubjectName("Example Ltd")
                                .build())
                        .build())
                .build();
    }

    private static Event write(String host, Instant time, Random random) {
        return of(host, EventKind.FILE_WRITE, "windows.sysmon", time)
                .setProcess(Process.newBuilder().setPid(pid(random)).build())
                .setFile(file(random.nextInt(4) == 0
                                ? "C:\\Users\\a\\Downloads\\a" + random.nextInt(5) + ".iso"
                                : "C:\\ProgramData\\b" + random.nextInt(5) + ".tmp")
                        .build())
                .build();
    }

    private static Event.Builder of(String host, EventKind kind, String dataset, Instant time) {
        return event(kind, dataset)
                .setTime(time)
                .setHost(Host.newBuilder()
                        .setName(host)
                        .setPlatform(host.startsWith("ws") ? Platform.WINDOWS : Platform.LINUX)
                        .build());
    }

    private static Hash hash(String image) {
        return new Hash(null, null, "%064x".formatted(image.hashCode() & 0xffffffL));
    }

    private static long pid(Random random) {
        return 100 + 4L * random.nextInt(8);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
