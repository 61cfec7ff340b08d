package io.clicktrail.normalizer.event;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Autostart;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.Source;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.Transfer;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a format read out of one document, before it has its id and its coordinates. */
public final class EventDraft {

    private final String dataset;
    private final EventKind kind;
    private @Nullable String code;
    private @Nullable EventTime time;
    private @Nullable String @Nullable [] identity;
    private @Nullable Host host;
    private @Nullable User user;
    private @Nullable Process process;
    private @Nullable Endpoint client;
    private @Nullable Endpoint destination;
    private @Nullable Network network;
    private @Nullable Transfer transfer;
    private @Nullable Url url;
    private @Nullable Http http;
    private @Nullable Dns dns;
    private @Nullable File file;
    private @Nullable Logon logon;
    private @Nullable AddressLease lease;
    private @Nullable Email email;
    private @Nullable SecurityAlert alert;
    private @Nullable Autostart autostart;
    private EventOutcome outcome = EventOutcome.UNKNOWN;
    private List<String> tags = List.of();

    public EventDraft(String dataset, EventKind kind) {
        this.dataset = dataset;
        this.kind = kind;
    }

    public EventDraft code(@Nullable String value) {
        code = value;
        return this;
    }

    public EventDraft time(@Nullable EventTime value) {
        time = value;
        return this;
    }

    /** The source's own identity of the record, see {@link Fingerprints}; never called where it has none. */
    public EventDraft identity(@Nullable String... parts) {
        identity = parts;
        return this;
    }

    public EventDraft host(@Nullable Host value) {
        host = value;
        return this;
    }

    public EventDraft user(@Nullable User value) {
        user = value;
        return this;
    }

    public EventDraft process(@Nullable Process value) {
        process = value;
        return this;
    }

    /** The side that opened the connection; absent where address and name are. */
    public EventDraft client(@Nullable String ip, @Nullable Integer port, @Nullable String domain) {
        client = endpoint(ip, port, domain);
        return this;
    }

    /** The side that was contacted; absent where address and name are. */
    public EventDraft destination(@Nullable String ip, @Nullable Integer port, @Nullable String domain) {
        destination = endpoint(ip, port, domain);
        return this;
    }

    public EventDraft network(@Nullable Network value) {
        network = value;
        return this;
    }

    /** Bytes from the client to the destination and back; absent where neither was counted. */
    public EventDraft transfer(@Nullable Long sent, @Nullable Long received) {
        transfer = sent == null && received == null ? null : new Transfer(sent, received);
        return this;
    }

    public EventDraft url(@Nullable String original) {
        url = original == null ? null : new Url(original);
        return this;
    }

    public EventDraft http(@Nullable Http value) {
        http = value;
        return this;
    }

    public EventDraft dns(@Nullable Dns value) {
        dns = value;
        return this;
    }

    public EventDraft file(@Nullable File value) {
        file = value;
        return this;
    }

    public EventDraft logon(@Nullable Logon value) {
        logon = value;
        return this;
    }

    public EventDraft lease(@Nullable AddressLease value) {
        lease = value;
        return this;
    }

    public EventDraft email(@Nullable Email value) {
        email = value;
        return this;
    }

    public EventDraft alert(@Nullable SecurityAlert value) {
        alert = value;
        return this;
    }

    public EventDraft autostart(Autostart value) {
        autostart = value;
        return this;
    }

    public EventDraft outcome(EventOutcome value) {
        outcome = value;
        return this;
    }

    public EventDraft tag(String tag) {
        if (tags.isEmpty()) {
            tags = new ArrayList<>(2);
        }
        if (!tags.contains(tag)) {
            tags.add(tag);
        }
        return this;
    }

    public @Nullable EventTime time() {
        return time;
    }

    public @Nullable String @Nullable [] identity() {
        return identity;
    }

    public String dataset() {
        return dataset;
    }

    /** The event, with what only the record knows. */
    public Event build(String id, EventTime when, TimeQuality quality, Source source) {
        return new Event(
                id,
                when.instant(),
                quality,
                kind,
                code,
                source,
                hostOfPlatform(),
                user,
                process,
                client,
                destination,
                network,
                url,
                http,
                dns,
                file,
                email,
                logon,
                lease,
                alert,
                outcome,
                tags,
                transfer,
                autostart);
    }

    /** Where the source does not name the host's platform, it may follow from the paths of the event. */
    private @Nullable Host hostOfPlatform() {
        if (host == null || host.getPlatform() != Platform.UNKNOWN) {
            return host;
        }
        ParentProcess parent = process == null ? null : process.getParent();
        Platform platform = Platforms.ofPaths(
                process == null ? null : process.getExecutable(),
                file == null ? null : file.getPath(),
                parent == null ? null : parent.getExecutable());
        return platform == Platform.UNKNOWN
                ? host
                : new Host(
                        host.getName(),
                        host.getHostname(),
                        host.getDomain(),
                        host.getId(),
                        host.getIp(),
                        host.getMac(),
                        platform,
                        host.getOsVersion());
    }

    private static @Nullable Endpoint endpoint(@Nullable String ip, @Nullable Integer port, @Nullable String domain) {
        return ip == null && domain == null ? null : new Endpoint(ip, port, domain);
    }
}
