package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Addresses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the events topic: the host's name in key form, else {@code ip:<client's or leased address>}, else {@code user:<account>}, else
 * {@code none:<dataset>}. A host that is known by its address only is keyed by that.
 */
public final class EventKeys {

    /** Key of heartbeats. */
    public static final String HEARTBEAT = "heartbeat";

    private EventKeys() {}

    public static String of(Event event) {
        if (event.getKind() == EventKind.HEARTBEAT) {
            return HEARTBEAT;
        }
        Host host = event.getHost();
        if (host != null) {
            return Addresses.canonical(host.getName()) == null ? host.getName() : "ip:" + host.getName();
        }
        AddressLease lease = event.getLease();
        Endpoint client = event.getClient();
        String ip = lease != null ? lease.getIp() : client == null ? null : client.getIp();
        if (ip != null) {
            return "ip:" + ip;
        }
        String account = account(event.getUser());
        return account == null ? "none:" + event.getSource().getDataset() : "user:" + account.toLowerCase(Locale.ROOT);
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
