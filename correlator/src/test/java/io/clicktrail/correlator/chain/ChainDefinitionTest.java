package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.chain.ChainDefinition.Compiled;
import io.clicktrail.correlator.chain.ChainDefinition.Refused;
import io.clicktrail.correlator.testing.Tunings;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChainDefinitionTest {

    @Test
    void compilesATuning() {
        var tuning = tuning().setPlatform(Platform.LINUX).setDomainRiskScore(70).build();

        assertThat(ChainDefinition.compile(tuning))
                .isEqualTo(new Compiled(new ChainDefinition(
                        Platform.LINUX,
                        "AN0179",
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(60),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        70)));
    }

    @Test
    void asksForAStrongScoreWhereTheEgressCountsFromALowOne() {
        var compiled = (Compiled)
                ChainDefinition.compile(tuning().setDomainRiskScore(30).build());

        assertThat(compiled.definition().strongScore()).isEqualTo(50);
    }

    @Test
    void refusesWhatCannotBeAndSaysWhy() {
        assertThat(ChainDefinition.compile(tuning().setTimeWindowMs(0).build()))
                .isEqualTo(new Refused("time_window_ms is 0 but must be above 0 and at most 24 hours"));
        assertThat(ChainDefinition.compile(tuning().setFollowOnMs(-1).build()))
                .isEqualTo(new Refused("follow_on_ms is -1 but must be above 0 and at most 24 hours"));
        assertThat(ChainDefinition.compile(tuning().setSkewMs(-1).build()))
                .isEqualTo(new Refused("skew_ms is -1 but must be 0 to 24 hours"));
        assertThat(ChainDefinition.compile(tuning().setGraceMs(Long.MAX_VALUE).build()))
                .isEqualTo(new Refused("grace_ms is 9223372036854775807 but must be 0 to 24 hours"));
        assertThat(ChainDefinition.compile(tuning().setDomainRiskScore(0).build()))
                .isEqualTo(new Refused("domain_risk_score is 0 but must be 1 to 100"));
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
