package io.clicktrail.alerter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.Stories;
import io.clicktrail.alerter.delivery.UpdatePace.Step;
import io.clicktrail.state.Dispatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpdatePaceTest {

    private static final long NOW = 1_772_500_000_000L;
    private static final Alert CREATE = Stories.alert(Stories.downloaded());
    private static final Dispatch NEW = Dispatch.newBuilder().build();
    private static final Dispatch OPEN = UpdatePace.told(CREATE, NEW, NOW);

    private final UpdatePace pace = new UpdatePace(Duration.ofSeconds(60), 3);

    @Test
    void aNewCaseOpensWhateverRevisionComesFirst() {
        assertThat(pace.step(CREATE, NEW, NOW)).isEqualTo(Step.OPEN);
        assertThat(pace.step(update(), NEW, NOW)).isEqualTo(Step.OPEN);
    }

    @Test
    void aCloseOfWhatWasNeverOpenedStaysOnTheRecord() {
        assertThat(pace.step(close(), NEW, NOW)).isEqualTo(Step.RECORD);
    }

    @Test
    void anUpdateWaitsForThePaceAndAWorseOneDoesNot() {
        Alert worse = Alert.newBuilder(update()).setSeverity(Severity.HIGH).build();
        Alert escalated = Alert.newBuilder(update())
                .setChangeReason(ChangeReason.ESCALATED)
                .build();

        assertThat(pace.step(update(), OPEN, NOW + 59_999)).isEqualTo(Step.HOLD);
        assertThat(pace.step(update(), OPEN, NOW + 60_000)).isEqualTo(Step.TELL);
        assertThat(pace.step(worse, OPEN, NOW)).isEqualTo(Step.TELL);
        assertThat(pace.step(escalated, OPEN, NOW)).isEqualTo(Step.TELL);
        assertThat(pace.step(close(), OPEN, NOW)).isEqualTo(Step.TELL);
    }

    @Test
    void afterManyUpdatesOnlyWhatWeighsIsTold() {
        Dispatch many = Dispatch.newBuilder(OPEN).setSent(4).build();

        assertThat(pace.step(update(), many, NOW + 100_000)).isEqualTo(Step.RECORD);
        assertThat(pace.step(close(), many, NOW)).isEqualTo(Step.TELL);
    }

    @Test
    void whatIsClosedOrSuppressedStaysOnTheRecord() {
        Alert suppressed =
                Alert.newBuilder(CREATE).setState(CaseState.SUPPRESSED).build();

        assertThat(pace.step(close(), UpdatePace.told(close(), OPEN, NOW), NOW)).isEqualTo(Step.RECORD);
        assertThat(pace.step(suppressed, NEW, NOW)).isEqualTo(Step.RECORD);
    }

    @Test
    void whatStormProtectionHeldBackOpensWhenItTurnsHigh() {
        Dispatch held = Dispatch.newBuilder().setHeldBack(true).build();

        assertThat(pace.step(update(), held, NOW)).isEqualTo(Step.RECORD);
        assertThat(pace.step(
                        Alert.newBuilder(update()).setSeverity(Severity.HIGH).build(), held, NOW))
                .isEqualTo(Step.OPEN);
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
