package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.normalizer.raw.InputLimits;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class NormalizerSettingsTest {

    @Test
    void hasDefaults() {
        NormalizerSettings settings = bind(Map.of());

        assertThat(settings)
                .isEqualTo(new NormalizerSettings(
                        ZoneId.of("UTC"),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(15),
                        64,
                        32_767,
                        10_000));
        assertThat(settings.limits()).isEqualTo(InputLimits.DEFAULT);
    }

    @Test
    void takesEveryKey() {
        NormalizerSettings settings = bind(Map.of(
                "clicktrail.normalizer.zone", "Europe/Vienna",
                "clicktrail.normalizer.zones.[clicktrail.raw.logs]", "America/Lima",
                "clicktrail.normalizer.columns.[clicktrail.raw.proxy]", "#Fields: date time c-ip",
                "clicktrail.normalizer.mappings", "/etc/clicktrail/acme.yaml",
                "clicktrail.normalizer.max-value", "2MB",
                "clicktrail.normalizer.max-rejected", "1MB",
                "clicktrail.normalizer.max-depth", "32",
                "clicktrail.normalizer.max-field", "1024",
                "clicktrail.normalizer.max-documents", "50"));

        assertThat(settings)
                .isEqualTo(new NormalizerSettings(
                        ZoneId.of("Europe/Vienna"),
                        Map.of("clicktrail.raw.logs", ZoneId.of("America/Lima")),
                        Map.of("clicktrail.raw.proxy", "#Fields: date time c-ip"),
                        List.of(Path.of("/etc/clicktrail/acme.yaml")),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(1),
                        32,
                        1024,
                        50));
        assertThat(settings.clocks().of("clicktrail.raw.logs")).isEqualTo(ZoneId.of("America/Lima"));
        assertThat(settings.rows().of("clicktrail.raw.proxy")).isEqualTo("#Fields: date time c-ip");
        assertThat(settings.rows().of("another")).isNull();
        assertThat(settings.clocks().of("another")).isEqualTo(ZoneId.of("Europe/Vienna"));
        assertThat(settings.limits()).isEqualTo(new InputLimits(2 << 20, 32, 1024, 256, 50, 100, 4));
    }

    @Test
    void saysWhichKeyIsWrongAndWhatHolds() {
        assertThatThrownBy(() -> bind(Map.of("clicktrail.normalizer.max-depth", "9999")))
                .rootCause()
                .hasMessage("clicktrail.normalizer.max-depth is '9999' but must be 8 to 512");
        assertThatThrownBy(() -> bind(Map.of("clicktrail.normalizer.max-value", "1GB")))
                .rootCause()
                .hasMessageContaining("clicktrail.normalizer.max-value");
    }

    @Test
    void refusesColumnsThatAreNoHeader() {
        NormalizerSettings settings = bind(Map.of("clicktrail.normalizer.columns.[clicktrail.raw.logs]", "ts uid"));

        assertThatThrownBy(settings::rows)
                .hasMessage("clicktrail.normalizer.columns.[clicktrail.raw.logs] is 'ts uid' but must be"
                        + " '#path LOG #fields ..' or '#Fields: ..'");
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        new ApplicationContextRunner()
                .withUserConfiguration(Bound.class)
                .withPropertyValues("clicktrail.normalizer.max-vlaue=1MB")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("max-vlaue"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(NormalizerSettings.class)
    static class Bound {}

    private static NormalizerSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("clicktrail.normalizer", NormalizerSettings.class);
    }
}
