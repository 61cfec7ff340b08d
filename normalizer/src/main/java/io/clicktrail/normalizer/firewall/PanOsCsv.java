package io.clicktrail.normalizer.firewall;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.PortNumbers;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.fields.DelimitedRow;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PAN-OS logs as CSV (docs.paloaltonetworks.com, Syslog Field Descriptions): TRAFFIC is a connection, THREAT of subtype
 * url a request, of subtype file content on the wire, of any other subtype an alert, GLOBALPROTECT with an address for
 * the tunnel a lease. Times are the firewall's local ones; the high-resolution stamp, where there is one, gives their
 * zone.
 */
public final class PanOsCsv implements TextFormat {

    private static final int SIGNATURE_BYTES = 96;
    private static final int STAMP = 19;
    private static final int YEAR = 4;
    private static final String SERVER_FIRST = "server-to-client";

    private final FieldNames names = new FieldNames();
    private final int type = names.slot("type");
    private final int subtype = names.slot("subtype");
    private final int generated = names.slot("time_generated");
    private final int src = names.slot("src");
    private final int dst = names.slot("dst");
    private final int srcUser = names.slot("srcuser");
    private final int dstUser = names.slot("dstuser");
    private final int direction = names.slot("direction");
    private final int app = names.slot("app");
    private final int session = names.slot("sessionid");
    private final int srcPort = names.slot("sport");
    private final int dstPort = names.slot("dport");
    private final int proto = names.slot("proto");
    private final int action = names.slot("action");
    private final int bytes = names.slot("bytes");
    private final int bytesSent = names.slot("bytes_sent");
    private final int bytesReceived = names.slot("bytes_received");
    private final int start = names.slot("start");
    private final int serial = names.slot("serial");
    private final int sequence = names.slot("seqno");
    private final int highResolution = names.slot("high_res_timestamp");
    private final int srcHost = names.slot("src_host");
    private final int misc = names.slot("misc");
    private final int threat = names.slot("threatid");
    private final int severity = names.slot("severity");
    private final int contentType = names.slot("contenttype");
    private final int digest = names.slot("filedigest");
    private final int userAgent = names.slot("user_agent");
    private final int referrer = names.slot("referer");
    private final int method = names.slot("http_method");
    private final int eventId = names.slot("eventid");
    private final int machine = names.slot("machinename");
    private final int publicIp = names.slot("public_ip");
    private final int privateIp = names.slot("private_ip");
    private final int privateIpv6 = names.slot("private_ipv6");
    private final int status = names.slot("status");
    private final int[] traffic = names.columns(PanOsColumns.TRAFFIC);
    private final int[] threats = names.columns(PanOsColumns.THREAT);
    private final int[] globalProtect = names.columns(PanOsColumns.GLOBAL_PROTECT);

    @Override
    public String name() {
        return "paloalto.csv";
    }

    @Override
    public String firstBytes() {
        return ",0123456789";
    }

    @Override
    public List<String> datasets() {
        return List.of(
                "paloalto.traffic",
                "paloalto.url",
                "paloalto.threat",
                "paloalto.file",
                "paloalto.globalprotect",
                "paloalto.other");
    }

    /** {@code \d*,YYYY/MM/DD hh:mm:ss,SERIAL,TYPE,}, where some relay may have cut the first cell off. */
    @Override
    public boolean recognises(Span text) {
        byte[] value = text.bytes();
        int at = text.from();
        int to = Lines.headEnd(text, SIGNATURE_BYTES);
        while (at < to && isDigit(value[at])) {
            at++;
        }
        at = at < to && value[at] == '/' ? text.from() - 1 : at;
        if (to - at < STAMP + 4
                || at >= text.from() && value[at] != ','
                || value[at + 5] != '/'
                || value[at + 8] != '/'
                || value[at + 14] != ':') {
            return false;
        }
        at += STAMP + 1;
        if (value[at] != ',') {
            return false;
        }
        int serialEnd = Lines.find(value, at + 1, to, ",");
        int typeEnd = serialEnd < 0 ? -1 : Lines.find(value, serialEnd + 1, to, ",");
        if (typeEnd < serialEnd + 4) {
            return false;
        }
        for (int i = serialEnd + 1; i < typeEnd; i++) {
            if (!isUpper(value[i]) && value[i] != '_' && value[i] != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String whole = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        String line = whole.length() > YEAR && whole.charAt(YEAR) == '/' ? ',' + whole : whole;
        String log = DelimitedRow.COMMA.cell(line, 3);
        return switch (log == null ? "" : log) {
            case "TRAFFIC" -> connection(values(line, traffic, context), context);
            case "THREAT" -> threat(values(line, threats, context), context);
            case "GLOBALPROTECT" -> tunnel(values(line, globalProtect, context), context);
            default -> new Outcome.Ignored("paloalto.other", "log without use here");
        };
    }

    private TextFields values(String line, int[] columns, RecordContext context) {
        TextFields values = new TextFields(names, context.limits().fieldChars());
        DelimitedRow.COMMA.read(line, 0, columns, values);
        return values;
    }

    private Outcome connection(TextFields row, RecordContext context) {
        String stamp = row.has(start) ? row.get(start) : row.get(generated);
        EventDraft draft = draft("traffic", EventKind.NETWORK_CONNECTION, row, time(row, stamp, context));
        return connected(draft, null, row, context);
    }

    private Outcome threat(TextFields row, RecordContext context) {
        String kind = row.get(subtype);
        EventTime time = time(row, row.get(generated), context);
        if ("url".equals(kind)) {
            return request(draft("url", EventKind.HTTP_REQUEST, row, time), row, context);
        }
        String name = row.get(misc);
        boolean isFile = "file".equals(kind);
        EventDraft draft =
                draft(isFile ? "file" : "threat", isFile ? EventKind.OTHER : EventKind.SECURITY_ALERT, row, time);
        boolean isNamed = isFile || "virus".equals(kind) || "wildfire".equals(kind) || "wildfire-virus".equals(kind);
        String fileName = name == null ? "" : FilePath.of(name).name();
        if (isNamed && !fileName.isEmpty()) {
            draft.file(new FileDraft(FilePath.of(fileName))
                    .hash(Hashes.of(null, null, row.get(digest)))
                    .build());
        }
        if (!isFile) {
            String title = row.get(threat);
            if (title == null) {
                return context.rejected(Reason.MISSING_FIELD, this);
            }
            draft.alert(new SecurityAlert(row.get(sequence), title, row.get(severity), List.of()));
        }
        Authority asked = isNamed || name == null ? null : Authority.ofUrl(name);
        return connected(draft.code(kind), asked == null ? null : asked.domain(), row, context);
    }

    private Outcome request(EventDraft draft, TextFields row, RecordContext context) {
        draft.host(host(row));
        return WebRequest.atFirewall(draft)
                .client(row.get(src), row.get(srcPort))
                .server(row.get(dst), row.get(dstPort))
                .user(row.get(srcUser))
                .method(row.get(method))
                .scheme("ssl".equals(row.get(app)) ? "https" : null)
                .uri(row.get(misc))
                .referrer(row.get(referrer))
                .mimeType(row.get(contentType))
                .userAgent(row.get(userAgent))
                .flow(row.get(session))
                .read(context, this);
    }

    /** An address that a gateway gave to a client; the end of a tunnel gives none. */
    private Outcome tunnel(TextFields row, RecordContext context) {
        String ip = IpAddresses.canonical(row.get(privateIp));
        if (ip == null) {
            ip = IpAddresses.canonical(row.get(privateIpv6));
        }
        String event = row.get(eventId);
        if (ip == null || event == null || event.endsWith("logout") || "failure".equals(row.get(status))) {
            return new Outcome.Ignored("paloalto.globalprotect", "no address given");
        }
        EventDraft draft = draft("globalprotect", EventKind.ADDRESS_LEASE, row, time(row, row.get(generated), context))
                .code(event)
                .user(Users.of(row.get(srcUser)))
                .client(IpAddresses.canonical(row.get(publicIp)), null, null)
                .lease(new AddressLease(ip, null, Hosts.key(row.get(machine)), null));
        return context.event(draft, this);
    }

    /**
     * Adds both ends and the connection; a row without addresses says nothing. What a server sent may be written from
     * its side.
     */
    private Outcome connected(EventDraft draft, @Nullable String domain, TextFields row, RecordContext context) {
        String from = IpAddresses.canonical(row.get(src));
        String to = IpAddresses.canonical(row.get(dst));
        if (from == null && to == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        Integer fromPort = Numbers.port(row.get(srcPort));
        Integer toPort = Numbers.port(row.get(dstPort));
        if (SERVER_FIRST.equals(row.get(direction)) && PortNumbers.isServer(fromPort, toPort)) {
            draft.user(Users.of(row.get(dstUser))).client(to, toPort, null).destination(from, fromPort, null);
        } else {
            draft.host(host(row))
                    .user(Users.of(row.get(srcUser)))
                    .client(from, fromPort, null)
                    .destination(to, toPort, domain);
        }
        draft.network(new Network(
                        row.get(proto),
                        protocol(row.get(app)),
                        "unknown",
                        Numbers.whole(row.get(bytes)),
                        row.get(session)))
                .transfer(Numbers.whole(row.get(bytesSent)), Numbers.whole(row.get(bytesReceived)));
        return context.event(draft, this);
    }

    private EventDraft draft(String log, EventKind kind, TextFields row, @Nullable EventTime time) {
        EventDraft draft = new EventDraft("paloalto." + log, kind).time(time).outcome(Actions.outcome(row.get(action)));
        String number = row.get(sequence);
        if (row.has(serial) && number != null && !number.equals("0")) {
            draft.identity("paloalto", row.get(serial), row.get(type), number, row.get(generated), row.get(session));
        }
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return draft;
    }

    /** The stamp in the zone of the high-resolution one, else in the configured zone. */
    private @Nullable EventTime time(TextFields row, @Nullable String stamp, RecordContext context) {
        String exact = row.get(highResolution);
        int zone = exact == null
                ? -1
                : Math.max(exact.lastIndexOf('+'), Math.max(exact.lastIndexOf('-'), exact.lastIndexOf('Z')));
        return context.time(stamp, exact == null || zone < STAMP ? null : exact.substring(zone));
    }

    private @Nullable Host host(TextFields row) {
        return Hosts.of(row.get(srcHost), Platform.UNKNOWN, IpAddresses.canonical(row.get(src)));
    }

    private static @Nullable String protocol(@Nullable String app) {
        return switch (app == null ? "" : app) {
            case "", "incomplete", "insufficient-data", "not-applicable", "unknown-tcp", "unknown-udp" -> null;
            case "ssl" -> "tls";
            case "web-browsing" -> "http";
            default -> app;
        };
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
