package io.clicktrail.normalizer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendCanariesTest {

    @Test
    void runsOnceItIsStartedAndUntilItIsStopped() {
        var canaries = new SendCanaries(Map.of(), "clicktrail.raw.logs", Duration.ofHours(1));

        assertThat(canaries.isAutoStartup()).isTrue();
        assertThat(canaries.isRunning()).as("else it would never be started").isFalse();
        canaries.start();
        assertThat(canaries.isRunning()).isTrue();
        canaries.stop();
        assertThat(canaries.isRunning()).isFalse();
    }

    @Test
    void isNotStartedWhereNoneAreWanted() {
        assertThat(new SendCanaries(Map.of(), "clicktrail.raw.logs", Duration.ZERO).isAutoStartup())
                .isFalse();
    }
}
