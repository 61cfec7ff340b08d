package io.clicktrail.console.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.console.pipeline.PipelineState.Health;
import io.clicktrail.console.pipeline.PipelineState.ServiceLag;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineStateTest {

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");

    @Test
    void itIsHealthyWhereEveryServiceHasReadEverything() {
        var lags = List.of(new ServiceLag("normalizer", 4, 4), new ServiceLag("alerter", 12, 0));

        assertThat(PipelineState.of(NOW, List.of(), lags, null, List.of()).health())
                .isEqualTo(Health.HEALTHY);
    }

    @Test
    void itIsNeverHealthyWhileAServiceIsBehind() {
        var lags = List.of(new ServiceLag("normalizer", 1, 700), new ServiceLag("alerter", 12, 0));

        PipelineState state = PipelineState.of(NOW, List.of(), lags, NOW.minusSeconds(90), List.of());

        assertThat(lags.getFirst().isBehind()).isTrue();
        assertThat(state.health()).isEqualTo(Health.BEHIND);
        assertThat(state.text()).contains("700 records", "90 s");
    }

    @Test
    void itIsNotHealthyWhereAServiceHasNeverRunOrNothingIsKnown() {
        var lags = List.of(new ServiceLag("normalizer", 0, 0));

        assertThat(PipelineState.of(NOW, List.of(), lags, null, List.of()).health())
                .isEqualTo(Health.UNKNOWN);
        assertThat(PipelineState.unknown(NOW, "TimeoutException").health()).isEqualTo(Health.UNKNOWN);
    }
}
