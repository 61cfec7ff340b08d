package io.clicktrail.normalizer.zeek;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Http;
import io.clicktrail.event.Network;
import io.clicktrail.normalizer.event.Addresses;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.Reading;
import io.clicktrail.normalizer.format.Transport;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Zeek's logs as JSON: plain, wrapped in their name, or as RockNSM ships them; {@code ts} as epoch seconds, milliseconds or ISO.
 *
 * <p>The log is known by its wrapper, {@code _path} or {@code @stream}, else by its fields. conn is a connection, dns a query, http a request, ssl a
 * connection to the name in the handshake, dhcp a lease. files is content seen on the wire: no host wrote it that Zeek knows of, so
 * it is OTHER, and its path is the bare name that the wire gave it (else Zeek's file id).
 */
public final class ZeekJson implements JsonFormat {

    /** Tag of a request that went through a proxy. */
    private static final String PROXIED = "proxied";

    private static final int HTTP_PORT = 80;

    private final ZeekFields fields;

    public ZeekJson(JsonPaths paths) {
        fields = new ZeekFields(paths);
    }

    @Override
    public String name() {
        return "zeek.json";
    }

    @Override
    public List<String> datasets() {
        return ZeekLogs.datasets();
    }

    @Override
    public boolean recognises(JsonFields document, Transport transport) {
        if (!document.has(fields.ts)) {
            return false;
        }
        return transport.stream() != null
                || (document.has(fields.uid) && fields.origHost.get(document) != null)
                || document.has(fields.fuid)
                || document.has(fields.path)
                || document.has(fields.connUids)
                || document.has(fields.mac);
    }

    @Override
    public Outcome read(JsonFields document, Reading reading) {
        String log = log(document, reading);
        return switch (log) {
            case "conn" -> conn(document, reading);
            case "dns" -> dns(document, reading);
            case "http" -> http(document, reading);
            case "ssl" -> ssl(document, reading);
            case "files" -> file(document, reading);
            case "dhcp" -> lease(document, reading);
            default -> new Outcome.Ignored("zeek." + ZeekLogs.known(log), "log without use here");
        };
    }

    private String log(JsonFields document, Reading reading) {
        String wrapper = reading.transport().stream();
        if (wrapper != null) {
            return wrapper;
        }
        String path = document.get(fields.path);
        if (path == null) {
            path = document.get(fields.stream);
        }
        return path == null ? ZeekLogs.byFields(fields, document) : path;
    }

    private Outcome conn(JsonFields document, Reading reading) {
        Long sent = Numbers.whole(document.get(fields.origBytes));
        Long received = Numbers.whole(document.get(fields.respBytes));
        EventDraft draft = draft("conn", EventKind.NETWORK_CONNECTION, document, reading, "")
                .network(new Network(
                        text(document, fields.proto),
                        protocol(text(document, fields.service)),
                        direction(document.get(fields.localOrig), document.get(fields.localResp)),
                        sent == null && received == null ? null : (Long) (orZero(sent) + orZero(received)),
                        document.get(fields.uid)));
        return ends(draft, document) ? finish(draft, document, reading) : reading.rejected(Reason.MISSING_FIELD, this);
    }

    private Outcome dns(JsonFields document, Reading reading) {
        String name = Hosts.domainName(document.get(fields.query));
        if (name == null) {
            return new Outcome.Ignored("zeek.dns", "DNS exchange without a name");
        }
        List<String> resolved = new ArrayList<>(4);
        for (String answer : document.all(fields.answers)) {
            String address = Addresses.canonical(answer);
            if (address != null && !resolved.contains(address)) {
                resolved.add(address);
            }
        }
        String type = text(document, fields.queryType);
        EventDraft draft = draft(
                        "dns",
                        EventKind.DNS_QUERY,
                        document,
                        reading,
                        document.get(fields.transId) + " " + name + " " + type)
                .network(new Network(text(document, fields.proto), "dns", "unknown", null, document.get(fields.uid)))
                .dns(new Dns(name, type, text(document, fields.responseCode), resolved));
        ends(draft, document);
        return finish(draft, document, reading);
    }

    private Outcome http(JsonFields document, Reading reading) {
        String uri = text(document, fields.uri);
        String method = text(document, fields.method);
        String host = text(document, fields.host);
        EventDraft draft = draft("http", EventKind.HTTP_REQUEST, document, reading, document.get(fields.transDepth))
                .network(new Network("tcp", "http", "unknown", null, document.get(fields.uid)))
                .user(Users.of(text(document, fields.username)))
                .http(new Http(
                        method,
                        text(document, fields.referrer),
                        Numbers.within(document.get(fields.statusCode), 999),
                        document.get(fields.responseMimes),
                        text(document, fields.userAgent),
                        Numbers.whole(document.get(fields.responseLength))));
        boolean isConnect = "CONNECT".equals(method);
        boolean isAbsolute = uri != null && Authority.hasScheme(uri);
        if (isConnect || isAbsolute || document.has(fields.proxied)) {
            draft.tag(PROXIED);
        }
        String respHost = Addresses.canonical(fields.respHost.get(document));
        Integer respPort = Numbers.port(fields.respPort.get(document));
        if (isConnect && uri != null) {
            return finish(addressed(draft, document, Authority.of(uri), true), document, reading);
        }
        if (uri != null && isAbsolute) {
            return finish(addressed(draft.url(uri), document, Authority.ofUrl(uri), true), document, reading);
        }
        String server =
                host != null ? host : respHost != null && respHost.indexOf(':') >= 0 ? "[" + respHost + "]" : respHost;
        if (server == null) {
            return reading.rejected(Reason.MISSING_FIELD, this);
        }
        draft.url(url(server, respPort, uri));
        return finish(addressed(draft, document, Authority.of(server), false), document, reading);
    }

    /**
     * Client and destination of a request. Behind a proxy the address that Zeek saw is the proxy's, so only what the request names is
     * taken.
     */
    private EventDraft addressed(EventDraft draft, JsonFields document, @Nullable Authority named, boolean isProxied) {
        String respHost = isProxied ? null : Addresses.canonical(fields.respHost.get(document));
        Integer respPort = isProxied ? null : Numbers.port(fields.respPort.get(document));
        String ip = named != null && named.ip() != null ? named.ip() : respHost;
        Integer port = named != null && named.port() != null ? named.port() : respPort;
        return draft.client(
                        Addresses.canonical(fields.origHost.get(document)),
                        Numbers.port(fields.origPort.get(document)),
                        null)
                .destination(ip, port, named == null ? null : named.domain());
    }

    /** Zeek cuts the port off the Host header: where the server's is not 80, it is put back. */
    private static String url(String server, @Nullable Integer port, @Nullable String uri) {
        boolean hasPort = server.indexOf(':', server.lastIndexOf(']') + 1) >= 0;
        String authority = hasPort || port == null || port == HTTP_PORT ? server : server + ":" + port;
        return "http://" + authority + (uri == null ? "/" : uri.startsWith("/") ? uri : "/" + uri);
    }

    private Outcome ssl(JsonFields document, Reading reading) {
        String name = Hosts.domainName(document.get(fields.serverName));
        EventDraft draft = draft("ssl", EventKind.NETWORK_CONNECTION, document, reading, "")
                .client(
                        Addresses.canonical(fields.origHost.get(document)),
                        Numbers.port(fields.origPort.get(document)),
                        null)
                .destination(
                        Addresses.canonical(fields.respHost.get(document)),
                        Numbers.port(fields.respPort.get(document)),
                        name)
                .network(new Network("tcp", "tls", "unknown", null, document.get(fields.uid)));
        return finish(draft, document, reading);
    }

    private Outcome file(JsonFields document, Reading reading) {
        if ("SSL".equals(document.get(fields.source))) {
            return new Outcome.Ignored("zeek.files", "certificate");
        }
        String fuid = document.get(fields.fuid);
        String filename = text(document, fields.filename);
        String mime = text(document, fields.mimeType);
        Hash hash = Hashes.of(document.get(fields.md5), document.get(fields.sha1), document.get(fields.sha256));
        if (fuid == null || (filename == null && mime == null && hash == null)) {
            return new Outcome.Ignored("zeek.files", "nothing known of the content");
        }
        FileDraft file = new FileDraft(FilePath.of(
                        FilePath.of(filename == null ? fuid : filename).name()))
                .size(Numbers.whole(document.get(fields.totalBytes)))
                .mimeType(mime)
                .hash(hash);
        if (filename == null) {
            file.withoutExtension();
        }
        String flow = document.get(fields.uid);
        EventDraft draft = draft("files", EventKind.OTHER, document, reading, fuid)
                .network(new Network(
                        null,
                        protocol(lower(text(document, fields.source))),
                        "unknown",
                        null,
                        flow == null ? document.get(fields.connUids) : flow))
                .file(file.build());
        if (!ends(draft, document)) {
            boolean isUpload = "true".equals(document.get(fields.isOrig));
            String sender = Addresses.canonical(document.get(fields.senders));
            String receiver = Addresses.canonical(document.get(fields.receivers));
            draft.client(isUpload ? sender : receiver, null, null)
                    .destination(isUpload ? receiver : sender, null, null);
        }
        return finish(draft, document, reading);
    }

    private Outcome lease(JsonFields document, Reading reading) {
        String ip = Addresses.canonical(fields.assigned.get(document));
        List<String> messages = document.all(fields.messageTypes);
        if (ip == null || !(messages.isEmpty() || messages.contains("ACK"))) {
            return new Outcome.Ignored("zeek.dhcp", "no address given");
        }
        String mac = lower(text(document, fields.mac));
        String name = text(document, fields.clientFqdn);
        EventDraft draft = draft("dhcp", EventKind.ADDRESS_LEASE, document, reading, mac + " " + ip)
                .lease(new AddressLease(
                        ip,
                        mac,
                        Hosts.key(name == null ? text(document, fields.hostName) : name),
                        Numbers.whole(document.get(fields.leaseTime))));
        return finish(draft, document, reading);
    }

    /** A draft with Zeek's identity of a record: one connection gives many records, told apart by time and by what they say. */
    private EventDraft draft(
            String log, EventKind kind, JsonFields document, Reading reading, @Nullable String discriminator) {
        String text = document.get(fields.ts);
        EventTime time = EventTime.epoch(text);
        if (time == null) {
            time = reading.time(text);
        }
        String uid = document.get(fields.uid);
        if (uid == null) {
            uid = document.get(fields.uids);
        }
        EventDraft draft = new EventDraft("zeek." + log, kind).time(time);
        if (time != null && (uid != null || document.has(fields.fuid))) {
            draft.identity("zeek", log, uid, Long.toString(time.micros()), discriminator);
        }
        return draft;
    }

    private Outcome finish(EventDraft draft, JsonFields document, Reading reading) {
        if (document.truncated()) {
            draft.tag(Reading.TRUNCATED);
        }
        return reading.event(draft, this);
    }

    /** Sets client and destination by the connection; whether there is one. */
    private boolean ends(EventDraft draft, JsonFields document) {
        String orig = Addresses.canonical(fields.origHost.get(document));
        String resp = Addresses.canonical(fields.respHost.get(document));
        draft.client(orig, Numbers.port(fields.origPort.get(document)), null)
                .destination(resp, Numbers.port(fields.respPort.get(document)), null);
        return orig != null || resp != null;
    }

    private static @Nullable String text(JsonFields document, int slot) {
        return Placeholders.absent(document.get(slot));
    }

    private static @Nullable String protocol(@Nullable String service) {
        return "ssl".equals(service) ? "tls" : service;
    }

    private static String direction(@Nullable String localOrig, @Nullable String localResp) {
        if (localOrig == null || localResp == null) {
            return "unknown";
        }
        boolean isFromInside = localOrig.equals("true");
        boolean isToInside = localResp.equals("true");
        return isFromInside ? isToInside ? "internal" : "egress" : isToInside ? "ingress" : "unknown";
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
