package io.clicktrail.alerter.mail;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.Subjects;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import io.clicktrail.state.Fact;
import io.clicktrail.state.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The mails with a link to one of a chain's sites.
 *
 * @param own to the chain's user, up to the end of the chain, the latest last; that one is the message
 * @param verdict the worst that the gateway said of the message, at whatever time
 * @param action what the gateway did with the message as it came
 * @param removed when it was taken out of the mailbox; null where it was not
 * @param senderAuthentication results of SPF, DKIM and DMARC; null where none is known
 * @param others who else got mails with links to the sites, each with when they contacted one
 * @param more true where more recipients are not kept
 * @param senders of all mails with links to the sites
 * @param subjects of all these mails
 * @param events of the mails to the user, and of what was said of the message later
 */
public record MailHistory(
        List<Fact> own,
        MailVerdict verdict,
        MailAction action,
        @Nullable Instant removed,
        @Nullable String senderAuthentication,
        List<Recipient> others,
        boolean more,
        List<String> senders,
        List<String> subjects,
        List<String> events) {

    private static final int MAX_RECIPIENTS = 64;
    private static final int MAX_EVENTS = 20;

    /**
     * Somebody else who got such a mail. @param contacted when they contacted the site; null where that was not seen
     */
    public record Recipient(String address, @Nullable Instant contacted) {}

    public MailHistory {
        own = List.copyOf(own);
        others = List.copyOf(others);
        senders = List.copyOf(senders);
        subjects = List.copyOf(subjects);
        events = List.copyOf(events);
    }

    /** What is known of a chain's mails. */
    public static MailHistory of(Chain chain, CaseContext context) {
        List<Fact> own = context.mails();
        var events = new ArrayList<String>();
        own.forEach(mail -> events.add(mail.getId()));
        var verdict = MailVerdict.UNKNOWN;
        var action = MailAction.UNKNOWN;
        Instant removed = null;
        String authentication = null;
        if (!own.isEmpty()) {
            Fact message = own.getLast();
            var said = new ArrayList<>(List.of(message));
            said.addAll(context.laterOn(message));
            for (Fact each : said) {
                verdict = each.getVerdict().compareTo(verdict) > 0 ? each.getVerdict() : verdict;
                if (each.getAction() != MailAction.REMOVED) {
                    action = each.getAction().compareTo(action) > 0 ? each.getAction() : action;
                } else if (removed == null) {
                    removed = each.getTime();
                }
                authentication = authentication == null ? each.getSenderAuthentication() : authentication;
                events.add(each.getId());
            }
        }
        var senders = new TreeSet<String>();
        var subjects = new TreeSet<String>();
        for (Fact mail : context.mailsToAll()) {
            if (mail.getSender() != null) {
                senders.add(mail.getSender());
            }
            if (mail.getTitle() != null) {
                subjects.add(mail.getTitle());
            }
        }
        List<String> recipients = context.recipients();
        return new MailHistory(
                own,
                verdict,
                action,
                removed,
                authentication,
                others(chain, own, recipients, context.users()),
                recipients.size() >= MAX_RECIPIENTS,
                List.copyOf(senders),
                List.copyOf(subjects),
                events.stream().distinct().limit(MAX_EVENTS).toList());
    }

    private static List<Recipient> others(Chain chain, List<Fact> own, List<String> recipients, List<Seen> visitors) {
        String user = chain.head().getUser();
        String self = user == null ? "" : Subjects.localPart(user);
        Map<String, Recipient> others = new TreeMap<>();
        var all = new ArrayList<>(recipients);
        own.forEach(mail -> all.addAll(mail.getRecipients()));
        for (String address : all) {
            String name = Subjects.localPart(address);
            if (name.equals(self)) {
                continue;
            }
            Instant contacted = visitors.stream()
                    .filter(visitor -> Subjects.localPart(visitor.getKey()).equals(name))
                    .map(Seen::getFirst)
                    .min(Instant::compareTo)
                    .orElse(null);
            others.putIfAbsent(name, new Recipient(address, contacted));
        }
        return List.copyOf(others.values());
    }

    /** Those of the other recipients who contacted one of the sites. */
    public List<Recipient> visitors() {
        return others.stream().filter(other -> other.contacted() != null).toList();
    }

    /** Reasons for a higher tier; empty where there is none. */
    public List<String> reasons() {
        return switch (verdict) {
            case PHISHING -> List.of("the mail gateway holds the message for phishing");
            case MALWARE -> List.of("the mail gateway holds the message for malicious");
            case UNKNOWN, CLEAN, SPAM, SUSPICIOUS ->
                removed == null ? List.of() : List.of("the message was taken out of the mailbox after its delivery");
        };
    }
}
