package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.IpAddresses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the events topic: the host's name in key form, else {@code ip:<client's or leased address>}, else {@code
 * user:<account>}, else {@code none:<dataset>}. A host that is known by its address only is keyed by that. A click,
 * mail or sign-in that only a service saw goes by its account: the address it came from is the one that a whole site
 * shows to the Internet.
 */
public final class EventKeys {

    /** Key of heartbeats. */
    public static final String HEARTBEAT = "heartbeat";

    private static final String USER = "user:";

    private EventKeys() {}

    public static String of(Event event) {
        if (event.getKind() == EventKind.HEARTBEAT) {
            return HEARTBEAT;
        }
        Host host = event.getHost();
        if (host != null) {
            return IpAddresses.canonical(host.getName()) == null ? host.getName() : "ip:" + host.getName();
        }
        String account = account(event.getUser());
        if (account != null && isSeenByService(event.getKind())) {
            return USER + account.toLowerCase(Locale.ROOT);
        }
        AddressLease lease = event.getLease();
        Endpoint client = event.getClient();
        String ip = lease != null ? lease.getIp() : client == null ? null : client.getIp();
        if (ip != null) {
            return "ip:" + ip;
        }
        return account == null ? "none:" + event.getSource().getDataset() : USER + account.toLowerCase(Locale.ROOT);
    }

    private static boolean isSeenByService(EventKind kind) {
        return kind == EventKind.URL_OPEN || kind == EventKind.EMAIL || kind == EventKind.LOGON;
    }

    private static @Nullable String account(@Nullable User user) {
        if (user == null) {
            return null;
        }
        if (user.getName() != null) {
            return user.getDomain() == null ? user.getName() : user.getDomain() + "\\" + user.getName();
        }
        return user.getEmail() == null ? user.getId() : user.getEmail();
    }
}
