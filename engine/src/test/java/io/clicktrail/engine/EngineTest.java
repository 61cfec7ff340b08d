package io.clicktrail.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;

class EngineTest {
    private static final Instant MORNING = Instant.parse("2026-06-09T09:00:00Z");
    private static final String DNS_LOOKUP =
            "{\"ts\":%d.5,\"uid\":\"C1\",\"id.orig_h\":\"10.40.3.21\",\"id.orig_p\":50111,\"id.resp_h\":\"10.40.0.2\","
                    + "\"id.resp_p\":53,\"proto\":\"udp\",\"query\":\"spring-fair.events\",\"qtype_name\":\"A\","
                    + "\"rcode_name\":\"NOERROR\",\"answers\":[\"198.51.100.8\"],\"_path\":\"dns\"}";

    @Test
    void aRecordBecomesAnEventAtTheTimeOfItsDelivery() {
        try (var engine = new Engine(EngineSettings.defaults())) {
            var events = new ArrayList<Event>();
            engine.listen(engine.topics().events(), record -> {
                events.add(record.value());
                assertThat(record.timestamp()).isEqualTo(MORNING.toEpochMilli());
            });

            engine.deliver(record(), MORNING.toEpochMilli());

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.getSource().getOffset()).isZero();
                assertThat(event.getTime()).isEqualTo(MORNING.plusMillis(500));
            });
        }
    }

    @Test
    void logsWithoutAChainGiveNoCase() {
        try (var engine = new Engine(EngineSettings.defaults())) {
            engine.deliver(record(), MORNING.toEpochMilli());

            assertThat(engine.finish()).isEmpty();
        }
    }

    @Test
    void anEngineWithoutRecordsGivesNothing() {
        try (var engine = new Engine(EngineSettings.defaults())) {
            assertThat(engine.finish()).isEmpty();
        }
    }

    @Test
    void tablesComeBeforeTheFirstRecord() {
        try (var engine = new Engine(EngineSettings.defaults())) {
            engine.deliver(record(), MORNING.toEpochMilli());

            assertThatThrownBy(() -> engine.knows("example.com"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before the first record");
        }
    }

    @Test
    void anUnknownSettingIsRefused() {
        var settings = EngineSettings.defaults().with(Map.of("clicktrail.enricher.lerning", "0s"));

        assertThatThrownBy(() -> new Engine(settings)).isInstanceOf(BindException.class);
    }

    private static byte[] record() {
        return String.format(DNS_LOOKUP, MORNING.getEpochSecond()).getBytes(StandardCharsets.UTF_8);
    }
}
