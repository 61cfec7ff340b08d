package io.clicktrail.normalizer.firewall;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Transports;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * FortiGate's logs of keys with values (docs.fortinet.com, FortiOS Log Message Reference), separated by blanks or
 * commas: traffic is a connection, webfilter a request, dns a query, virus and ips alerts, the DHCP server's Ack a
 * lease. {@code eventtime} counts seconds or, from FortiOS 6.2 on, nanoseconds; {@code date} and {@code time} are the
 * device's local ones, with {@code tz} where it is given.
 */
public final class FortiGate implements TextFormat {

    private static final int SIGNATURE_BYTES = 400;
    private static final KeyValuePairs BLANKS = new KeyValuePairs(' ', '=');
    private static final KeyValuePairs COMMAS = new KeyValuePairs(',', '=');

    private final FieldNames names = new FieldNames();
    private final int date = names.slot("date");
    private final int time = names.slot("time");
    private final int zone = names.slot("tz");
    private final int eventTime = names.slot("eventtime");
    private final int type = names.slot("type");
    private final int subtype = names.slot("subtype");
    private final int logId = names.slot("logid");
    private final int level = names.slot("level");
    private final int device = names.slot("devid");
    private final int session = names.slot("sessionid");
    private final int src = names.slot("srcip");
    private final int srcPort = names.slot("srcport");
    private final int srcName = names.slot("srcname");
    private final int dst = names.slot("dstip");
    private final int dstPort = names.slot("dstport");
    private final int proto = names.slot("proto");
    private final int service = names.slot("service");
    private final int user = names.slot("user");
    private final int unauthenticated = names.slot("unauthuser");
    private final int action = names.slot("action");
    private final int sent = names.slot("sentbyte");
    private final int received = names.slot("rcvdbyte");
    private final int direction = names.slot("direction");
    private final int hostname = names.slot("hostname");
    private final int url = names.slot("url");
    private final int method = names.slot("httpmethod");
    private final int agent = names.slot("agent");
    private final int referrer = names.slot("referralurl");
    private final int contentType = names.slot("contenttype");
    private final int query = names.slot("qname");
    private final int queryType = names.slot("qtype");
    private final int addresses = names.slot("ipaddr");
    private final int responseCode = names.slot("rcode");
    private final int virus = names.slot("virus");
    private final int attack = names.slot("attack");
    private final int severity = names.slot("severity");
    private final int incident = names.slot("incidentserialno");
    private final int filename = names.slot("filename");
    private final int checksum = names.slot("analyticscksum");
    private final int dhcpMessage = names.slot("dhcp_msg");
    private final int ip = names.slot("ip");
    private final int mac = names.slot("mac");
    private final int lease = names.slot("lease");

    @Override
    public String name() {
        return "fortinet.fortigate";
    }

    @Override
    public String firstBytes() {
        return "dlit";
    }

    @Override
    public List<String> datasets() {
        return List.of(
                "fortigate.traffic",
                "fortigate.webfilter",
                "fortigate.dns",
                "fortigate.alert",
                "fortigate.dhcp",
                "fortigate.other");
    }

    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        int to = Lines.headEnd(text, SIGNATURE_BYTES);
        return isKey(bytes, from, to, "date=")
                && isKey(bytes, from, to, "time=")
                && isKey(bytes, from, to, "type=")
                && (isKey(bytes, from, to, "devid=")
                        || isKey(bytes, from, to, "devname=")
                        || isKey(bytes, from, to, "logid=")
                        || isKey(bytes, from, to, "device_id=") && !isKey(bytes, from, to, "device_id=FE"));
    }

    private static boolean isKey(byte[] bytes, int from, int to, String key) {
        int at = Lines.find(bytes, from, to, key);
        return at == from
                || (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == ','))
                || (at > 0 && Lines.find(bytes, at + 1, to, " " + key) > 0);
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        int blank = line.indexOf(' ');
        int comma = line.indexOf(',');
        TextFields row = new TextFields(names, context.limits().fieldChars());
        (comma > 0 && (blank < 0 || comma < blank) ? COMMAS : BLANKS).read(line, 0, names, row);
        String kind = row.get(subtype);
        return switch (kind == null ? "" : kind) {
            case "webfilter" -> request(row, context);
            case "dns", "dns-query", "dns-response" -> dns(row, context);
            case "virus", "ips", "anomaly" -> alert(row, context);
            case "forward", "local", "sniffer", "multicast", "ztna" -> connection(row, context);
            default ->
                row.has(dhcpMessage)
                        ? lease(row, context)
                        : new Outcome.Ignored("fortigate.other", "log without use here");
        };
    }

    private Outcome request(TextFields row, RecordContext context) {
        String scheme = row.get(service);
        return WebRequest.atFirewall(
                        draft("webfilter", EventKind.HTTP_REQUEST, row, context).host(host(row)))
                .client(row.get(src), row.get(srcPort))
                .server(row.get(dst), row.get(dstPort))
                .user(user(row))
                .method(row.get(method))
                .scheme("HTTPS".equals(scheme) || "HTTP".equals(scheme) ? scheme : null)
                .host(row.get(hostname))
                .uri(row.get(url))
                .referrer(row.get(referrer))
                .mimeType(row.get(contentType))
                .userAgent(row.get(agent))
                .bytes(row.get(received))
                .direction(direction(row))
                .flow(row.get(session))
                .read(context, this);
    }

    private Outcome dns(TextFields row, RecordContext context) {
        String name = Hosts.domainName(row.get(query));
        if (name == null) {
            return new Outcome.Ignored("fortigate.dns", "DNS exchange without a name");
        }
        EventDraft draft = draft("dns", EventKind.DNS_QUERY, row, context)
                .dns(new Dns(
                        name, row.get(queryType), responseCode(row.get(responseCode)), resolved(row.get(addresses))));
        return connected(draft, row, "dns", context);
    }

    private Outcome alert(TextFields row, RecordContext context) {
        String title = row.has(virus) ? row.get(virus) : row.get(attack);
        if (title == null) {
            return new Outcome.Ignored("fortigate.alert", "nothing found");
        }
        EventDraft draft = draft("alert", EventKind.SECURITY_ALERT, row, context)
                .alert(new SecurityAlert(
                        row.get(incident), title, row.has(severity) ? row.get(severity) : row.get(level), List.of()));
        String file = row.get(filename);
        if (file != null) {
            draft.file(new FileDraft(FilePath.of(FilePath.of(file).name()))
                    .hash(Hashes.of(null, null, row.get(checksum)))
                    .build());
        }
        return connected(draft.code(row.get(subtype)), row, protocol(row), context);
    }

    private Outcome connection(TextFields row, RecordContext context) {
        return connected(draft("traffic", EventKind.NETWORK_CONNECTION, row, context), row, protocol(row), context);
    }

    private Outcome lease(TextFields row, RecordContext context) {
        String address = IpAddresses.canonical(row.get(ip));
        String message = row.get(dhcpMessage);
        if (address == null || message == null || !message.equalsIgnoreCase("ack")) {
            return new Outcome.Ignored("fortigate.dhcp", "no address given");
        }
        String hardware = row.get(mac);
        return context.event(
                draft("dhcp", EventKind.ADDRESS_LEASE, row, context)
                        .lease(new AddressLease(
                                address,
                                hardware == null ? null : hardware.toLowerCase(Locale.ROOT),
                                Hosts.key(row.get(hostname)),
                                Numbers.whole(row.get(lease)))),
                this);
    }

    private Outcome connected(EventDraft draft, TextFields row, @Nullable String protocol, RecordContext context) {
        String client = IpAddresses.canonical(row.get(src));
        String server = IpAddresses.canonical(row.get(dst));
        if (client == null && server == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        Long out = Numbers.whole(row.get(sent));
        Long in = Numbers.whole(row.get(received));
        draft.host(host(row))
                .user(Users.of(user(row)))
                .client(client, Numbers.port(row.get(srcPort)), null)
                .destination(server, Numbers.port(row.get(dstPort)), null)
                .network(new Network(
                        Transports.of(row.get(proto)),
                        protocol,
                        direction(row),
                        out == null && in == null ? null : (Long) ((out == null ? 0 : out) + (in == null ? 0 : in)),
                        row.get(session)))
                .transfer(out, in);
        return context.event(draft, this);
    }

    private EventDraft draft(String log, EventKind kind, TextFields row, RecordContext context) {
        EventDraft draft = new EventDraft("fortigate." + log, kind)
                .time(time(row, context))
                .outcome(Actions.outcome(row.get(action)));
        if (row.has(eventTime) && row.has(device) && row.has(session)) {
            draft.identity(
                    "fortigate", row.get(device), row.get(logId), row.get(session), row.get(eventTime), row.get(url));
        }
        if (row.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return draft;
    }

    private @Nullable EventTime time(TextFields row, RecordContext context) {
        EventTime exact = EventTime.epoch(row.get(eventTime));
        if (exact != null) {
            return exact;
        }
        if (!row.has(date) && !row.has(time)) {
            return context.timeAround();
        }
        return context.time(row.get(date) + " " + row.get(time), row.get(zone));
    }

    /** What the device makes out of DHCP and NetBIOS; a hardware address is no name. */
    private @Nullable Host host(TextFields row) {
        String name = row.get(srcName);
        return name == null || name.indexOf(':') >= 0
                ? null
                : Hosts.of(name, Platform.UNKNOWN, IpAddresses.canonical(row.get(src)));
    }

    private @Nullable String user(TextFields row) {
        return row.has(user) ? row.get(user) : row.get(unauthenticated);
    }

    private String direction(TextFields row) {
        String way = row.get(direction);
        return switch (way == null ? "" : way) {
            case "outgoing" -> "egress";
            case "incoming" -> "ingress";
            default -> "unknown";
        };
    }

    private @Nullable String protocol(TextFields row) {
        String name = row.get(service);
        return switch (name == null ? "" : name) {
            case "HTTP" -> "http";
            case "HTTPS", "SSL" -> "tls";
            case "DNS" -> "dns";
            default -> null;
        };
    }

    /** Only the two codes that decide something are named; FortiOS writes their numbers. */
    private static @Nullable String responseCode(@Nullable String number) {
        return number == null ? null : number.equals("0") ? "NOERROR" : number.equals("3") ? "NXDOMAIN" : number;
    }

    private static List<String> resolved(@Nullable String list) {
        if (list == null) {
            return List.of();
        }
        List<String> resolved = new ArrayList<>(4);
        int from = 0;
        while (from <= list.length() && resolved.size() < 64) {
            int comma = list.indexOf(',', from);
            int end = comma < 0 ? list.length() : comma;
            String address = IpAddresses.canonical(list.substring(from, end).strip());
            if (address != null && !resolved.contains(address)) {
                resolved.add(address);
            }
            from = end + 1;
        }
        return resolved;
    }
}
