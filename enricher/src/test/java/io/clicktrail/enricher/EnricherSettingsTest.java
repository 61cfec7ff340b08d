package io.clicktrail.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EnricherSettingsTest {

    @Test
    void learnsForTwoWeeksByDefault() {
        assertThat(bound(Map.of())).isEqualTo(new EnricherSettings(Duration.ofDays(14), 50_000, null));
    }

    @Test
    void readsEveryKey() {
        assertThat(bound(Map.of(
                        "clicktrail.enricher.learning", "PT0S",
                        "clicktrail.enricher.waiting-evidence", "10",
                        "clicktrail.enricher.public-suffix-list", "/data/psl.dat")))
                .isEqualTo(new EnricherSettings(Duration.ZERO, 10, Path.of("/data/psl.dat")));
    }

    @ParameterizedTest
    @CsvSource({"learning,-PT1S", "learning,P366D", "waiting-evidence,0"})
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
