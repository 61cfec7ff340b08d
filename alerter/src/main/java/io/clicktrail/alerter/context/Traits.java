package io.clicktrail.alerter.context;

import io.clicktrail.context.Authentication;
import io.clicktrail.state.Fact;
import io.clicktrail.state.FactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a subject has in common with others: country, device and browser of an account's sign-ins, by which a strange
 * one differs from what the account does every day, and the recipients of mails with links to a site.
 */
public final class Traits {

    /** Browsers and systems as user agents name them; of several the first counts. */
    private static final List<String> BROWSERS =
            List.of("edg", "opr", "firefox", "chrome", "safari", "outlook", "curl", "python", "axios", "go-http");

    static final String RECIPIENT = "recipient:";

    private static final List<String> SYSTEMS = List.of("windows", "iphone", "ipad", "android", "mac os", "linux");

    private Traits() {}

    /** The traits of a mail, or of a sign-in that succeeded, as {@code kind:value}; none of a logon at a host. */
    static List<String> of(Fact fact) {
        Authentication logon = fact.getAuthentication();
        var traits = new ArrayList<String>();
        if (logon != null && logon.getLogonType() == null && logon.getSuccess()) {
            add(traits, country(logon));
            add(traits, device(logon));
            add(traits, agent(logon));
        }
        if (fact.getKind() == FactKind.MAIL) {
            fact.getRecipients().forEach(recipient -> traits.add(RECIPIENT + recipient));
        }
        return traits;
    }

    private static void add(List<String> traits, @Nullable String trait) {
        if (trait != null) {
            traits.add(trait);
        }
    }

    /** The country's trait; null where it is not known. */
    public static @Nullable String country(Authentication logon) {
        return logon.getCountry() == null
                ? null
                : "country:" + logon.getCountry().toLowerCase(Locale.ROOT);
    }

    /** The device's trait; null where it is not known. */
    public static @Nullable String device(Authentication logon) {
        return logon.getDevice() == null ? null : "device:" + logon.getDevice().toLowerCase(Locale.ROOT);
    }

    /** The browser and the system of the user agent, without versions; null where there is none. */
    public static @Nullable String agent(Authentication logon) {
        if (logon.getUserAgent() == null) {
            return null;
        }
        String agent = logon.getUserAgent().toLowerCase(Locale.ROOT);
        return "agent:" + first(BROWSERS, agent) + " on " + first(SYSTEMS, agent);
    }

    private static String first(List<String> names, String agent) {
        return names.stream().filter(agent::contains).findFirst().orElse("another");
    }
}
