package io.clicktrail.console.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.feedback.FeedbackJson;
import io.clicktrail.alerter.feedback.FeedbackOutcome;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedbackWriterTest {

    @Test
    void theAlerterReadsWhatThePageWrites() {
        Feedback verdict = Feedback.newBuilder()
                .setAlertId("0b6f3c1e-0000-5000-8000-000000000001")
                .setKind(FeedbackKind.VERDICT)
                .setVerdict(Verdict.FALSE_POSITIVE)
                .setDestination("console")
                .setAt(Instant.parse("2026-03-03T10:00:00.123Z"))
                .setActor("bob")
                .setNote("our own \"scanner\", {see} ticket")
                .build();
        Feedback result = Feedback.newBuilder()
                .setAlertId(verdict.getAlertId())
                .setKind(FeedbackKind.ACTION_RESULT)
                .setDestination("console")
                .setAt(verdict.getAt())
                .setActor("bob")
                .setActionId("a-1")
                .setStatus(200)
                .build();

        for (Feedback said : new Feedback[] {verdict, result}) {
            assertThat(FeedbackJson.read(FeedbackWriter.json(said))).isEqualTo(new FeedbackOutcome.Parsed(said));
        }
    }
}
