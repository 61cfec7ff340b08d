package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.mail.MailHistory;
import io.clicktrail.alerter.mail.MailHistory.Recipient;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The mail with the link: when it came, what the gateway says of it, who else got it and who of them clicked. */
final class MailAnswer {

    private MailAnswer() {}

    /** The answer; null where no mail was seen, so that the chain itself must answer. */
    static @Nullable Answer of(Chain chain, MailHistory mails) {
        if (mails.own().isEmpty()) {
            return null;
        }
        Fact mail = mails.own().getLast();
        Evidence click = chain.click();
        Instant then = click == null
                ? chain.head().getFirstEventTime()
                : click.getEvent().getTime();
        var said = new StringBuilder("Yes: message ");
        said.append(mail.getMessageId() == null ? "without an id" : mail.getMessageId());
        if (mail.getSender() != null) {
            said.append(" from ").append(mail.getSender());
        }
        said.append(" to ").append(mail.getUser()).append(" at ").append(ContextAnswers.second(mail.getTime()));
        said.append(", ").append(before(mail.getTime(), then)).append(" the click, has a link to the site.");
        said.append(gateway(mails));
        if (mails.senderAuthentication() != null) {
            said.append(" Sender authentication: ")
                    .append(mails.senderAuthentication())
                    .append('.');
        }
        said.append(others(mails));
        if (mails.own().size() > 1) {
            said.append(" ")
                    .append(mails.own().size() - 1)
                    .append(" earlier message(s) to the same user have one too.");
        }
        if (!mails.others().isEmpty()
                && (mails.senders().size() > 1 || mails.subjects().size() > 1)) {
            said.append(" The mails have ").append(mails.senders().size()).append(" sender(s) and ");
            said.append(mails.subjects().size()).append(" subject(s).");
        }
        boolean isCertain =
                chain.head().getUser() != null && chain.head().getUser().equalsIgnoreCase(mail.getUser());
        return new Answer(
                AnswerState.ANSWERED,
                said.toString(),
                isCertain ? ConfidenceBand.HIGH : ConfidenceBand.MEDIUM,
                mails.events(),
                List.of());
    }

    private static String gateway(MailHistory mails) {
        String held = held(mails.verdict());
        String done = done(mails.action());
        String removed = mails.removed() == null
                ? ""
                : " It was taken out of the mailbox at " + ContextAnswers.second(mails.removed()) + ".";
        if (held == null) {
            return done == null ? removed : " The gateway " + done + " it." + removed;
        }
        return " The gateway holds it for " + held + (done == null ? "" : " and " + done + " it") + "." + removed;
    }

    private static @Nullable String held(MailVerdict verdict) {
        return switch (verdict) {
            case UNKNOWN -> null;
            case CLEAN -> "harmless";
            case SPAM -> "spam";
            case SUSPICIOUS -> "suspicious";
            case PHISHING -> "phishing";
            case MALWARE -> "malicious";
        };
    }

    private static @Nullable String done(MailAction action) {
        return switch (action) {
            case UNKNOWN, REMOVED -> null;
            case DELIVERED -> "delivered";
            case JUNKED -> "junked";
            case BLOCKED -> "blocked";
            case QUARANTINED -> "quarantined";
        };
    }

    private static String others(MailHistory mails) {
        if (mails.others().isEmpty()) {
            return " It names no other recipient.";
        }
        List<Recipient> visitors = mails.visitors();
        String who = ContextAnswers.some(
                mails.others().stream().map(Recipient::address).toList(), mails.more());
        if (visitors.isEmpty()) {
            return " Other recipients: " + who + "; none of them was seen to contact the site.";
        }
        return " Other recipients: " + who + "; of them contacted the site: "
                + ContextAnswers.some(
                        visitors.stream()
                                .map(visitor -> visitor.address() + " at "
                                        + ContextAnswers.second(Objects.requireNonNull(visitor.contacted())))
                                .toList(),
                        false)
                + ".";
    }

    private static String before(Instant mail, Instant click) {
        Duration between = Duration.between(mail, click);
        return DomainAnswers.age(between.abs()) + (between.isNegative() ? " after" : " before");
    }
}
