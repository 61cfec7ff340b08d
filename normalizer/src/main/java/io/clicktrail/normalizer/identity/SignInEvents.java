package io.clicktrail.normalizer.identity;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Platforms;
import io.clicktrail.normalizer.event.TechniqueIds;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.FieldTable;
import io.clicktrail.normalizer.json.JsonFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of sign-ins, by the table of where a provider writes what. The address is the one that the provider saw,
 * so it is the client's and never the device's own; the device is the host where the provider knows its name.
 */
final class SignInEvents {

    private final FieldTable<SignInField> table;

    SignInEvents(FieldTable<SignInField> table) {
        this.table = table;
    }

    @Nullable
    String get(JsonFields document, SignInField field) {
        return table.get(document, field);
    }

    /** A sign-in or, with {@code begin} false, a sign-out; null where nobody is named. */
    @Nullable
    EventDraft logon(String dataset, JsonFields document, boolean begin, EventOutcome outcome) {
        User user = user(document);
        if (user == null) {
            return null;
        }
        String from = address(document);
        return draft(EventKind.LOGON, dataset, document)
                .user(user)
                .outcome(outcome)
                .logon(new Logon(null, get(document, SignInField.SESSION), from, begin));
    }

    /** What the provider alerts on; null without a title. */
    @Nullable
    EventDraft alert(String dataset, JsonFields document) {
        String title = get(document, SignInField.ALERT_TITLE);
        return title == null
                ? null
                : draft(EventKind.SECURITY_ALERT, dataset, document)
                        .user(user(document))
                        .alert(new SecurityAlert(
                                get(document, SignInField.ALERT_ID),
                                title,
                                get(document, SignInField.ALERT_SEVERITY),
                                TechniqueIds.in(title)));
    }

    private EventDraft draft(EventKind kind, String dataset, JsonFields document) {
        String agent = get(document, SignInField.USER_AGENT);
        return new EventDraft(dataset, kind)
                .time(EventTime.utc(get(document, SignInField.TIME)))
                .code(get(document, SignInField.ACTION))
                .host(Hosts.identified(
                        get(document, SignInField.DEVICE_NAME),
                        null,
                        null,
                        get(document, SignInField.DEVICE_ID),
                        Platforms.named(get(document, SignInField.OPERATING_SYSTEM)),
                        List.of(),
                        null))
                .client(address(document), null, null)
                .http(agent == null ? null : new Http(null, null, null, null, agent, null));
    }

    private @Nullable User user(JsonFields document) {
        User named = Users.of(get(document, SignInField.USER));
        String id = get(document, SignInField.USER_ID);
        return named == null
                ? Users.of(null, null, id)
                : new User(named.getName(), named.getDomain(), id, named.getEmail());
    }

    /** Some providers write the port after the address. */
    private @Nullable String address(JsonFields document) {
        String text = get(document, SignInField.CLIENT_IP);
        String address = IpAddresses.canonical(text);
        Authority withPort = address == null && text != null ? Authority.of(text) : null;
        return withPort == null ? address : withPort.ip();
    }
}
