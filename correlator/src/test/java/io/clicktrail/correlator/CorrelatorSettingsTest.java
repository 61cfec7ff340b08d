package io.clicktrail.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CorrelatorSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new CorrelatorSettings(Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    @Test
    void readsEverySetting() {
        assertThat(bind(Map.of("clicktrail.correlator.quiet-after", "30s", "clicktrail.correlator.settling", "3s")))
                .isEqualTo(new CorrelatorSettings(Duration.ofSeconds(30), Duration.ofSeconds(3)));
    }

    @Test
    void saysWhichSettingBreaksWhichRule() {
        assertThatThrownBy(() -> bind(Map.of("clicktrail.correlator.quiet-after", "0s")))
                .rootCause()
                .hasMessage("clicktrail.correlator.quiet-after is 'PT0S' but must be 1 second to 1 hour");
        assertThatThrownBy(() -> bind(Map.of("clicktrail.correlator.settling", "2h")))
                .rootCause()
                .hasMessage("clicktrail.correlator.settling is 'PT2H' but must be 100 milliseconds to 1 hour");
    }

    private static CorrelatorSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("clicktrail.correlator", CorrelatorSettings.class);
    }
}
