package io.clicktrail.colocated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.colocated.ColocationSettings.Events;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ColocationSettingsTest {

    @Test
    void writesNoEventsByDefault() {
        assertThat(bound(Map.of())).isEqualTo(new ColocationSettings(Events.OFF));
    }

    @Test
    void readsEachValue() {
        assertThat(bound(Map.of(ColocationSettings.EVENTS, "relevant")).events())
                .isEqualTo(Events.RELEVANT);
        assertThat(bound(Map.of(ColocationSettings.EVENTS, "all")).events()).isEqualTo(Events.ALL);
    }

    @Test
    void refusesAnotherValue() {
        assertThatThrownBy(() -> bound(Map.of(ColocationSettings.EVENTS, "some")))
                .isInstanceOf(BindException.class);
    }

    @Test
    void bothAreOneServiceWhereTheSettingIsGiven() {
        assertThat(ColocationSettings.isIn(Map.of(ColocationSettings.EVENTS, "off")))
                .isTrue();
        assertThat(ColocationSettings.isIn(Map.of("clicktrail.enricher.learning", "PT0S")))
                .isFalse();
    }

    private static ColocationSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("clicktrail.colocation", ColocationSettings.class);
    }
}
