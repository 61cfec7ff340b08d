package io.clicktrail.correlator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.testing.Tunings;
import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

    private final Definitions definitions = new Definitions();

    @Test
    void putsAValidTuningInForceAndTheBuiltInOneBackOnReset() {
        assertThat(definitions.offer(tuning().setTimeWindowMs(60_000).build())).isEmpty();
        assertThat(inForce().window()).isEqualTo(Duration.ofMinutes(1));

        definitions.reset(Platform.WINDOWS);

        assertThat(inForce()).isEqualTo(ChainDefinition.builtIn(Platform.WINDOWS));
    }

    @Test
    void refusesWhatCannotBeNamesKeyRangeAndValueAndKeepsTheOldOne() {
        assertThat(definitions.offer(tuning().setTimeWindowMs(0).build()))
                .containsExactly("TimeWindow: must be from PT0.001S to PT24H but is PT0S");
        assertThat(definitions.offer(tuning().setFollowOnMs(-1).build()))
                .containsExactly("FollowOnWindow: must be from PT0.001S to PT24H but is PT-0.001S");
        assertThat(definitions.offer(tuning().setSkewMs(-1).build()))
                .containsExactly("ClockSkew: must be from PT0S to PT24H but is PT-0.001S");
        assertThat(definitions.offer(tuning().setGraceMs(Long.MAX_VALUE).build()))
                .containsExactly("Grace: must be from PT0S to PT24H but is PT2562047788015H12M55.807S");
        assertThat(definitions.offer(tuning().setDomainRiskScore(0).build()))
                .containsExactly("DomainRiskScore: must be from 1 to 100 but is 0");
        assertThat(inForce()).isEqualTo(ChainDefinition.builtIn(Platform.WINDOWS));
    }

    private ChainDefinition inForce() {
        return definitions.of(Platform.WINDOWS, Platform.WINDOWS);
    }

    private static Tuning.Builder tuning() {
        return Tunings.windows("1");
    }
}
