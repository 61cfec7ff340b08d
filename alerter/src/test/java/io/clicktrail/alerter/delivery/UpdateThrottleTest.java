package io.clicktrail.alerter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.delivery.UpdateThrottle.Decision;
import io.clicktrail.state.Dispatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpdateThrottleTest {

    private static final long NOW = 1_772_500_000_000L;
    private static final Alert CREATE = Stories.alert(Stories.downloaded());
    private static final Dispatch NEW = Dispatch.newBuilder().build();
    private static final Dispatch OPEN = UpdateThrottle.afterSend(CREATE, NEW, NOW);

    private final UpdateThrottle throttle = new UpdateThrottle(Duration.ofSeconds(60), 3);

    @Test
    void aNewCaseIsCreatedWhateverRevisionComesFirst() {
        assertThat(throttle.decide(CREATE, NEW, NOW)).isEqualTo(Decision.CREATE);
        assertThat(throttle.decide(update(), NEW, NOW)).isEqualTo(Decision.CREATE);
    }

    @Test
    void aCloseOfACaseThatWasNeverSentIsOnlyRecorded() {
        assertThat(throttle.decide(close(), NEW, NOW)).isEqualTo(Decision.RECORD_ONLY);
    }

    @Test
    void anUpdateWaitsForTheIntervalAndAWorseOneDoesNot() {
        Alert worse = Alert.newBuilder(update()).setSeverity(Severity.HIGH).build();
        Alert escalated = Alert.newBuilder(update())
                .setChangeReason(ChangeReason.ESCALATED)
                .build();

        assertThat(throttle.decide(update(), OPEN, NOW + 59_999)).isEqualTo(Decision.DEFER);
        assertThat(throttle.decide(update(), OPEN, NOW + 60_000)).isEqualTo(Decision.SEND);
        assertThat(throttle.decide(worse, OPEN, NOW)).isEqualTo(Decision.SEND);
        assertThat(throttle.decide(escalated, OPEN, NOW)).isEqualTo(Decision.SEND);
        assertThat(throttle.decide(close(), OPEN, NOW)).isEqualTo(Decision.SEND);
    }

    @Test
    void afterManyUpdatesOnlyUrgentOnesAreSent() {
        Dispatch many = Dispatch.newBuilder(OPEN).setSent(4).build();

        assertThat(throttle.decide(update(), many, NOW + 100_000)).isEqualTo(Decision.RECORD_ONLY);
        assertThat(throttle.decide(close(), many, NOW)).isEqualTo(Decision.SEND);
    }

    @Test
    void closedAndSuppressedCasesAreOnlyRecorded() {
        Alert suppressed =
                Alert.newBuilder(CREATE).setState(CaseState.SUPPRESSED).build();

        assertThat(throttle.decide(close(), UpdateThrottle.afterSend(close(), OPEN, NOW), NOW))
                .isEqualTo(Decision.RECORD_ONLY);
        assertThat(throttle.decide(suppressed, NEW, NOW)).isEqualTo(Decision.RECORD_ONLY);
    }

    @Test
    void whatStormProtectionHeldBackOpensWhenItTurnsHigh() {
        Dispatch held = Dispatch.newBuilder().setHeldBack(true).build();

        assertThat(throttle.decide(update(), held, NOW)).isEqualTo(Decision.RECORD_ONLY);
        assertThat(throttle.decide(
                        Alert.newBuilder(update()).setSeverity(Severity.HIGH).build(), held, NOW))
                .isEqualTo(Decision.CREATE);
    }

    private static Alert update() {
        return Alert.newBuilder(CREATE)
                .setLifecycle(Lifecycle.UPDATE)
                .setChangeReason(ChangeReason.MORE_EVIDENCE)
                .build();
    }

    private static Alert close() {
        return Alert.newBuilder(CREATE).setLifecycle(Lifecycle.CLOSE).build();
    }
}
