package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where an endpoint is in a normalized document, and the endpoint there. */
final class NormalizedHost {

    private final int hostname;
    private final int name;
    private final int domain;
    private final int id;
    private final int ip;
    private final int mac;
    private final int os;
    private final int osVersion;

    NormalizedHost(
            JsonPaths paths,
            String hostname,
            String name,
            String domain,
            String id,
            String ip,
            String mac,
            String os,
            String osVersion) {
        this.hostname = paths.field(hostname);
        this.name = paths.field(name);
        this.domain = paths.field(domain);
        this.id = paths.field(id);
        this.ip = paths.field(ip);
        this.mac = paths.field(mac);
        this.os = paths.field(os);
        this.osVersion = paths.field(osVersion);
    }

    @Nullable
    Host read(JsonFields document) {
        String sent = document.get(hostname);
        sent = sent == null ? document.get(name) : sent;
        Platform platform = platform(document.get(os));
        Host host = Hosts.of(sent, platform, null);
        if (host == null) {
            return null;
        }
        List<String> addresses = NormalizedFacts.addresses(document.all(ip));
        String key = host.getName();
        String zone = Hosts.domainName(document.get(domain));
        boolean isShort =
                host.getDomain() == null && zone != null && host.getIp().isEmpty();
        return new Host(
                isShort ? key + "." + zone : key,
                host.getHostname(),
                isShort ? zone : host.getDomain(),
                document.get(id),
                addresses.isEmpty() ? host.getIp() : addresses,
                document.all(mac),
                platform,
                document.get(osVersion));
    }

    private static Platform platform(@Nullable String os) {
        return switch (os == null ? "" : os.toLowerCase(Locale.ROOT)) {
            case "windows" -> Platform.WINDOWS;
            case "linux" -> Platform.LINUX;
            case "macos" -> Platform.MACOS;
            default -> Platform.UNKNOWN;
        };
    }
}
