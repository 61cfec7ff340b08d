package io.clicktrail.normalizer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.heartbeat.CanarySignature;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendCanariesTest {

    private static final CanarySignature SIGNATURE = new CanarySignature("s".repeat(32));

    @Test
    void runsOnceItIsStartedAndUntilItIsStopped() {
        var canaries = new SendCanaries(Map.of(), "clicktrail.raw.logs", Duration.ofHours(1), SIGNATURE);

        assertThat(canaries.isAutoStartup()).isTrue();
        assertThat(canaries.isRunning()).as("else it would never be started").isFalse();
        canaries.start();
        assertThat(canaries.isRunning()).isTrue();
        canaries.stop();
        assertThat(canaries.isRunning()).isFalse();
    }

    @Test
    void isNotStartedWithoutASignature() {
        assertThat(new SendCanaries(Map.of(), "clicktrail.raw.logs", Duration.ofHours(1), null).isAutoStartup())
                .isFalse();
    }

    @Test
    void isNotStartedWhereNoneAreWanted() {
        assertThat(new SendCanaries(Map.of(), "clicktrail.raw.logs", Duration.ZERO, SIGNATURE).isAutoStartup())
                .isFalse();
    }
}
