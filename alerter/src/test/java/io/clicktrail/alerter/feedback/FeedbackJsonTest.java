package io.clicktrail.alerter.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alerter.feedback.FeedbackOutcome.Parsed;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Reason;
import io.clicktrail.alerter.feedback.FeedbackOutcome.Refused;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.feedback.FeedbackKind;
import io.clicktrail.feedback.Verdict;
import io.clicktrail.schemas.StateSerdes;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackJsonTest {

    private static final String CASE = "{\"alert_id\":\"0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11\",";
    private static final String AT = ",\"at\":\"2026-03-03T10:00:00Z\"}";

    private static final String ID = "0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11";

    private static final List<String> TIMES = List.of(
            "2026-03-03T10:00:00Z",
            "+999999999-12-31T23:59:59.999999999-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "+294248-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999999Z");
    private static final List<String> NUMBERS = List.of(
            "200", "200", "200", "-10", "99", "2147483648", "1e9", "1e999999999", "0.5", "\"1\"", "true", "null");

    @Test
    void readsAVerdictAsSoarsWriteIt() {
        assertThat(FeedbackJson.read("{\"alert_id\":\"" + ID.toUpperCase(java.util.Locale.ROOT)
                        + "\",\"kind\":\"verdict\",\"verdict\":\"False Positive\",\"destination\":\"xsoar\","
                        + "\"at\":\"2026-03-03T11:00:00+01:00\",\"actor\":\"bob\",\"extra\":{\"a\":[1,{}]}}"))
                .isEqualTo(new Parsed(Feedback.newBuilder()
                        .setAlertId(ID)
                        .setKind(FeedbackKind.VERDICT)
                        .setVerdict(Verdict.FALSE_POSITIVE)
                        .setDestination("xsoar")
                        .setAt(Instant.parse("2026-03-03T10:00:00Z"))
                        .setActor("bob")
                        .build()));
    }

    @Test
    void hiddenTextIsSpelledOut() {
        var reading = (Parsed) FeedbackJson.read("{\"alert_id\":\"" + ID
                + "\",\"kind\":\"acknowledge\",\"at\":\"2026-03-03T10:00:00Z\",\"note\":\"a\\u202Eb\"}");

        assertThat(reading.feedback().getNote()).isEqualTo("a{U+202E}b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | NOT_JSON",
                "[] | NOT_JSON",
                "{} trailing | NOT_JSON",
                "{} | NO_ALERT_ID",
                "{\"alert_id\":\"1\"} | NO_ALERT_ID",
                "{\"alert_id\":\"0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11\"} | UNKNOWN_KIND",
                "{\"alert_id\":\"0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11\",\"kind\":\"run\"} | UNKNOWN_KIND",
                "{\"alert_id\":\"0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11\",\"kind\":\"case\"} | NO_TIME",
                CASE + "\"kind\":\"case\",\"at\":\"+999999999-01-01T00:00:00Z\"} | NO_TIME",
                CASE + "\"kind\":\"case\"" + AT + " | INCOMPLETE",
                CASE + "\"kind\":\"verdict\",\"verdict\":\"x\"" + AT + " | INCOMPLETE",
                CASE + "\"kind\":\"action_result\",\"action_id\":\"a\",\"status\":\"ok\"" + AT + " | INCOMPLETE"
            })
    void whatCannotBeReadHasAReason(String json, Reason reason) {
        assertThat(FeedbackJson.read(json)).isEqualTo(new Refused(reason));
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() {
        assertThat(FeedbackJson.read("{\"a\":\"" + "x".repeat(70_000) + "\"}")).isEqualTo(new Refused(Reason.NOT_JSON));
        assertThat(FeedbackJson.read("{\"a\":" + "[".repeat(30_000))).isEqualTo(new Refused(Reason.NOT_JSON));
        assertThat(FeedbackJson.read(null)).isEqualTo(new Refused(Reason.NOT_JSON));
    }

    /** Whoever may write to the topic may write anything, and what is read has to fit into state and case. */
    @Test
    void anyTextGivesAnOutcomeThatCanBeKept() {
        var random = new SplittableRandom(20_261_130L);
        var serde = new StateSerdes().of(Feedback.class);
        int parsed = 0;
        for (int number = 0; number < 20_000; number++) {
            if (FeedbackJson.read(mutated(random)) instanceof Parsed read) {
                Feedback feedback = read.feedback();
                parsed++;
                assertThat(serde.deserializer()
                                .deserialize("t", serde.serializer().serialize("t", feedback)))
                        .isEqualTo(feedback);
            }
        }
        assertThat(parsed).isGreaterThan(100);
    }

    private static String mutated(SplittableRandom random) {
        var text = new StringBuilder("{\"alert_id\":\"" + ID
                + "\",\"kind\":\"action_result\",\"action_id\":\"a\",\"status\":"
                + NUMBERS.get(random.nextInt(NUMBERS.size())) + ",\"at\":\"" + TIMES.get(random.nextInt(TIMES.size()))
                + "\",\"note\":\"n\"}");
        for (int change = random.nextInt(4); change > 0 && !text.isEmpty(); change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(Character.MAX_VALUE + 1));
                case 2 -> text.insert(at, "{}[]\"\\,:".charAt(random.nextInt(8)));
                default -> text.setLength(at + 1);
            }
        }
        return text.toString();
    }
}
