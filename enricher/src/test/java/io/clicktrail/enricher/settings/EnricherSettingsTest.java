package io.clicktrail.enricher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.enricher.settings.EnricherSettings.EnrichedEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EnricherSettingsTest {

    @Test
    void learnsForTwoWeeksByDefault() {
        assertThat(bound(Map.of()))
                .isEqualTo(new EnricherSettings(
                        Duration.ofDays(14),
                        1_000,
                        50_000,
                        Duration.ofSeconds(5),
                        100_000,
                        Duration.ofHours(26),
                        1_000_000,
                        2_000_000,
                        Map.of(),
                        EnrichedEvents.OFF,
                        null));
    }

    @Test
    void readsEveryKey() {
        assertThat(bound(Map.ofEntries(
                        Map.entry("clicktrail.enricher.learning", "PT0S"),
                        Map.entry("clicktrail.enricher.new-names-per-suffix", "7"),
                        Map.entry("clicktrail.enricher.waiting-evidence", "10"),
                        Map.entry("clicktrail.enricher.lease-settling", "5s"),
                        Map.entry("clicktrail.enricher.recent-evidence", "11"),
                        Map.entry("clicktrail.enricher.recent-for", "1h"),
                        Map.entry("clicktrail.enricher.intel-capacity", "12"),
                        Map.entry("clicktrail.enricher.domain-history-capacity", "13"),
                        Map.entry("clicktrail.enricher.shared-addresses.nat", "203.0.113.0/24,198.51.100.7"),
                        Map.entry("clicktrail.enricher.enriched-events", "ecs"),
                        Map.entry("clicktrail.enricher.lists", "/data/lists"))))
                .isEqualTo(new EnricherSettings(
                        Duration.ZERO,
                        7,
                        10,
                        Duration.ofSeconds(5),
                        11,
                        Duration.ofHours(1),
                        12,
                        13,
                        Map.of("nat", List.of("203.0.113.0/24", "198.51.100.7")),
                        EnrichedEvents.ECS,
                        Path.of("/data/lists")));
    }

    @ParameterizedTest
    @CsvSource({
        "learning,-PT1S",
        "learning,P366D",
        "waiting-evidence,0",
        "lease-settling,2h",
        "recent-evidence,0",
        "recent-for,P31D",
        "intel-capacity,0",
        "domain-history-capacity,0",
        "new-names-per-suffix,0",
        "shared-addresses.nat,10.0.0.0/99",
        "shared-addresses.cloud,10.0.0.1"
    })
    void namesKeyValueAndRuleOfWhatIsWrong(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("clicktrail.enricher." + key, value)))
                .rootCause()
                .hasMessageContaining("clicktrail.enricher." + key)
                .hasMessageContaining("must be");
    }

    private static EnricherSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("clicktrail.enricher", EnricherSettings.class);
    }
}
