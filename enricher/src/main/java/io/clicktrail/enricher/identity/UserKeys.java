package io.clicktrail.enricher.identity;

import io.clicktrail.event.Event;
import io.clicktrail.event.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The canonical key of an account, and which accounts are no person's. */
public final class UserKeys {

    /** LOCAL SYSTEM, LOCAL SERVICE, NETWORK SERVICE, ANONYMOUS LOGON (Microsoft, well-known SIDs). */
    private static final Set<String> MACHINE_SIDS = Set.of("s-1-5-18", "s-1-5-19", "s-1-5-20", "s-1-5-7");

    private static final Set<String> MACHINE_NAMES = Set.of(
            "system",
            "local system",
            "local service",
            "network service",
            "anonymous logon",
            "système",
            "sistema",
            "service local",
            "service réseau",
            "lokaler dienst",
            "netzwerkdienst",
            "servicio local",
            "servicio de red");

    /** NT AUTHORITY and its translations, and the domains of session helpers. */
    private static final Set<String> MACHINE_DOMAINS = Set.of(
            "nt authority",
            "nt-autorität",
            "autorite nt",
            "autorità nt",
            "autoridade nt",
            "nt service",
            "window manager",
            "font driver host");

    /** Shorter ids, such as the uid of an account on one machine, name others elsewhere. */
    private static final int MIN_ID = 12;

    /** A NetBIOS name and the dollar sign (Microsoft, sAMAccountName of computers). */
    private static final int MAX_COMPUTER = 16;

    private UserKeys() {}

    /** {@code domain\name} in lower case, else the UPN, else the bare name, else the SID; null for machine accounts. */
    public static @Nullable String key(@Nullable User user) {
        if (user == null || isMachine(user)) {
            return null;
        }
        @Nullable String name = user.getName();
        @Nullable String domain = user.getDomain();
        @Nullable String email = user.getEmail();
        if (isGiven(name) && isGiven(domain)) {
            return (domain + "\\" + name).toLowerCase(Locale.ROOT);
        }
        if (isGiven(email)) {
            return email.toLowerCase(Locale.ROOT);
        }
        if (isGiven(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        @Nullable String id = user.getId();
        return isGiven(id) ? id.toLowerCase(Locale.ROOT) : null;
    }

    /**
     * The key of the account that acted; where its record has the uid or SID alone, by the home that the event shows.
     */
    public static @Nullable String key(Event event) {
        User user = event.getUser();
        boolean isNameless = user != null && !isGiven(user.getName()) && !isGiven(user.getEmail()) && !isMachine(user);
        @Nullable String owner = isNameless ? HomeFolders.owner(event) : null;
        return owner == null ? key(user) : owner;
    }

    /**
     * Every form of an account that its record shows, in lower case: {@code domain\\name}, UPN, SID; none of a machine
     * account.
     */
    static List<String> forms(@Nullable User user) {
        if (user == null || isMachine(user)) {
            return List.of();
        }
        List<String> forms = new ArrayList<>(3);
        @Nullable String name = user.getName();
        @Nullable String domain = user.getDomain();
        if (isGiven(name) && isGiven(domain)) {
            forms.add((domain + "\\" + name).toLowerCase(Locale.ROOT));
        } else if (isGiven(name)) {
            forms.add(name.toLowerCase(Locale.ROOT));
        }
        addForm(user.getEmail(), forms);
        @Nullable String id = user.getId();
        if (id != null && id.length() >= MIN_ID) {
            addForm(id, forms);
        }
        return forms;
    }

    /**
     * The UPN that every account of an Active Directory domain has beside the one that was set: its name at the DNS
     * name of the domain (Microsoft, User Naming Attributes). The domain's DNS name is that of the host where its first
     * label is the account's domain.
     *
     * @param host name of a host where the account works
     * @return null where the host is not known to be of the account's domain
     */
    static @Nullable String implicitUpn(User user, String host) {
        @Nullable String name = user.getName();
        @Nullable String domain = user.getDomain();
        int dot = host.indexOf('.');
        if (!isGiven(name) || !isGiven(domain) || dot < 0 || isMachine(user)) {
            return null;
        }
        String ofHost = host.substring(dot + 1);
        boolean isOfDomain = ofHost.equalsIgnoreCase(domain)
                || ofHost.length() > domain.length()
                        && ofHost.charAt(domain.length()) == '.'
                        && ofHost.regionMatches(true, 0, domain, 0, domain.length());
        return isOfDomain ? (name + "@" + ofHost).toLowerCase(Locale.ROOT) : null;
    }

    /** The host whose own account it is, {@code ws-7} of {@code WS-7$}; null for other accounts. */
    static @Nullable String computer(User user) {
        @Nullable String name = user.getName();
        boolean isComputer = name != null && name.length() > 1 && name.length() <= MAX_COMPUTER && name.endsWith("$");
        return isComputer ? name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT) : null;
    }

    private static void addForm(@Nullable String given, List<String> forms) {
        if (given == null || given.isEmpty()) {
            return;
        }
        String form = given.toLowerCase(Locale.ROOT);
        if (!forms.contains(form)) {
            forms.add(form);
        }
    }

    private static boolean isMachine(User user) {
        @Nullable String id = user.getId();
        if (id != null && MACHINE_SIDS.contains(id.toLowerCase(Locale.ROOT))) {
            return true;
        }
        @Nullable String name = user.getName();
        if (name != null && (name.endsWith("$") || MACHINE_NAMES.contains(name.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        @Nullable String domain = user.getDomain();
        return domain != null && MACHINE_DOMAINS.contains(domain.toLowerCase(Locale.ROOT));
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
