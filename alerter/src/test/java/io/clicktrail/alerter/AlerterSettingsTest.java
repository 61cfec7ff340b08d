package io.clicktrail.alerter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.alert.Tlp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlerterSettingsTest {

    @Test
    void hasDefaultsThatWork() {
        assertThat(bound(Map.of()))
                .isEqualTo(new AlerterSettings(
                        "default", null, "clicktrail", null, Tlp.AMBER, Duration.ofDays(14), Duration.ofDays(7)));
    }

    @Test
    void takesEverySetting() {
        assertThat(bound(Map.of(
                        "clicktrail.alerter.tenant-id", "corp",
                        "clicktrail.alerter.organisation-name", "Example Corp",
                        "clicktrail.alerter.source-id", "soc-1",
                        "clicktrail.alerter.link-template", "https://soc.example/{alert_id}",
                        "clicktrail.alerter.tlp", "red",
                        "clicktrail.alerter.keep", "30d",
                        "clicktrail.alerter.memory", "3d")))
                .isEqualTo(new AlerterSettings(
                        "corp",
                        "Example Corp",
                        "soc-1",
                        "https://soc.example/{alert_id}",
                        Tlp.RED,
                        Duration.ofDays(30),
                        Duration.ofDays(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant-id, a b",
        "source-id, ../x",
        "link-template, https://soc.example/",
        "link-template, javascript:alert({alert_id})",
        "keep, -1d",
        "memory, 1h"
    })
    void refusesWhatIsWrongAndNamesTheKey(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of("clicktrail.alerter." + key, value)))
                .rootCause()
                .hasMessageContaining("clicktrail.alerter." + key)
                .hasMessageContaining("must be");
    }

    private static AlerterSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("clicktrail.alerter", AlerterSettings.class);
    }
}
