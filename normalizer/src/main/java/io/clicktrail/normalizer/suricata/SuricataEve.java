package io.clicktrail.normalizer.suricata;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Network;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Mails;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.PortNumbers;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suricata's EVE records (docs.suricata.io, Eve JSON Format), DNS in versions 1 to 3. {@code src_ip} is the sender of
 * the packet that made the record: of answers, files and alerts that is often the server. The client is the flow's own
 * source where the record has it, else it follows from {@code direction}, else from the ports.
 */
public final class SuricataEve implements JsonFormat {

    private static final Set<String> READ =
            Set.of("http", "dns", "tls", "quic", "flow", "fileinfo", "alert", "smtp", "dhcp");
    private static final String OTHER = "suricata.other";

    /** Events whose source is the client by what Suricata documents of them. */
    private static final Set<String> CLIENT_FIRST = Set.of("http", "tls", "flow", "smtp", "dhcp");

    private final int type;
    private final int timestamp;
    private final int flowId;
    private final int srcIp;
    private final int srcPort;
    private final int destIp;
    private final int destPort;
    private final int proto;
    private final int appProto;
    private final int direction;
    private final int stats;
    private final int txId;
    private final int flowStart;
    private final int flowSrcIp;
    private final int flowSrcPort;
    private final int flowDestIp;
    private final int flowDestPort;
    private final int bytesToServer;
    private final int bytesToClient;
    private final int httpHost;
    private final int httpPort;
    private final int httpUrl;
    private final int httpMethod;
    private final int httpStatus;
    private final int httpReferrer;
    private final int httpMime;
    private final int httpAgent;
    private final int httpLength;
    private final int quicSni;
    private final int dnsType;
    private final int dnsId;
    private final int dnsName;
    private final int dnsRecordType;
    private final int dnsQueriesName;
    private final int dnsQueriesType;
    private final int dnsCode;
    private final int dnsData;
    private final int dnsAnswers;
    private final int dnsGroupedA;
    private final int dnsGroupedAaaa;
    private final int sni;
    private final int fileName;
    private final int fileSize;
    private final int fileMd5;
    private final int fileSha1;
    private final int fileSha256;
    private final int fileMagic;
    private final int signature;
    private final int signatureId;
    private final int severity;
    private final int action;
    private final int techniques;
    private final int mailFrom;
    private final int rcptTo;
    private final int emailFrom;
    private final int emailTo;
    private final int emailId;
    private final int emailSubject;
    private final int emailUrls;
    private final int dhcpType;
    private final int dhcpAssigned;
    private final int dhcpMac;
    private final int dhcpHost;
    private final int dhcpSeconds;

    public SuricataEve(JsonPaths paths) {
        type = paths.field("event_type");
        timestamp = paths.field("timestamp");
        flowId = paths.field("flow_id");
        srcIp = paths.field("src_ip");
        srcPort = paths.field("src_port");
        destIp = paths.field("dest_ip");
        destPort = paths.field("dest_port");
        proto = paths.field("proto");
        appProto = paths.field("app_proto");
        direction = paths.field("direction");
        stats = paths.field("stats");
        txId = paths.field("tx_id");
        flowStart = paths.field("flow.start");
        flowSrcIp = paths.field("flow.src_ip");
        flowSrcPort = paths.field("flow.src_port");
        flowDestIp = paths.field("flow.dest_ip");
        flowDestPort = paths.field("flow.dest_port");
        bytesToServer = paths.field("flow.bytes_toserver");
        bytesToClient = paths.field("flow.bytes_toclient");
        httpHost = paths.field("http.hostname");
        httpPort = paths.field("http.http_port");
        httpUrl = paths.field("http.url");
        httpMethod = paths.field("http.http_method");
        httpStatus = paths.field("http.status");
        httpReferrer = paths.field("http.http_refer");
        httpMime = paths.field("http.http_content_type");
        httpAgent = paths.field("http.http_user_agent");
        httpLength = paths.field("http.length");
        quicSni = paths.field("quic.sni");
        dnsType = paths.field("dns.type");
        dnsId = paths.field("dns.id");
        dnsName = paths.field("dns.rrname");
        dnsRecordType = paths.field("dns.rrtype");
        dnsQueriesName = paths.field("dns.queries.rrname");
        dnsQueriesType = paths.field("dns.queries.rrtype");
        dnsCode = paths.field("dns.rcode");
        dnsData = paths.field("dns.rdata");
        dnsAnswers = paths.field("dns.answers.rdata");
        dnsGroupedA = paths.field("dns.grouped.A");
        dnsGroupedAaaa = paths.field("dns.grouped.AAAA");
        sni = paths.field("tls.sni");
        fileName = paths.field("fileinfo.filename");
        fileSize = paths.field("fileinfo.size");
        fileMd5 = paths.field("fileinfo.md5");
        fileSha1 = paths.field("fileinfo.sha1");
        fileSha256 = paths.field("fileinfo.sha256");
        fileMagic = paths.field("fileinfo.mimetype");
        signature = paths.field("alert.signature");
        signatureId = paths.field("alert.signature_id");
        severity = paths.field("alert.severity");
        action = paths.field("alert.action");
        techniques = paths.field("alert.metadata.mitre_technique_id");
        mailFrom = paths.field("smtp.mail_from");
        rcptTo = paths.field("smtp.rcpt_to");
        emailFrom = paths.field("email.from");
        emailTo = paths.field("email.to");
        emailId = paths.field("email.message_id");
        emailSubject = paths.field("email.subject");
        emailUrls = paths.field("email.url");
        dhcpType = paths.field("dhcp.dhcp_type");
        dhcpAssigned = paths.field("dhcp.assigned_ip");
        dhcpMac = paths.field("dhcp.client_mac");
        dhcpHost = paths.field("dhcp.hostname");
        dhcpSeconds = paths.field("dhcp.lease_time");
    }

    @Override
    public String name() {
        return "suricata.eve";
    }

    @Override
    public List<String> datasets() {
        List<String> datasets = new ArrayList<>(
                READ.stream().sorted().map(name -> "suricata." + name).toList());
        datasets.add(OTHER);
        return datasets;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(type)
                && document.has(timestamp)
                && (document.has(flowId) || document.has(srcIp) && document.has(proto) || document.has(stats));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String name = document.get(type);
        return switch (name == null ? "" : name) {
            case "http" -> http(document, context);
            case "dns" -> dns(document, context);
            case "tls" -> tls(document, context);
            case "quic" -> quic(document, context);
            case "flow" -> flow(document, context);
            case "fileinfo" -> file(document, context);
            case "alert" -> alert(document, context);
            case "smtp" -> mail(document, context);
            case "dhcp" -> lease(document, context);
            default -> new Outcome.Ignored(OTHER, "event type without use here");
        };
    }

    private Outcome http(JsonFields document, RecordContext context) {
        Ends ends = ends(document, "http");
        EventDraft draft = draft("http", EventKind.HTTP_REQUEST, document, context, document.get(txId));
        return request(WebRequest.onTheWire(draft), document, ends).read(context, this);
    }

    private WebRequest request(WebRequest request, JsonFields document, Ends ends) {
        return request.client(ends.clientIp, ends.clientPort)
                .server(ends.serverIp, ends.serverPort)
                .method(document.get(httpMethod))
                .scheme("http")
                .host(document.get(httpHost))
                .uri(document.get(httpUrl))
                .status(document.get(httpStatus))
                .referrer(document.get(httpReferrer))
                .mimeType(document.get(httpMime))
                .userAgent(document.get(httpAgent))
                .bytes(document.get(httpLength))
                .flow(document.get(flowId));
    }

    private Outcome dns(JsonFields document, RecordContext context) {
        if (document.has(dnsName)) {
            return dns(document.get(dnsName), document.get(dnsRecordType), document, context);
        }
        List<String> queries = document.all(dnsQueriesName);
        List<String> types = document.all(dnsQueriesType);
        if (queries.size() < 2) {
            return dns(document.get(dnsQueriesName), document.get(dnsQueriesType), document, context);
        }
        List<Outcome> outcomes = new ArrayList<>(queries.size());
        for (int i = 0; i < queries.size(); i++) {
            outcomes.add(dns(queries.get(i), types.size() == queries.size() ? types.get(i) : null, document, context));
        }
        return Outcome.Normalized.ofAll(outcomes);
    }

    private Outcome dns(
            @Nullable String asked, @Nullable String recordType, JsonFields document, RecordContext context) {
        String name = Hosts.domainName(asked);
        if (name == null) {
            return new Outcome.Ignored("suricata.dns", "DNS exchange without a name");
        }
        List<String> resolved = new ArrayList<>(4);
        for (int slot : new int[] {dnsAnswers, dnsGroupedA, dnsGroupedAaaa, dnsData}) {
            for (String answer : document.all(slot)) {
                String address = IpAddresses.canonical(answer);
                if (address != null && !resolved.contains(address)) {
                    resolved.add(address);
                }
            }
        }
        EventDraft draft = draft(
                "dns",
                EventKind.DNS_QUERY,
                document,
                context,
                document.get(dnsId) + " " + document.get(dnsType) + " " + name + " " + recordType);
        draft.dns(new Dns(name, recordType, document.get(dnsCode), resolved));
        return connected(draft, document, "dns", "dns", context);
    }

    private Outcome quic(JsonFields document, RecordContext context) {
        Ends ends = ends(document, "quic");
        EventDraft draft = draft("quic", EventKind.NETWORK_CONNECTION, document, context, "");
        draft.client(IpAddresses.canonical(ends.clientIp), Numbers.port(ends.clientPort), null)
                .destination(
                        IpAddresses.canonical(ends.serverIp),
                        Numbers.port(ends.serverPort),
                        Hosts.domainName(document.get(quicSni)))
                .network(new Network("udp", "quic", "unknown", null, document.get(flowId)));
        return finish(draft, document, context);
    }

    private Outcome tls(JsonFields document, RecordContext context) {
        Ends ends = ends(document, "tls");
        EventDraft draft = draft("tls", EventKind.NETWORK_CONNECTION, document, context, "");
        draft.client(IpAddresses.canonical(ends.clientIp), Numbers.port(ends.clientPort), null)
                .destination(
                        IpAddresses.canonical(ends.serverIp),
                        Numbers.port(ends.serverPort),
                        Hosts.domainName(document.get(sni)))
                .network(new Network("tcp", "tls", "unknown", null, document.get(flowId)));
        return finish(draft, document, context);
    }

    private Outcome flow(JsonFields document, RecordContext context) {
        Long sent = Numbers.whole(document.get(bytesToServer));
        Long received = Numbers.whole(document.get(bytesToClient));
        Long bytes = sent == null && received == null
                ? null
                : (Long) ((sent == null ? 0 : sent) + (received == null ? 0 : received));
        Ends ends = ends(document, "flow");
        String clientIp = IpAddresses.canonical(ends.clientIp);
        String serverIp = IpAddresses.canonical(ends.serverIp);
        if (clientIp == null && serverIp == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        EventDraft draft = draft("flow", EventKind.NETWORK_CONNECTION, document, context, document.get(flowStart));
        draft.client(clientIp, Numbers.port(ends.clientPort), null)
                .destination(serverIp, Numbers.port(ends.serverPort), null)
                .network(new Network(
                        lower(document.get(proto)),
                        applicationProtocol(document),
                        "unknown",
                        bytes,
                        document.get(flowId)))
                .transfer(sent, received);
        if (document.has(flowStart)) {
            draft.time(context.time(document.get(flowStart)));
        }
        return finish(draft, document, context);
    }

    /** Content seen on the wire: no host wrote it that Suricata knows of. */
    private Outcome file(JsonFields document, RecordContext context) {
        String name = Placeholders.absent(document.get(fileName));
        if (name == null || name.endsWith("/")) {
            return new Outcome.Ignored("suricata.fileinfo", "nothing known of the content");
        }
        Hash hash = Hashes.of(document.get(fileMd5), document.get(fileSha1), document.get(fileSha256));
        EventDraft draft = draft("fileinfo", EventKind.OTHER, document, context, document.get(txId) + " " + name);
        String mime = document.get(fileMagic);
        draft.file(new FileDraft(FilePath.of(FilePath.of(name).name()))
                .size(Numbers.whole(document.get(fileSize)))
                .mimeType(mime == null ? document.get(httpMime) : mime)
                .hash(hash)
                .build());
        return connected(draft, document, "fileinfo", applicationProtocol(document), context);
    }

    private Outcome alert(JsonFields document, RecordContext context) {
        String title = Placeholders.absent(document.get(signature));
        if (title == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        EventDraft draft = draft(
                "alert",
                EventKind.SECURITY_ALERT,
                document,
                context,
                document.get(signatureId) + " " + document.get(txId));
        draft.code(document.get(signatureId))
                .alert(new SecurityAlert(null, title, document.get(severity), document.all(techniques)))
                .outcome("blocked".equals(document.get(action)) ? EventOutcome.FAILURE : EventOutcome.UNKNOWN);
        return connected(draft, document, "alert", applicationProtocol(document), context);
    }

    private Outcome mail(JsonFields document, RecordContext context) {
        String envelopeFrom = Mailboxes.address(document.get(mailFrom));
        String from = envelopeFrom == null ? Mailboxes.address(document.get(emailFrom)) : envelopeFrom;
        String id = Mailboxes.messageId(document.get(emailId));
        if (from == null && id == null) {
            return new Outcome.Ignored("suricata.smtp", "no message");
        }
        EventDraft draft = draft("smtp", EventKind.EMAIL, document, context, document.get(txId));
        draft.email(Mails.of(
                id,
                from,
                Mailboxes.addresses(document.all(document.has(rcptTo) ? rcptTo : emailTo)),
                Placeholders.absent(document.get(emailSubject)),
                null,
                document.all(emailUrls)));
        return connected(draft, document, "smtp", "smtp", context);
    }

    private Outcome lease(JsonFields document, RecordContext context) {
        String ip = IpAddresses.canonical(document.get(dhcpAssigned));
        if (ip == null || !"ack".equals(document.get(dhcpType))) {
            return new Outcome.Ignored("suricata.dhcp", "no address given");
        }
        EventDraft draft = draft("dhcp", EventKind.ADDRESS_LEASE, document, context, ip);
        draft.lease(new AddressLease(
                ip,
                lower(document.get(dhcpMac)),
                Hosts.key(document.get(dhcpHost)),
                Numbers.whole(document.get(dhcpSeconds))));
        return finish(draft, document, context);
    }

    /** Adds client, server and connection. */
    private Outcome connected(
            EventDraft draft, JsonFields document, String log, @Nullable String protocol, RecordContext context) {
        Ends ends = ends(document, log);
        draft.client(IpAddresses.canonical(ends.clientIp), Numbers.port(ends.clientPort), null)
                .destination(IpAddresses.canonical(ends.serverIp), Numbers.port(ends.serverPort), null)
                .network(new Network(lower(document.get(proto)), protocol, "unknown", null, document.get(flowId)));
        return finish(draft, document, context);
    }

    private EventDraft draft(
            String log, EventKind kind, JsonFields document, RecordContext context, @Nullable String discriminator) {
        String stamp = document.get(timestamp);
        EventDraft draft = new EventDraft("suricata." + log, kind).time(context.time(stamp));
        if (document.has(flowId)) {
            draft.identity("suricata", log, document.get(flowId), stamp, document.get(srcIp), discriminator);
        }
        return draft;
    }

    private Outcome finish(EventDraft draft, JsonFields document, RecordContext context) {
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, this);
    }

    private @Nullable String applicationProtocol(JsonFields document) {
        String name = document.get(appProto);
        return name == null || name.equals("failed") || name.equals("unknown") ? null : name;
    }

    private Ends ends(JsonFields document, String log) {
        if (document.has(flowSrcIp) && document.has(flowDestIp)) {
            return new Ends(
                    document.get(flowSrcIp),
                    document.get(flowSrcPort),
                    document.get(flowDestIp),
                    document.get(flowDestPort));
        }
        Ends packet =
                new Ends(document.get(srcIp), document.get(srcPort), document.get(destIp), document.get(destPort));
        String way = document.get(direction);
        boolean isAnswer = way != null
                ? way.equals("to_client")
                : !CLIENT_FIRST.contains(log)
                        && (packet.isFromServer(document.get(httpPort)) || isDnsAnswer(log, document));
        return isAnswer ? new Ends(packet.serverIp, packet.serverPort, packet.clientIp, packet.clientPort) : packet;
    }

    /** Answers before version 4.1 have the server's end first, also where the client's port is low. */
    private boolean isDnsAnswer(String log, JsonFields document) {
        return log.equals("dns") && "answer".equals(document.get(dnsType)) && "53".equals(document.get(srcPort));
    }

    /** In small letters; numbers of protocols, which some versions write with zeros before them, by their names. */
    private static @Nullable String lower(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "006" -> "tcp";
            case "017" -> "udp";
            case "001" -> "icmp";
            default -> text.toLowerCase(Locale.ROOT);
        };
    }

    /** Both sides of a flow. */
    private record Ends(
            @Nullable String clientIp,
            @Nullable String clientPort,
            @Nullable String serverIp,
            @Nullable String serverPort) {

        /** Whether the side that was taken for the client has the port of a server and the other has not. */
        boolean isFromServer(@Nullable String httpPort) {
            boolean isHttp = httpPort != null && httpPort.equals(clientPort) && !httpPort.equals(serverPort);
            return isHttp || PortNumbers.isServer(Numbers.port(clientPort), Numbers.port(serverPort));
        }
    }
}
