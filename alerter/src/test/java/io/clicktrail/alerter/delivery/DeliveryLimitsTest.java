package io.clicktrail.alerter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.Stories;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.LimitBalance;
import io.clicktrail.state.LimitShare;
import io.clicktrail.state.NewCase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryLimitsTest {

    private static final long START = 1_772_500_000_000L;
    private static final Alert LOW = Stories.alert(Stories.downloaded());
    private static final Alert HIGH = Stories.alert(Stories.executed());

    private final Map<String, Bucket> devices = new HashMap<>();
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<String, LimitShare> shares = new HashMap<>();

    @Test
    void letsThroughWhatAnHourAllowsAndNamesTheLimit() {
        var limits = new DeliveryLimits(3, 10, 100, 10);

        assertThat(admitted(limits, LOW, START, 5)).isEqualTo(3);
        assertThat(limits.admit(LOW, devices::get, shares::get, START, START))
                .isEqualTo(new DeliveryLimits.Decision.HeldBack("device"));
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

    @Test
    void sendsATenthAheadOfAnswersAndThenAsks() {
        var limits = new DeliveryLimits(1_000, 200, 1_000, 10);
        int ahead = 0;
        while (limits.admit(LOW, devices::get, shares::get, START, START)
                instanceof DeliveryLimits.Decision.Admitted answer) {
            shares.putAll(answer.shares());
            ahead++;
        }

        assertThat(ahead).isEqualTo(20);
        assertThat(limits.admit(LOW, devices::get, shares::get, START, START))
                .isInstanceOf(DeliveryLimits.Decision.Asked.class);
    }

    /** Offers cases of one partition, each answered at once. */
    private int admitted(DeliveryLimits limits, Alert alert, long now, int times) {
        int admitted = 0;
        for (int time = 0; time < times; time++) {
            switch (limits.admit(alert, devices::get, shares::get, now, now)) {
                case DeliveryLimits.Decision.Admitted answer -> {
                    devices.putAll(answer.buckets());
                    shares.putAll(answer.shares());
                    answered(limits, note(alert, NewCase.SENT, now));
                    admitted++;
                }
                case DeliveryLimits.Decision.Asked answer -> {
                    DeliveryNote note = note(alert, NewCase.WAITING, now);
                    if (limits.holdsBack(note, buckets::get) == null) {
                        devices.putAll(answer.buckets());
                        answered(limits, note);
                        admitted++;
                    }
                }
                case DeliveryLimits.Decision.HeldBack ignored -> {}
            }
        }
        return admitted;
    }

    private void answered(DeliveryLimits limits, DeliveryNote note) {
        for (LimitBalance balance : limits.spend(note, 1, buckets::get)) {
            String key = balance.getLimit();
            buckets.put(key, new Bucket(balance.getTokens(), balance.getAt()));
            shares.put(key, DeliveryLimits.answered(shares.get(key), balance));
        }
    }

    static DeliveryNote note(Alert alert, NewCase what, long now) {
        return new DeliveryNote(
                what,
                0,
                alert.getTenantId(),
                alert.getAnalyticId(),
                DeliveryLimits.isHigh(alert),
                now,
                alert.getAlertId(),
                alert.getDevice().getHostname(),
                alert.getTenantKey(),
                null);
    }

    private static Alert onHost(String host) {
        return Stories.alert(io.clicktrail.detection.Detection.newBuilder(Stories.downloaded())
                .setHost(host)
                .build());
    }
}
