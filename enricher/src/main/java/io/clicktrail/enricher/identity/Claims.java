package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.domain.Addresses;
import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.identity.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from events which host held an address, or on which host a user worked. */
public final class Claims {

    /** Prefix of keys that are addresses. */
    public static final String ADDRESS = "ip:";

    /** Prefix of keys that are users. */
    public static final String USER = "user:";

    /** Interactive, unlock, remote interactive, cached interactive (Microsoft, event 4624). */
    private static final Set<Integer> WORKING_LOGONS = Set.of(2, 7, 10, 11);

    /** The host opened the connection: Initiated in Sysmon event 3. */
    private static final String EGRESS = "egress";

    private static final int MAX_ADDRESSES = 4;
    private static final long MAX_LEASE_SECONDS = 30L * 24 * 3600;

    private Claims() {}

    /** True for the key of an event whose host is still to be found by address or user. */
    public static boolean isKey(String key) {
        return key.startsWith(ADDRESS) || key.startsWith(USER);
    }

    /** The claims that an event makes; none where its host is itself only known by an address. */
    public static List<Lease> of(Event event) {
        @Nullable Host host = event.getHost();
        if (host != null && Addresses.canonical(host.getName()) != null) {
            return List.of();
        }
        return switch (event.getKind()) {
            case ADDRESS_LEASE -> ofAddressLease(event);
            case NETWORK_CONNECTION -> ofConnection(event);
            case LOGON -> ofLogon(event);
            case PROCESS_START,
                    PROCESS_END,
                    URL_OPEN,
                    DNS_QUERY,
                    HTTP_REQUEST,
                    FILE_WRITE,
                    FILE_MARK,
                    FILE_MODE,
                    EMAIL,
                    SECURITY_ALERT,
                    OTHER -> ofHost(event);
            case HEARTBEAT -> List.of();
        };
    }

    private static List<Lease> ofAddressLease(Event event) {
        @Nullable AddressLease lease = event.getLease();
        @Nullable String hostname = lease == null ? null : lease.getHostname();
        @Nullable String ip = lease == null ? null : claimable(lease.getIp());
        if (lease == null || ip == null || hostname == null || hostname.isEmpty()) {
            return ofHost(event);
        }
        @Nullable Long seconds = lease.getSeconds();
        @Nullable
        Instant until = seconds == null || seconds <= 0
                ? null
                : event.getTime().plusSeconds(Math.min(seconds, MAX_LEASE_SECONDS));
        return List.of(new Lease(ADDRESS + ip, hostKey(hostname), event.getTime(), until, dataset(event)));
    }

    private static List<Lease> ofConnection(Event event) {
        @Nullable Host host = event.getHost();
        @Nullable Endpoint client = event.getClient();
        @Nullable Network network = event.getNetwork();
        @Nullable String ip = client == null ? null : claimable(client.getIp());
        boolean outgoing = network != null && EGRESS.equals(network.getDirection());
        if (host == null || ip == null || !outgoing) {
            return ofHost(event);
        }
        return List.of(new Lease(ADDRESS + ip, host.getName(), event.getTime(), null, dataset(event)));
    }

    private static List<Lease> ofLogon(Event event) {
        @Nullable Logon logon = event.getLogon();
        @Nullable Host host = event.getHost();
        @Nullable String user = Accounts.key(event.getUser());
        if (logon == null || host == null || user == null || !logon.getBegin()) {
            return ofHost(event);
        }
        @Nullable Integer type = logon.getType();
        if (type == null || !WORKING_LOGONS.contains(type)) {
            return ofHost(event);
        }
        List<Lease> claims = new ArrayList<>(ofHost(event));
        claims.add(new Lease(USER + user, host.getName(), event.getTime(), null, dataset(event)));
        return claims;
    }

    private static List<Lease> ofHost(Event event) {
        @Nullable Host host = event.getHost();
        if (host == null || host.getIp().isEmpty()) {
            return List.of();
        }
        List<Lease> claims = new ArrayList<>(1);
        for (String given : host.getIp()) {
            @Nullable String ip = claimable(given);
            if (ip != null && claims.size() < MAX_ADDRESSES) {
                claims.add(new Lease(ADDRESS + ip, host.getName(), event.getTime(), null, dataset(event)));
            }
        }
        return claims;
    }

    /** The address in canonical form; null for addresses that every host has: loopback, link-local, unspecified. */
    private static @Nullable String claimable(@Nullable String ip) {
        return ip == null ? null : Addresses.ofOneHost(ip);
    }

    private static String hostKey(String hostname) {
        String key = hostname.toLowerCase(Locale.ROOT);
        return key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
    }

    private static String dataset(Event event) {
        return event.getSource().getDataset();
    }
}
