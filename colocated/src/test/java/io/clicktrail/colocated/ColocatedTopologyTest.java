package io.clicktrail.colocated;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.colocated.ColocationSettings.Events;
import io.clicktrail.enricher.settings.EnricherSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Event;
import io.clicktrail.normalizer.NormalizerSettings;
import io.clicktrail.normalizer.NormalizerTopology;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.schemas.Topic;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ColocatedTopologyTest {

    /** Look-ups in Zeek's format, a tenth of a second apart. */
    private static final String LOOK_UP =
            "{\"ts\":%d.%d,\"uid\":\"C%s\",\"id.orig_h\":\"10.40.3.21\",\"id.orig_p\":50111,"
                    + "\"id.resp_h\":\"10.40.0.2\",\"id.resp_p\":53,\"proto\":\"udp\",\"query\":\"%s\","
                    + "\"qtype_name\":\"A\",\"rcode_name\":\"NOERROR\",\"answers\":[\"198.51.100.8\"],\"_path\":\"dns\"}";

    /** Minutes. */
    private static final int MORE_THAN_THE_GRACE = 12;

    private static final Instant MORNING = TopologyHarness.START;

    @Test
    void keepsItsShape() throws IOException {
        try (var harness = harness(Events.OFF, "off")) {
            assertThat(harness.describe())
                    .isEqualToIgnoringNewLines(new String(
                            Objects.requireNonNull(getClass().getResourceAsStream("topology.txt"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    @Test
    void writesNoTopicOfEventsAndEndsWhatNobodyNeeds() {
        try (var harness = harness(Events.OFF, "off")) {
            play(harness);

            assertThat(read(harness, harness.topics().events())).isEmpty();
            assertThat(read(harness, harness.topics().eventsRelevant())).hasSize(2);
            assertThat(read(harness, harness.topics().evidence())).hasSize(1);
            assertThat(Metric.EVENTS_ENDED.counter(harness.meters()).count()).isEqualTo(2);
            assertThat(Metric.RAW_RECEIVED.counter(harness.meters()).count())
                    .isEqualTo(Metric.RAW_NORMALIZED.counter(harness.meters()).count())
                    .isEqualTo(4);
        }
    }

    @Test
    void writesTheRelevantEventsWholeWhereOthersReadThem() {
        try (var harness = harness(Events.RELEVANT, "off")) {
            play(harness);

            assertThat(read(harness, harness.topics().events()))
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getEventId()).hasSize(32));
            assertThat(read(harness, harness.topics().eventsRelevant())).isEmpty();
            assertThat(read(harness, harness.topics().evidence())).hasSize(1);
        }
    }

    @Test
    void writesAllEventsWhereOthersReadAll() {
        try (var harness = harness(Events.ALL, "off")) {
            play(harness);

            assertThat(read(harness, harness.topics().events())).hasSize(4);
            assertThat(read(harness, harness.topics().eventsRelevant())).hasSize(2);
            assertThat(read(harness, harness.topics().evidence())).hasSize(1);
        }
    }

    @Test
    void everyEventIsRelevantWhereTheSiemWantsEveryOneEnriched() {
        try (var harness = harness(Events.OFF, "avro")) {
            play(harness);

            assertThat(read(harness, harness.topics().eventsEnriched())).hasSize(4);
            assertThat(read(harness, harness.topics().eventsRelevant()))
                    .extracting(Event::getDns)
                    .hasSize(4)
                    .doesNotContainNull();
        }
    }

    /** Three look-ups of a known place and one of an odd one within a second; the first shows that time passes. */
    private static void play(TopologyHarness harness) {
        var raw = harness.input(harness.topics().raw().getFirst());
        List<String> names = List.of("www.google.com", "www.google.com", "rnicrosoft-login.top", "www.google.com");
        for (int i = 0; i < names.size(); i++) {
            String record = LOOK_UP.formatted(MORNING.getEpochSecond(), i, i, names.get(i));
            raw.pipeInput(null, record.getBytes(StandardCharsets.UTF_8), MORNING.plusMillis(100L * i));
        }
        for (int minute = 0; minute < MORE_THAN_THE_GRACE; minute++) {
            harness.advanceWallClock(Duration.ofMinutes(1));
        }
    }

    private static <V> List<V> read(TopologyHarness harness, Topic<String, V> topic) {
        return harness.output(topic).readValuesToList();
    }

    private static TopologyHarness harness(Events events, String enriched) {
        var normalizer = settings("normalizer", NormalizerSettings.class, Map.of());
        var enricher = settings(
                "enricher",
                EnricherSettings.class,
                Map.of("clicktrail.enricher.learning", "PT0S", "clicktrail.enricher.enriched-events", enriched));
        return new TopologyHarness((builder, topics, meters) -> ColocatedTopology.build(
                builder,
                topics,
                new ColocationSettings(events),
                normalizer,
                NormalizerTopology.normalizers(normalizer),
                HeartbeatTrust.ALL,
                enricher,
                Catalogues.bundled(),
                meters));
    }

    private static <T> T settings(String service, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("clicktrail." + service, type);
    }
}
