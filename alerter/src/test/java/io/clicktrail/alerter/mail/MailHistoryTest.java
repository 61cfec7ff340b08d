package io.clicktrail.alerter.mail;

import static io.clicktrail.alerter.TestCases.alert;
import static io.clicktrail.alerter.TestCases.answer;
import static io.clicktrail.alerter.TestCases.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alerter.Stories;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.event.Email;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailHistoryTest {

    private static final List<String> BOTH = List.of("alice@corp.example", "bob@corp.example");

    @Test
    void saysWhatTheGatewayHoldsTheMessageForAndWhoElseFollowedTheLink() {
        Alert alert = alert(
                Stories.downloaded(),
                mail("m1", -600, email("<a1@x>", BOTH, MailVerdict.PHISHING, MailAction.DELIVERED)),
                visit("v1", 900, "corp\\bob"));

        assertThat(answer(alert, "Q2"))
                .isEqualTo("Yes: message <a1@x> from billing@x.example to alice@corp.example at 2026-03-03T09:04:07Z,"
                        + " 10 minutes before the click, has a link to the site. The gateway holds it for phishing and"
                        + " delivered it. Sender authentication: SPF fail, DMARC fail. Other recipients:"
                        + " bob@corp.example; of them contacted the site: bob@corp.example at 2026-03-03T09:29:07Z.");
        assertThat(question(alert, "Q2").getEventIds()).containsExactly("m1");
        assertThat(alert.getEscalation().getReasons()).contains("the mail gateway holds the message for phishing");
    }

    @Test
    void otherRecipientsAreThoseOfAllMailsWithTheLink() {
        Alert alert = alert(
                Stories.downloaded(),
                mail(
                        "m1",
                        -600,
                        email("<a1@x>", List.of("alice@corp.example"), MailVerdict.UNKNOWN, MailAction.UNKNOWN)),
                mail(
                        "m2",
                        -500,
                        email("<a2@x>", List.of("carol@corp.example"), MailVerdict.UNKNOWN, MailAction.UNKNOWN)));

        assertThat(answer(alert, "Q2"))
                .endsWith("Other recipients: carol@corp.example; none of them was seen to contact the site.");
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
    }

    @Test
    void aMessageThatWasTakenBackLaterIsSaidAndRaisesTheTier() {
        ContextFact removal = mail(
                "m9",
                86_400,
                Email.newBuilder(
                                email("<a1@x>", List.of("alice@corp.example"), MailVerdict.UNKNOWN, MailAction.REMOVED))
                        .setUrls(List.of())
                        .build());
        Alert alert = alert(
                Stories.downloaded(),
                mail(
                        "m1",
                        -600,
                        email("<a1@x>", List.of("alice@corp.example"), MailVerdict.UNKNOWN, MailAction.DELIVERED)),
                removal);

        assertThat(answer(alert, "Q2")).contains("It was taken out of the mailbox at 2026-03-04T09:14:07Z.");
        assertThat(question(alert, "Q2").getEventIds()).containsExactly("m1", "m9");
        assertThat(alert.getEscalation().getReasons())
                .contains("the message was taken out of the mailbox after its delivery");
    }

    @Test
    void anotherMessageOfTheMailboxSaysNothing() {
        Alert alert = alert(
                Stories.downloaded(),
                mail(
                        "m1",
                        -600,
                        email("<a1@x>", List.of("alice@corp.example"), MailVerdict.CLEAN, MailAction.DELIVERED)),
                mail(
                        "m9",
                        600,
                        Email.newBuilder(email(
                                        "<other@x>",
                                        List.of("alice@corp.example"),
                                        MailVerdict.PHISHING,
                                        MailAction.REMOVED))
                                .setUrls(List.of())
                                .build()));

        assertThat(answer(alert, "Q2")).contains("The gateway holds it for harmless and delivered it.");
        assertThat(alert.getEscalation().getTier()).isEqualTo(1);
    }

    @Test
    void withoutAMailLogItCannotBeKnown() {
        assertThat(question(alert(Stories.contacted()), "Q2").getState()).isNotEqualTo(AnswerState.ANSWERED);
    }

    private static Email email(String id, List<String> to, MailVerdict verdict, MailAction action) {
        return Email.newBuilder()
                .setMessageId(id)
                .setFrom("billing@x.example")
                .setTo(to)
                .setSubject("Invoice")
                .setUrls(List.of(Stories.LINK))
                .setVerdict(verdict)
                .setAction(action)
                .setSpf("fail")
                .setDmarc("fail")
                .build();
    }

    private static ContextFact mail(String id, int seconds, Email email) {
        return fact(ContextKind.EMAIL, id, seconds).setEmail(email).build();
    }

    private static ContextFact visit(String id, int seconds, String user) {
        return fact(ContextKind.SIGHTING, id, seconds)
                .setUser(user)
                .setTenantKey(Stories.SITE)
                .build();
    }

    private static ContextFact.Builder fact(ContextKind kind, String id, int seconds) {
        return ContextFact.newBuilder()
                .setKind(kind)
                .setEventId(id)
                .setTime(Stories.CLICK_TIME.plus(Duration.ofSeconds(seconds)))
                .setDataset("gateway.mail");
    }
}
