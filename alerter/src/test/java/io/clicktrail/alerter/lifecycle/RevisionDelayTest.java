package io.clicktrail.alerter.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionDelayTest {

    private final RevisionDelay delay = new RevisionDelay(Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "1000, 60"})
    void aFindingWaitsTwiceAsLongWithEveryRevision(int revision, int seconds) {
        assertThat(delay.forFinding(finding(FactKind.CONTACT), revision)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "11, 2", "16, 60"})
    void anAlertOfAnotherProductWaitsOnlyWhereManyCameBefore(int revision, int seconds) {
        assertThat(delay.forFinding(finding(FactKind.ENDPOINT_ALERT), revision)).hasSeconds(seconds);
    }

    @Test
    void aFloodLastsUntilASlotWithoutIt() {
        assertThat(delay.isBurst(9, 9)).isFalse();
        assertThat(delay.isBurst(10, 0)).isTrue();
        assertThat(delay.isBurst(0, 10)).isTrue();
    }

    @Test
    void whileRecordsComeRevisionsTakeLittleOfTheTime() {
        Duration busy = delay.writingTime(true);

        assertThat(busy).isLessThan(delay.writingTime(false));
        assertThat(busy.multipliedBy(10)).isLessThan(RevisionDelay.CHECK_INTERVAL);
    }

    @Test
    void withoutADelayNothingWaits() {
        var none = new RevisionDelay(Duration.ZERO);

        assertThat(none.forFinding(finding(FactKind.CONTACT), 5)).isZero();
        assertThat(none.isBurst(1000, 1000)).isFalse();
    }

    private static Finding finding(FactKind kind) {
        Fact fact = Fact.newBuilder()
                .setKind(kind)
                .setId("1")
                .setTime(Instant.EPOCH)
                .build();
        return new Finding(
                "chain",
                "host:ws",
                Subject.newBuilder(SubjectHistory.EMPTY).setFacts(List.of(fact)).build());
    }
}
