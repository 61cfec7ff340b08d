package io.clicktrail.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConsoleSettingsTest {

    @Test
    void theDefaultsAreComplete() {
        assertThat(bound(Map.of()))
                .isEqualTo(new ConsoleSettings(
                        100_000,
                        "roles",
                        "clicktrail-read",
                        "clicktrail-act",
                        "local",
                        false,
                        Duration.ofSeconds(10),
                        Duration.ofDays(1)));
    }

    @Test
    void everySettingCanBeChanged() {
        assertThat(bound(Map.of(
                        "clicktrail.console.max-cases", "500",
                        "clicktrail.console.roles-claim", "groups",
                        "clicktrail.console.read-role", "soc-read",
                        "clicktrail.console.act-role", "soc-act",
                        "clicktrail.console.local-user", "analyst",
                        "clicktrail.console.replayed", "true",
                        "clicktrail.console.behind-after", "1m",
                        "clicktrail.console.silent-after", "2h")))
                .isEqualTo(new ConsoleSettings(
                        500,
                        "groups",
                        "soc-read",
                        "soc-act",
                        "analyst",
                        true,
                        Duration.ofMinutes(1),
                        Duration.ofHours(2)));
    }

    @Test
    void aWrongValueIsRefusedWithItsKey() {
        assertThatThrownBy(() -> bound(Map.of("clicktrail.console.max-cases", "1")))
                .hasRootCauseMessage("clicktrail.console.max-cases is '1' but must be 100 to 1000000");
    }

    private static ConsoleSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("clicktrail.console", ConsoleSettings.class);
    }
}
