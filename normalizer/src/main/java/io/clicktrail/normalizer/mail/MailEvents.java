package io.clicktrail.normalizer.mail;

import io.clicktrail.event.Email;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Http;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.json.JsonFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of clicks and mails, by the table of where a source writes what. The clicker is the user and the client;
 * who sent the mail is the sender of the mail and no client.
 */
final class MailEvents {

    private final FieldTable<MailField> table;

    MailEvents(FieldTable<MailField> table) {
        this.table = table;
    }

    @Nullable
    String get(JsonFields document, MailField field) {
        return table.get(document, field);
    }

    List<String> all(JsonFields document, MailField field) {
        return table.all(document, field);
    }

    /** A click on a link; null without link or clicker. */
    @Nullable
    EventDraft click(String dataset, JsonFields document, EventOutcome outcome) {
        String url = get(document, MailField.URL);
        String user = get(document, MailField.USER);
        if (url == null || user == null) {
            return null;
        }
        Authority named = Authority.ofUrl(url);
        String agent = get(document, MailField.USER_AGENT);
        return draft(EventKind.URL_OPEN, dataset, document, List.of())
                .outcome(outcome)
                .client(IpAddresses.canonical(get(document, MailField.CLIENT_IP)), null, null)
                .url(url)
                .http(agent == null ? null : new Http(null, null, null, null, agent, null))
                .destination(
                        named == null ? null : named.ip(),
                        named == null ? null : named.port(),
                        named == null ? null : named.domain());
    }

    /** A mail; null where nothing identifies it. */
    @Nullable
    EventDraft mail(String dataset, JsonFields document, List<String> urls, EventOutcome outcome) {
        return get(document, MailField.MESSAGE_ID) == null && get(document, MailField.LOCAL_ID) == null
                ? null
                : draft(EventKind.EMAIL, dataset, document, urls).outcome(outcome);
    }

    private EventDraft draft(EventKind kind, String dataset, JsonFields document, List<String> urls) {
        String user = get(document, MailField.USER);
        return new EventDraft(dataset, kind)
                .time(EventTime.utc(get(document, MailField.TIME)))
                .user(user == null ? null : Users.of(MailAddresses.of(user).getFirst()))
                .email(new Email(
                        Mailboxes.messageId(get(document, MailField.MESSAGE_ID)),
                        get(document, MailField.FROM),
                        recipients(document),
                        get(document, MailField.SUBJECT),
                        get(document, MailField.LOCAL_ID),
                        urls));
    }

    /** A list, or a text with commas or semicolons between the addresses; the user where there is neither. */
    private List<String> recipients(JsonFields document) {
        List<String> all = all(document, MailField.TO);
        if (all.isEmpty()) {
            String one = get(document, MailField.USER);
            return one == null ? List.of() : List.of(one);
        }
        return all.size() > 1 ? all : MailAddresses.of(all.getFirst());
    }
}
