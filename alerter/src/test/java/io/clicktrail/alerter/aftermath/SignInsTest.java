package io.clicktrail.alerter.aftermath;

import static io.clicktrail.alerter.TestCases.alert;
import static io.clicktrail.alerter.TestCases.answer;
import static io.clicktrail.alerter.TestCases.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alerter.Stories;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignInsTest {

    private static final int DAY = 86_400;
    private static final ContextFact USUAL = signIn("s1", -3 * DAY, "AT", "ws-042", null, false);

    @Test
    void aSignInFromANewCountryIsStrangeAndMakesTierTwo() {
        Alert alert = alert(
                Stories.downloaded(),
                USUAL,
                signIn("s2", 1_800, "NG", null, null, false),
                signIn("s3", 3_600, "AT", "ws-042", null, false));

        assertThat(answer(alert, "Q5"))
                .contains("Strange sign-ins in the day after the click: 2026-03-03T09:44:07Z by okta.system from"
                        + " 203.0.113.9 (a new country, NG).");
        assertThat(question(alert, "Q5").getEventIds()).contains("s2").doesNotContain("s1", "s3");
        assertThat(alert.getEscalation().getTier()).isEqualTo(2);
        assertThat(alert.getEscalation().getReasons())
                .contains("a sign-in after the click is unlike the account's others");
        assertThat(alert.getAttack()).extracting(Attack::getTechniqueId).contains("T1078");
        assertThat(alert.getRecommendedActions())
                .extracting(RecommendedAction::getTitle)
                .anyMatch(title -> title.startsWith("Revoke all sessions"));
    }

    @Test
    void theUsualSignInsRaiseNothing() {
        Alert alert = alert(Stories.downloaded(), USUAL, signIn("s2", 1_800, "AT", "ws-042", null, false));

        assertThat(answer(alert, "Q5"))
                .contains("Sign-ins in the day after the click: 1, none from a new country or device or of a risk.");
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
    }

    @Test
    void whoseSignInsAreKnownOnlyFromAfterTheClickHasNoneThatIsNew() {
        Alert alert = alert(Stories.downloaded(), signIn("s2", 1_800, "NG", null, null, false));

        assertThat(answer(alert, "Q5")).contains("none from a new country");
    }

    @Test
    void theRiskOfTheIdentityProviderCounts() {
        Alert alert = alert(Stories.downloaded(), signIn("s2", 1_800, "AT", null, "high", false));

        assertThat(answer(alert, "Q5")).contains("(high risk by the identity provider)");
    }

    @Test
    void refusalsAndThenAnAcceptanceAreFatigue() {
        Alert alert = alert(
                Stories.downloaded(),
                USUAL,
                signIn("f1", 600, "AT", null, null, true),
                signIn("f2", 660, "AT", null, null, true),
                signIn("f3", 720, "AT", null, null, true),
                signIn("s4", 780, "AT", null, null, false));

        assertThat(answer(alert, "Q5"))
                .contains("Requests for a second factor that were refused: 3, then one was accepted at"
                        + " 2026-03-03T09:27:07Z from 203.0.113.9.");
        assertThat(alert.getEscalation().getReasons()).contains("a second factor was accepted after 3 refusals");
        assertThat(alert.getAttack()).extracting(Attack::getTechniqueId).contains("T1621");
    }

    @Test
    void withoutASignInLogItCannotBeKnown() {
        Alert alert = alert(Stories.downloaded());

        assertThat(question(alert, "Q5").getMissingTelemetry()).contains("sign-in log of the identity provider");
        assertThat(question(alert, "Q5").getState()).isNotEqualTo(AnswerState.ANSWERED);
    }

    @Test
    void anotherAccountsSignInsAreNotAsked() {
        ContextFact other = ContextFact.newBuilder(signIn("s2", 1_800, "NG", null, "high", false))
                .setUser("bob@corp.example")
                .build();

        assertThat(question(alert(Stories.downloaded(), other), "Q5").getEventIds())
                .doesNotContain("s2");
    }

    private static ContextFact signIn(
            String id, int seconds, String country, @Nullable String device, @Nullable String risk, boolean denied) {
        return ContextFact.newBuilder()
                .setKind(ContextKind.LOGON)
                .setEventId(id)
                .setTime(Stories.CLICK_TIME.plus(Duration.ofSeconds(seconds)))
                .setDataset("okta.system")
                .setUser("alice@corp.example")
                .setAuthentication(Authentication.newBuilder()
                        .setAccount("alice@corp.example")
                        .setIp("203.0.113.9")
                        .setCountry(country)
                        .setDevice(device)
                        .setRisk(risk)
                        .setMfaDenied(denied)
                        .setSuccess(!denied)
                        .build())
                .build();
    }
}
