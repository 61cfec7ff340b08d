package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.domain.AddressScopes;
import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.User;
import io.clicktrail.identity.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from events which host held an address, on which host a user worked, and by which other names a host goes. */
public final class LeaseClaims {

    /** Prefix of keys that are addresses. */
    public static final String ADDRESS = "ip:";

    /** Prefix of keys that are users. */
    public static final String USER = "user:";

    /** In keys that are no host: {@code ip:…}, {@code user:…}, {@code none:…}. */
    private static final char KIND = ':';

    /** Prefix of an agent's id where it asks for the qualified name of its host. */
    private static final String AGENT = "agent:";

    /** Interactive, unlock, remote interactive, cached interactive (Microsoft, event 4624). */
    private static final Set<Integer> WORKING_LOGONS = Set.of(2, 7, 10, 11);

    private static final int NETWORK_LOGON = 3;

    private static final String DESKTOP = "\\explorer.exe";

    /** The host opened the connection: Initiated in Sysmon event 3. */
    private static final String EGRESS = "egress";

    private static final int MAX_ADDRESSES = 4;
    private static final int MAX_NAME = 255;
    private static final long MAX_LEASE_SECONDS = 30L * 24 * 3600;

    private LeaseClaims() {}

    /** True for the key of an event whose host is still to be found by address or user. */
    public static boolean isKey(String key) {
        return key.startsWith(ADDRESS) || key.startsWith(USER);
    }

    /** True for the key of an event that names its host by whatever name: neither address nor user nor nothing. */
    public static boolean isHost(String key) {
        return key.indexOf(KIND) < 0;
    }

    /** True for the key of an event that names its host, but not by its qualified name. */
    public static boolean isShortName(String key) {
        return key.indexOf('.') < 0 && isName(key);
    }

    /**
     * The claims that an event makes on addresses and users; none where its host is itself only known by an address,
     * or where its clock cannot be trusted.
     */
    public static List<Lease> of(Event event) {
        @Nullable Host host = event.getHost();
        if (event.getKind() == EventKind.HEARTBEAT
                || event.getTimeQuality() == TimeQuality.SUSPECT
                || host != null && !isName(host.getName())) {
            return List.of();
        }
        @Nullable AddressLease lease = event.getLease();
        if (host == null && lease == null && event.getLogon() == null) {
            return List.of();
        }
        List<Lease> claims = new ArrayList<>(2);
        if (event.getLogon() != null) {
            addPresence(event, event.getLogon(), claims);
        }
        if (lease != null) {
            addAddressLease(event, lease, claims);
        }
        if (host != null) {
            addConnection(event, host, claims);
            addAddresses(event, host, claims);
            if (showsUserAtWork(event)) {
                addUser(event, host, claims);
            }
        }
        return claims;
    }

    /**
     * The other names of the host of an event or of a lease: the short form of a qualified name, the name as sent, the
     * source's own identifier. Each is a claim under that name, as an event that knows the host by it alone is keyed
     * so. Of a host without a qualified name only the identifier is another name.
     */
    public static List<Lease> names(Event event) {
        @Nullable String named = named(event);
        if (named == null || !isName(named) || event.getTimeQuality() == TimeQuality.SUSPECT) {
            return List.of();
        }
        List<Lease> claims = new ArrayList<>(2);
        @Nullable Host host = event.getHost();
        if (HostNames.isQualified(named)) {
            addName(HostNames.shortForm(named), named, event, claims);
            addName(host == null ? null : host.getHostname(), named, event, claims);
        }
        addName(host == null ? null : host.getId(), named, event, claims);
        return claims;
    }

    /** The host that an event names: its own, or the one that got an address. Null where it names none. */
    public static @Nullable String named(Event event) {
        @Nullable Host host = event.getHost();
        if (host != null) {
            return host.getName();
        }
        @Nullable AddressLease lease = event.getLease();
        @Nullable String hostname = lease == null ? null : lease.getHostname();
        return hostname == null || hostname.isEmpty() ? null : HostNames.key(hostname);
    }

    /**
     * The question for the qualified name of a host that claimed an address, a user or an agent's id by another one, to
     * be sent where the claims on that name are; null where the claim names a qualified one.
     */
    public static @Nullable Lease question(Lease claim) {
        if (isPresence(claim) || HostNames.isQualified(claim.getHost())) {
            return null;
        }
        String asking = isKey(claim.getKey()) ? claim.getKey() : AGENT + claim.getKey();
        return new Lease(
                claim.getHost(),
                asking,
                claim.getFrom(),
                claim.getUntil(),
                claim.getDataset(),
                claim.getUser(),
                claim.getOwn(),
                null);
    }

    /** True for the question of an address, a user or an agent's id for a qualified name. */
    public static boolean isQuestion(Lease claim) {
        return (isKey(claim.getHost()) || claim.getHost().startsWith(AGENT)) && !isKey(claim.getKey());
    }

    /** The claim of a question again, with the qualified name of the host. */
    public static Lease answered(Lease question, String host) {
        String asking = question.getHost();
        return new Lease(
                asking.startsWith(AGENT) ? asking.substring(AGENT.length()) : asking,
                host,
                question.getFrom(),
                question.getUntil(),
                question.getDataset(),
                question.getUser(),
                question.getOwn(),
                question.getKey());
    }

    private static void addName(@Nullable String given, String host, Event event, List<Lease> claims) {
        if (given == null || given.isEmpty()) {
            return;
        }
        String name = HostNames.key(given);
        if (name.equals(host)
                || !isName(name)
                || claims.stream().anyMatch(claim -> claim.getKey().equals(name))) {
            return;
        }
        claims.add(new Lease(name, host, event.getTime(), null, dataset(event), null, false, null));
    }

    /** True for what can be a host's name: neither an address nor the key of one, nor too long. A number is a name. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.indexOf(':') < 0
                && text.indexOf(' ') < 0
                && (text.indexOf('.') < 0 || AddressScopes.canonical(text) == null);
    }

    private static void addAddressLease(Event event, AddressLease lease, List<Lease> claims) {
        @Nullable String hostname = lease.getHostname();
        @Nullable String ip = claimable(lease.getIp());
        if (ip == null || hostname == null || !isName(HostNames.key(hostname))) {
            return;
        }
        @Nullable Long seconds = lease.getSeconds();
        @Nullable
        Instant until = seconds == null || seconds <= 0
                ? null
                : event.getTime().plusSeconds(Math.min(seconds, MAX_LEASE_SECONDS));
        claims.add(new Lease(
                ADDRESS + ip, HostNames.key(hostname), event.getTime(), until, dataset(event), null, false, null));
    }

    private static void addConnection(Event event, Host host, List<Lease> claims) {
        if (event.getKind() != EventKind.NETWORK_CONNECTION) {
            return;
        }
        @Nullable Endpoint client = event.getClient();
        @Nullable Network network = event.getNetwork();
        @Nullable String ip = client == null ? null : claimable(client.getIp());
        if (ip != null && network != null && EGRESS.equals(network.getDirection())) {
            addAddress(ip, event, host, claims);
        }
    }

    private static void addAddresses(Event event, Host host, List<Lease> claims) {
        List<String> given = host.getIp();
        for (int i = 0; i < given.size() && claims.size() < MAX_ADDRESSES; i++) {
            @Nullable String ip = claimable(given.get(i));
            if (ip != null) {
                addAddress(ip, event, host, claims);
            }
        }
    }

    private static void addAddress(String ip, Event event, Host host, List<Lease> claims) {
        String key = ADDRESS + ip;
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).getKey().equals(key)) {
                return;
            }
        }
        claims.add(new Lease(key, host.getName(), event.getTime(), null, dataset(event), null, true, null));
    }

    /**
     * A logon of somebody who sits there, a link that somebody opened, a program that somebody started from the
     * desktop, or a sensor that knows the account's mail address.
     */
    private static boolean showsUserAtWork(Event event) {
        if (event.getUser() == null) {
            return false;
        }
        return switch (event.getKind()) {
            case LOGON -> isWorkingLogon(event.getLogon()) || isSignInFromDevice(event);
            case URL_OPEN -> true;
            case PROCESS_START -> event.getUser().getEmail() != null || isStartedFromDesktop(event.getProcess());
            case NETWORK_CONNECTION, DNS_QUERY, HTTP_REQUEST, FILE_WRITE, FILE_MARK ->
                event.getUser().getEmail() != null;
            case PROCESS_END, FILE_MODE, EMAIL, ADDRESS_LEASE, SECURITY_ALERT, HEARTBEAT, AUTOSTART, OTHER -> false;
        };
    }

    /**
     * A ticket (4768, Kerberos) or a logon over the network shows from which address somebody works, not on which host:
     * the address's lease does. Such a claim names no host. That of a computer's own account says which host has the
     * address.
     */
    private static void addPresence(Event event, Logon logon, List<Lease> claims) {
        @Nullable Integer type = logon.getType();
        boolean isFromElsewhere = logon.getBegin() && (type == null || type == NETWORK_LOGON);
        @Nullable String ip = isFromElsewhere ? claimable(logon.getIp()) : null;
        @Nullable User user = event.getUser();
        if (ip == null || user == null) {
            return;
        }
        @Nullable String account = UserKeys.key(user);
        @Nullable String computer = UserKeys.computer(user);
        if (account != null) {
            claims.add(new Lease(ADDRESS + ip, "", event.getTime(), null, dataset(event), account, false, null));
        } else if (computer != null) {
            claims.add(new Lease(ADDRESS + ip, computer, event.getTime(), null, dataset(event), null, false, null));
        }
    }

    /** True for a claim that somebody worked from an address, of whatever host. */
    public static boolean isPresence(Lease claim) {
        return claim.getHost().isEmpty();
    }

    /** The claim that somebody worked on the host that had the address. */
    public static Lease placed(Lease presence, String host) {
        return new Lease(
                USER + presence.getUser(),
                host,
                presence.getFrom(),
                presence.getUntil(),
                presence.getDataset(),
                presence.getUser(),
                false,
                null);
    }

    /** Windows starts one Explorer for each person who sits there, and that what they open. */
    private static boolean isStartedFromDesktop(@Nullable Process process) {
        @Nullable ParentProcess parent = process == null ? null : process.getParent();
        @Nullable String image = parent == null ? null : parent.getExecutable();
        return image != null
                && image.regionMatches(true, image.length() - DESKTOP.length(), DESKTOP, 0, DESKTOP.length());
    }

    private static boolean isWorkingLogon(@Nullable Logon logon) {
        @Nullable Integer type = logon == null ? null : logon.getType();
        return logon != null && logon.getBegin() && type != null && WORKING_LOGONS.contains(type);
    }

    /** A sign-in to a cloud service that names the account's mail address and, as the host, the device. */
    private static boolean isSignInFromDevice(Event event) {
        @Nullable Logon logon = event.getLogon();
        return logon != null
                && logon.getBegin()
                && logon.getType() == null
                && event.getUser().getEmail() != null;
    }

    /**
     * One claim for each form of the account that the event shows, so that a source that knows only one of them is
     * understood.
     */
    private static void addUser(Event event, Host host, List<Lease> claims) {
        @Nullable String canonical = UserKeys.key(event.getUser());
        if (canonical != null) {
            List<String> forms = new ArrayList<>(UserKeys.forms(event.getUser()));
            @Nullable String implicit = UserKeys.implicitUpn(event.getUser(), host.getName());
            if (implicit != null && !forms.contains(implicit)) {
                forms.add(implicit);
            }
            for (String form : forms) {
                claims.add(new Lease(
                        USER + form, host.getName(), event.getTime(), null, dataset(event), canonical, false, null));
            }
        }
    }

    /** The address in canonical form; null for addresses that every host has: loopback, link-local, unspecified. */
    private static @Nullable String claimable(@Nullable String ip) {
        return ip == null ? null : AddressScopes.ofOneHost(ip);
    }

    private static String dataset(Event event) {
        return event.getSource().getDataset();
    }
}
