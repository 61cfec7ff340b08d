package io.clicktrail.normalizer.zeek;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Mails;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Zeek's logs say, whatever they are written as. conn is a connection, dns a query, http a request, ssl a
 * connection to the name in the handshake, dhcp a lease, kerberos and ntlm logons, smtp a mail. files is content seen
 * on the wire: no host wrote it that Zeek knows of, so it is OTHER, and its path is the bare name that the wire gave it
 * (else Zeek's file id).
 */
final class ZeekRecords {

    private final ZeekFields fields;
    private final Format format;

    ZeekRecords(ZeekFields fields, Format format) {
        this.fields = fields;
        this.format = format;
    }

    Outcome read(String log, Fields document, RecordContext context) {
        return switch (log) {
            case "conn" -> conn(document, context);
            case "dns" -> dns(document, context);
            case "http" -> http(document, context);
            case "ssl" -> encrypted("ssl", "tcp", "tls", document, context);
            case "quic" -> encrypted("quic", "udp", "quic", document, context);
            case "files" -> file(document, context);
            case "dhcp" -> lease(document, context);
            case "kerberos" -> kerberos(document, context);
            case "ntlm" -> ntlm(document, context);
            case "smtp" -> smtp(document, context);
            default -> new Outcome.Ignored("zeek." + ZeekLogs.known(log), "log without use here");
        };
    }

    private Outcome conn(Fields document, RecordContext context) {
        Long sent = Numbers.whole(document.get(fields.origBytes));
        Long received = Numbers.whole(document.get(fields.respBytes));
        EventDraft draft = draft("conn", EventKind.NETWORK_CONNECTION, document, context, "")
                .network(new Network(
                        text(document, fields.proto),
                        protocol(text(document, fields.service)),
                        direction(document.get(fields.localOrig), document.get(fields.localResp)),
                        sent == null && received == null ? null : (Long) (orZero(sent) + orZero(received)),
                        document.get(fields.uid)))
                .transfer(sent, received);
        return ends(draft, document)
                ? finish(draft, document, context)
                : context.rejected(Reason.MISSING_FIELD, format);
    }

    private Outcome dns(Fields document, RecordContext context) {
        String name = Hosts.domainName(document.get(fields.query));
        if (name == null) {
            return new Outcome.Ignored("zeek.dns", "DNS exchange without a name");
        }
        List<String> resolved = new ArrayList<>(4);
        for (String answer : document.all(fields.answers)) {
            String address = IpAddresses.canonical(answer);
            if (address != null && !resolved.contains(address)) {
                resolved.add(address);
            }
        }
        String type = text(document, fields.queryType);
        EventDraft draft = draft(
                        "dns",
                        EventKind.DNS_QUERY,
                        document,
                        context,
                        document.get(fields.transId) + " " + name + " " + type)
                .network(new Network(text(document, fields.proto), "dns", "unknown", null, document.get(fields.uid)))
                .dns(new Dns(name, type, text(document, fields.responseCode), resolved));
        ends(draft, document);
        return finish(draft, document, context);
    }

    private Outcome http(Fields document, RecordContext context) {
        EventDraft draft = draft("http", EventKind.HTTP_REQUEST, document, context, document.get(fields.transDepth))
                .transfer(
                        Numbers.whole(document.get(fields.requestLength)),
                        Numbers.whole(document.get(fields.responseLength)));
        WebRequest request = WebRequest.onTheWire(draft)
                .client(fields.origHost.get(document), fields.origPort.get(document))
                .server(fields.respHost.get(document), fields.respPort.get(document))
                .user(text(document, fields.username))
                .method(document.get(fields.method))
                .scheme("http")
                .host(document.get(fields.host))
                .uri(document.get(fields.uri))
                .status(document.get(fields.statusCode))
                .referrer(document.get(fields.referrer))
                .mimeType(document.get(fields.responseMimes))
                .userAgent(document.get(fields.userAgent))
                .bytes(document.get(fields.responseLength))
                .flow(document.get(fields.uid));
        if (document.has(fields.proxied)) {
            request.behindProxy();
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return request.read(context, format);
    }

    /** A connection whose server is named in the clear: TLS, or QUIC. */
    private Outcome encrypted(String log, String transport, String protocol, Fields document, RecordContext context) {
        String name = Hosts.domainName(document.get(fields.serverName));
        EventDraft draft = draft(log, EventKind.NETWORK_CONNECTION, document, context, "")
                .client(
                        IpAddresses.canonical(fields.origHost.get(document)),
                        Numbers.port(fields.origPort.get(document)),
                        null)
                .destination(
                        IpAddresses.canonical(fields.respHost.get(document)),
                        Numbers.port(fields.respPort.get(document)),
                        name)
                .network(new Network(transport, protocol, "unknown", null, document.get(fields.uid)));
        return finish(draft, document, context);
    }

    private Outcome file(Fields document, RecordContext context) {
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
        EventDraft draft = draft("files", EventKind.OTHER, document, context, fuid)
                .network(new Network(
                        null,
                        protocol(lower(text(document, fields.source))),
                        "unknown",
                        null,
                        flow == null ? document.get(fields.connUids) : flow))
                .file(file.build());
        if (!ends(draft, document)) {
            boolean isUpload = isTrue(document.get(fields.isOrig));
            String sender = IpAddresses.canonical(document.get(fields.senders));
            String receiver = IpAddresses.canonical(document.get(fields.receivers));
            draft.client(isUpload ? sender : receiver, null, null)
                    .destination(isUpload ? receiver : sender, null, null);
        }
        return finish(draft, document, context);
    }

    private Outcome lease(Fields document, RecordContext context) {
        String ip = IpAddresses.canonical(fields.assigned.get(document));
        List<String> messages = document.all(fields.messageTypes);
        if (ip == null || !(messages.isEmpty() || messages.contains("ACK"))) {
            return new Outcome.Ignored("zeek.dhcp", "no address given");
        }
        String mac = lower(text(document, fields.mac));
        String name = text(document, fields.clientFqdn);
        EventDraft draft = draft("dhcp", EventKind.ADDRESS_LEASE, document, context, mac + " " + ip)
                .lease(new AddressLease(
                        ip,
                        mac,
                        Hosts.key(name == null ? text(document, fields.hostName) : name),
                        Numbers.whole(document.get(fields.leaseTime))));
        return finish(draft, document, context);
    }

    /** {@code client} is {@code ada/CORP.EXAMPLE} or, for a machine, {@code WS-17$/CORP.EXAMPLE}. */
    private Outcome kerberos(Fields document, RecordContext context) {
        String principal = text(document, fields.krbClient);
        String type = text(document, fields.requestType);
        if (principal == null) {
            return new Outcome.Ignored("zeek.kerberos", "no client");
        }
        int slash = principal.lastIndexOf('/');
        String name = slash < 0 ? principal : principal.substring(0, slash);
        String realm = slash < 0 ? null : principal.substring(slash + 1);
        EventDraft draft = draft("kerberos", EventKind.LOGON, document, context, principal + " " + type);
        ends(draft, document);
        String ip = IpAddresses.canonical(fields.origHost.get(document));
        if (name.endsWith("$")) {
            draft.host(Hosts.of(name, Platform.UNKNOWN, ip));
        }
        draft.code(type)
                .user(Users.of(realm, name, null))
                .logon(Logons.of(null, document.get(fields.uid), ip, true))
                .network(new Network(
                        text(document, fields.proto), "kerberos", "unknown", null, document.get(fields.uid)))
                .outcome(outcome(document.get(fields.success)));
        return finish(draft, document, context);
    }

    /** {@code hostname} is the client's own NetBIOS name. */
    private Outcome ntlm(Fields document, RecordContext context) {
        User user = Users.of(text(document, fields.ntlmDomain), text(document, fields.username), null);
        String host = text(document, fields.ntlmHost);
        if (user == null && host == null) {
            return new Outcome.Ignored("zeek.ntlm", "neither user nor host");
        }
        String ip = IpAddresses.canonical(fields.origHost.get(document));
        EventDraft draft = draft("ntlm", EventKind.LOGON, document, context, "");
        ends(draft, document);
        draft.user(user)
                .host(Hosts.of(host, Platform.UNKNOWN, ip))
                .logon(Logons.of(null, document.get(fields.uid), ip, true))
                .network(new Network("tcp", "ntlm", "unknown", null, document.get(fields.uid)))
                .outcome(outcome(document.get(fields.success)));
        return finish(draft, document, context);
    }

    private Outcome smtp(Fields document, RecordContext context) {
        String id = Mailboxes.messageId(document.get(fields.messageId));
        String envelopeFrom = Mailboxes.address(document.get(fields.mailFrom));
        String from = envelopeFrom == null ? Mailboxes.address(document.get(fields.from)) : envelopeFrom;
        if (id == null && from == null) {
            return new Outcome.Ignored("zeek.smtp", "no message");
        }
        List<String> recipients = document.all(document.has(fields.rcptTo) ? fields.rcptTo : fields.to);
        EventDraft draft = draft("smtp", EventKind.EMAIL, document, context, document.get(fields.transDepth));
        ends(draft, document);
        draft.network(new Network("tcp", "smtp", "unknown", null, document.get(fields.uid)))
                .email(Mails.of(
                        id, from, Mailboxes.addresses(recipients), text(document, fields.subject), null, List.of()));
        return finish(draft, document, context);
    }

    /**
     * A draft with Zeek's identity of a record: one connection gives many records, distinguished by time and by what
     * they say.
     */
    private EventDraft draft(
            String log, EventKind kind, Fields document, RecordContext context, @Nullable String discriminator) {
        String text = document.get(fields.ts);
        EventTime time = EventTime.epoch(text);
        if (time == null) {
            time = context.time(text);
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

    private Outcome finish(EventDraft draft, Fields document, RecordContext context) {
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, format);
    }

    /** Sets client and destination by the connection; whether there is one. */
    private boolean ends(EventDraft draft, Fields document) {
        String orig = IpAddresses.canonical(fields.origHost.get(document));
        String resp = IpAddresses.canonical(fields.respHost.get(document));
        draft.client(orig, Numbers.port(fields.origPort.get(document)), null)
                .destination(resp, Numbers.port(fields.respPort.get(document)), null);
        return orig != null || resp != null;
    }

    private static @Nullable String text(Fields document, int slot) {
        return Placeholders.absent(document.get(slot));
    }

    private static @Nullable String protocol(@Nullable String service) {
        return "ssl".equals(service) ? "tls" : service;
    }

    private static String direction(@Nullable String localOrig, @Nullable String localResp) {
        if (localOrig == null || localResp == null) {
            return "unknown";
        }
        boolean isFromInside = isTrue(localOrig);
        boolean isToInside = isTrue(localResp);
        return isFromInside ? isToInside ? "internal" : "egress" : isToInside ? "ingress" : "unknown";
    }

    private static EventOutcome outcome(@Nullable String success) {
        return success == null ? EventOutcome.UNKNOWN : isTrue(success) ? EventOutcome.SUCCESS : EventOutcome.FAILURE;
    }

    /** JSON writes {@code true}, rows write {@code T}. */
    private static boolean isTrue(@Nullable String text) {
        return text != null && (text.equals("true") || text.equals("T"));
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
