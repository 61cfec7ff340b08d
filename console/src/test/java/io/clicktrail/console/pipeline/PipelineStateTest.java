package io.clicktrail.console.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.console.pipeline.PipelineState.Health;
import io.clicktrail.console.pipeline.PipelineState.ServiceLag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineStateTest {

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");

    @Test
    void itIsHealthyWhereEveryServiceRunsAndHasReadEverything() {
        var lags = List.of(running("normalizer", 4, 0, null), running("alerter", 12, 0, null));

        assertThat(state(lags).health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void itIsHealthyWhileOnlyTheLastMomentIsUnread() {
        var lags = List.of(running("normalizer", 1, 700, NOW.minusSeconds(2)));

        assertThat(state(lags).health()).isEqualTo(Health.HEALTHY);
        assertThat(state(lags).text()).contains("until 10 s ago");
    }

    @Test
    void itIsNeverHealthyWhileAServiceIsBehind() {
        for (Instant oldest : new Instant[] {NOW.minusSeconds(90), null}) {
            var lags = List.of(running("normalizer", 1, 700, oldest), running("alerter", 12, 0, null));

            assertThat(state(lags).health()).isEqualTo(Health.BEHIND);
            assertThat(state(lags).text())
                    .contains("normalizer has not read 700 records")
                    .doesNotContain("alerter");
        }
        assertThat(state(List.of(running("normalizer", 1, 700, NOW.minusSeconds(90))))
                        .text())
                .contains("the oldest delivered 90 s ago");
    }

    @Test
    void itIsNeverHealthyWhereAServiceDoesNotRunThoughNothingIsLeftToRead() {
        var lags = List.of(running("normalizer", 4, 0, null), new ServiceLag("alerter", 12, 0, false, false, null));

        assertThat(state(lags).health()).isEqualTo(Health.STOPPED);
        assertThat(state(lags).text()).startsWith("alerter does not run");
    }

    @Test
    void itIsNotHealthyWhereAServiceHasNeverRunOrNothingIsKnown() {
        assertThat(state(List.of(new ServiceLag("normalizer", 0, 0, false, false, null)))
                        .health())
                .isEqualTo(Health.UNKNOWN);
        assertThat(PipelineState.unknown(NOW, "TimeoutException").health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void itIsNotHealthyWhereWhatIsLeftIsARecordOrTheEndOfATransaction() {
        var lags = List.of(running("normalizer", 4, 1, NOW.minusSeconds(90)), running("alerter", 12, 0, null));

        assertThat(state(lags).health()).isEqualTo(Health.UNKNOWN);
        assertThat(state(lags).text())
                .contains("normalizer has not read 1 offsets, which are records or the ends of transactions")
                .contains("90 s ago");
        assertThat(state(List.of(running("normalizer", 4, 1, NOW.minusSeconds(2))))
                        .health())
                .isEqualTo(Health.HEALTHY);
    }

    private static ServiceLag running(String service, int partitions, long offsets, @Nullable Instant oldest) {
        return new ServiceLag(service, partitions, offsets, offsets > ServiceLag.MARKERS, true, oldest);
    }

    private static PipelineState state(List<ServiceLag> lags) {
        return PipelineState.of(NOW, List.of(), lags, Duration.ofSeconds(10), List.of());
    }
}
