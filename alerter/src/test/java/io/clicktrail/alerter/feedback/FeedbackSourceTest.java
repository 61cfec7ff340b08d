package io.clicktrail.alerter.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.feedback.FeedbackOutcome.Parsed;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Reason;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Refused;
import io.clicktrail.feedback.FeedbackKind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedbackSourceTest {

    private static final FeedbackSource XSOAR =
            new FeedbackSource("xsoar", Set.of(FeedbackKind.ACKNOWLEDGE, FeedbackKind.CASE), Set.of());
    private static final FeedbackSource SHARED =
            new FeedbackSource(null, EnumSet.allOf(FeedbackKind.class), Set.of("xsoar"));

    @Test
    void theTopicShowsWhoseFeedbackItIs() {
        assertThat(destination(XSOAR.read(said("acknowledge", null)))).isEqualTo("xsoar");
        assertThat(destination(XSOAR.read(said("acknowledge", "xsoar")))).isEqualTo("xsoar");
        assertThat(destination(SHARED.read(said("acknowledge", "thehive")))).isEqualTo("thehive");
    }

    @Test
    void nobodySpeaksForADestinationWithATopicOfItsOwn() {
        assertThat(SHARED.read(said("acknowledge", "xsoar"))).isEqualTo(new Refused(Reason.OTHER_DESTINATION));
        assertThat(XSOAR.read(said("acknowledge", "thehive"))).isEqualTo(new Refused(Reason.OTHER_DESTINATION));
    }

    @Test
    void aDestinationSaysOnlyWhatItMay() {
        assertThat(XSOAR.read(said("verdict\",\"verdict\":\"false_positive", null)))
                .isEqualTo(new Refused(Reason.KIND_NOT_ALLOWED));
    }

    private static String destination(FeedbackOutcome outcome) {
        return ((Parsed) outcome).feedback().getDestination();
    }

    private static String said(String kind, @Nullable String destination) {
        return "{\"alert_id\":\"0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11\",\"kind\":\"" + kind
                + "\",\"at\":\"2026-03-03T10:00:00Z\""
                + (destination == null ? "" : ",\"destination\":\"" + destination + "\"") + "}";
    }
}
