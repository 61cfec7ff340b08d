package io.clicktrail.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.schemas.Topic;
import io.clicktrail.streams.health.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalizer and enricher as one service say of the normalizer's fixtures what both say as two. */
class ColocationTest {

    private static final Path FIXTURES = Path.of("..", "normalizer", "src", "test", "resources", "fixtures");
    private static final EngineSettings SEPARATE =
            EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "PT0S"));
    private static final long MORNING = Instant.parse("2026-06-09T09:00:00Z").toEpochMilli();
    private static final int RECORDS = 2_000;

    private record Delivery(byte[] value, long at) {}

    @Test
    void allFixturesInTheirOrderSayTheSame() throws IOException {
        var deliveries = new ArrayList<Delivery>();
        long at = MORNING;
        for (byte[] record : records()) {
            at += 400;
            deliveries.add(new Delivery(record, at));
        }

        assertSame(deliveries, "off");
        assertSame(deliveries, "relevant");
        assertSame(deliveries, "all");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fixturesAgainAndAgainInAnyOrderSayTheSame(long seed) throws IOException {
        var random = new Random(seed);
        List<byte[]> records = records();
        var deliveries = new ArrayList<Delivery>();
        long at = MORNING;
        for (int i = 0; i < RECORDS; i++) {
            at += random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(1_000);
            deliveries.add(new Delivery(records.get(random.nextInt(records.size())), at));
        }

        assertSame(deliveries, "off");
    }

    private static void assertSame(List<Delivery> deliveries, String events) {
        Map<String, List<String>> separate = play(SEPARATE, deliveries);
        Map<String, List<String>> together =
                play(SEPARATE.with(Map.of("clicktrail.colocation.events", events)), deliveries);

        assertThat(separate.get("evidence")).hasSizeGreaterThan(100);
        separate.forEach((topic, said) ->
                assertThat(together.get(topic)).as("%s with events: %s", topic, events).isEqualTo(said));
    }

    /** What was written to each topic, in the order of its text, the cases and the counts of raw records. */
    private static Map<String, List<String>> play(EngineSettings settings, List<Delivery> deliveries) {
        var said = new TreeMap<String, List<String>>();
        try (var engine = new Engine(settings)) {
            listen(engine, "evidence", engine.topics().evidence(), said);
            listen(engine, "context", engine.topics().context(), said);
            listen(engine, "identities", engine.topics().identities(), said);
            listen(engine, "coverage", engine.topics().coverage(), said);
            listen(engine, "domains", engine.topics().domains(), said);
            deliveries.forEach(each -> engine.deliver(each.value(), each.at()));
            said.put(
                    "cases",
                    engine.finish().stream()
                            .map(each -> each.getAlertId() + " " + each.getContentHash() + " "
                                    + each.getEscalation().getTier())
                            .toList());
            for (Metric metric : List.of(Metric.RAW_RECEIVED, Metric.RAW_NORMALIZED)) {
                said.put(
                        metric.id(),
                        List.of(Double.toString(metric.counter(engine.meters()).count())));
            }
        }
        said.values().forEach(each -> {
            if (each instanceof ArrayList<String> written) {
                written.sort(null);
            }
        });
        return said;
    }

    private static <V> void listen(
            Engine engine, String name, Topic<String, V> topic, Map<String, List<String>> said) {
        List<String> written = said.computeIfAbsent(name, absent -> new ArrayList<>());
        engine.listen(topic, record -> written.add(record.key() + " " + record.value() + " at " + record.timestamp()));
    }

    /** The records of the fixtures, which are the lines between their name and what becomes of them. */
    private static List<byte[]> records() throws IOException {
        var records = new ArrayList<byte[]>();
        try (Stream<Path> files = Files.list(FIXTURES)) {
            for (Path file : files.sorted().toList()) {
                for (String fixture : Files.readString(file).split("(?m)^## ")) {
                    List<String> lines = Arrays.stream(fixture.split("\n", -1))
                            .skip(1)
                            .filter(line -> !line.startsWith("=> ") && !line.isEmpty())
                            .toList();
                    if (!lines.isEmpty()) {
                        records.add(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        assertThat(records).hasSizeGreaterThan(300);
        return records;
    }
}
