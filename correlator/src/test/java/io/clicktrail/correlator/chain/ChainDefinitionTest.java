package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.Tunings;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChainDefinitionTest {

    @Test
    void compilesATuning() {
        var tuning = tuning().setPlatform(Platform.LINUX).setDomainRiskScore(70).build();

        assertThat(ChainDefinition.of(tuning))
                .isEqualTo(new ChainDefinition(
                        Platform.LINUX,
                        "AN0179",
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(60),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        70));
    }

    @Test
    void asksForAStrongScoreWhereTheEgressCountsFromALowOne() {
        var definition = ChainDefinition.of(tuning().setDomainRiskScore(30).build());

        assertThat(definition.strongScore()).isEqualTo(50);
    }

    @Test
    void hasMitresWindowsBuiltIn() {
        assertThat(ChainDefinition.builtIn(Platform.WINDOWS).window()).isEqualTo(Duration.ofMinutes(15));
        assertThat(ChainDefinition.builtIn(Platform.LINUX).window()).isEqualTo(Duration.ofMinutes(20));
        assertThat(ChainDefinition.builtIn(Platform.MACOS).window()).isEqualTo(Duration.ofMinutes(30));
        assertThat(ChainDefinition.builtIn(Platform.MACOS).analyticId()).isEqualTo("AN0180");
        assertThat(ChainDefinition.builtIn(Platform.UNKNOWN).analyticId()).isEqualTo("AN0178");
    }

    private static Tuning.Builder tuning() {
        return Tunings.windows("1").setSkewMs(120_000);
    }
}
