package io.clicktrail.normalizer.macos;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jamf Protect's telemetry, version 2: Endpoint Security's messages with the host and with identities of processes. */
public final class JamfProtectJson implements JsonFormat {

    private static final String DATASET = "macos.jamf-protect";

    private final EndpointSecurity messages;
    private final int vendor;
    private final int sequence;
    private final int time;
    private final int hostname;
    private final int addresses;
    private final int serial;

    public JamfProtectJson(JsonPaths paths) {
        messages = new EndpointSecurity(paths);
        vendor = paths.field("metadata.vendor");
        sequence = paths.field("glob_seq_num");
        time = paths.field("time");
        hostname = paths.field("host.hostname");
        addresses = paths.field("host.ips");
        serial = paths.field("host.serial");
    }

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return "Jamf".equals(document.get(vendor)) && document.has(sequence);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        Host host = host(document, context);
        EventDraft draft = messages.read(
                document,
                host,
                context.time(document.get(time)),
                DATASET,
                context.limits().fieldChars());
        if (draft != null && host != null) {
            draft.identity("jamf", host.getName(), document.get(time), document.get(sequence));
        }
        return EndpointSecurity.finish(draft, document, context, this, DATASET);
    }

    private @Nullable Host host(JsonFields document, RecordContext context) {
        String name = document.get(hostname);
        Host host = Hosts.of(name == null ? context.metadata().host() : name, Platform.MACOS, null);
        if (host == null) {
            return null;
        }
        List<String> ips = new ArrayList<>(2);
        for (String text : document.all(addresses)) {
            String ip = IpAddresses.canonical(text);
            if (ip != null
                    && !ip.startsWith("127.")
                    && !ip.equals("::1")
                    && !ip.startsWith("fe80:")
                    && !ips.contains(ip)) {
                ips.add(ip);
            }
        }
        return new Host(
                host.getName(),
                host.getHostname(),
                host.getDomain(),
                document.get(serial),
                ips,
                List.of(),
                Platform.MACOS,
                null);
    }
}
