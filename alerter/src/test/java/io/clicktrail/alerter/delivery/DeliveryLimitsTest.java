package io.clicktrail.alerter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.Stories;
import io.clicktrail.state.Bucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryLimitsTest {

    private static final long START = 1_772_500_000_000L;
    private static final Alert LOW = Stories.alert(Stories.downloaded());
    private static final Alert HIGH = Stories.alert(Stories.executed());

    private final Map<String, Bucket> buckets = new HashMap<>();

    @Test
    void letsThroughWhatAnHourAllowsAndNamesTheLimit() {
        var limits = new DeliveryLimits(3, 10, 100, 10);

        assertThat(admitted(limits, LOW, START, 5)).isEqualTo(3);
        assertThat(limits.admit(LOW, buckets::get, START)).isEqualTo(new DeliveryLimits.Decision.HeldBack("device"));
    }

    @Test
    void aHeldBackCaseCostsNoTokens() {
        var limits = new DeliveryLimits(1, 2, 100, 10);
        admitted(limits, LOW, START, 50);

        assertThat(admitted(limits, onHost("other"), START, 5)).isEqualTo(1);
    }

    @Test
    void refillsWithTheTimeOfDeliveryAndNeverRunsBack() {
        var limits = new DeliveryLimits(60, 60, 60, 10);
        assertThat(admitted(limits, LOW, START, 100)).isEqualTo(60);

        assertThat(admitted(limits, LOW, START - 1_000_000, 5)).isZero();
        assertThat(admitted(limits, LOW, START + Duration.ofMinutes(5).toMillis(), 100))
                .isEqualTo(5);
        assertThat(admitted(limits, LOW, START + Duration.ofDays(5).toMillis(), 100))
                .isEqualTo(60);
    }

    @Test
    void aTimeInTheFutureDoesNotFreezeTheLimits() {
        var limits = new DeliveryLimits(2, 2, 2, 10);
        admitted(limits, LOW, START + Duration.ofDays(365).toMillis(), 50);

        assertThat(admitted(limits, LOW, START, 50)).isEqualTo(2);
    }

    @Test
    void highCasesHaveALaneOfTheirOwn() {
        var limits = new DeliveryLimits(2, 2, 2, 10);
        admitted(limits, LOW, START, 50);

        assertThat(admitted(limits, HIGH, START, 50)).isEqualTo(20);
    }

    private int admitted(DeliveryLimits limits, Alert alert, long now, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            if (limits.admit(alert, buckets::get, now) instanceof DeliveryLimits.Decision.Admitted answer) {
                buckets.putAll(answer.buckets());
                admitted++;
            }
        }
        return admitted;
    }

    private static Alert onHost(String host) {
        return Stories.alert(io.clicktrail.detection.Detection.newBuilder(Stories.downloaded())
                .setHost(host)
                .build());
    }
}
