package io.clicktrail.normalizer.event;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.HostKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and domain names in key form.
 *
 * <p>The key form of a host ({@link HostKey}) is what the source sent: the fully qualified name where the source gives
 * one, else the short name. Two fully qualified names with one first label stay two hosts. The domain is what comes
 * after the first label.
 */
public final class Hosts {

    private Hosts() {}

    /** The host of a name as sent, or null where that is absent. */
    public static @Nullable Host of(@Nullable String asSent, Platform platform, @Nullable String ip) {
        String name = key(asSent);
        if (name == null || asSent == null) {
            return null;
        }
        String address = IpAddresses.canonical(name);
        List<String> addresses = address != null ? List.of(address) : ip != null ? List.of(ip) : List.of();
        int dot = address == null ? name.indexOf('.') : -1;
        return new Host(
                address == null ? name : address,
                asSent,
                dot > 0 ? name.substring(dot + 1) : null,
                null,
                addresses,
                List.of(),
                platform,
                null);
    }

    /**
     * The host of a sensor that knows it by an identifier of its own: it goes by its name, and by the identifier where
     * the sensor does not log the name with every event. Null without either.
     *
     * @param asSent the name that the host goes by
     * @param label a name that is only kept, where {@code asSent} is absent
     */
    public static @Nullable Host identified(
            @Nullable String asSent,
            @Nullable String label,
            @Nullable String domain,
            @Nullable String id,
            Platform platform,
            List<String> addresses,
            @Nullable String mac) {
        Host named = of(asSent == null ? id : asSent, platform, null);
        return named == null
                ? null
                : new Host(
                        named.getName(),
                        asSent == null ? label : asSent,
                        named.getDomain() == null ? domain : named.getDomain(),
                        id,
                        addresses,
                        mac == null ? List.of() : List.of(mac),
                        platform,
                        null);
    }

    /** A host name in key form, or null where it is absent. */
    public static @Nullable String key(@Nullable String asSent) {
        String name = Placeholders.absent(asSent);
        return name == null ? null : HostKey.of(name);
    }

    /** A DNS name in lower case without a trailing dot, or null where it is absent. */
    public static @Nullable String domainName(@Nullable String asSent) {
        String name = Placeholders.absent(asSent);
        if (name == null) {
            return null;
        }
        name = name.strip();
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return end == 0 ? null : name.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
