package io.clicktrail.normalizer.firewall;

import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Network;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Actions;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.PortNumbers;
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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frequent messages of Cisco's ASA and Firepower Threat Defense (cisco.com, Syslog Messages): connections built and
 * torn down, and Firepower's connection events. The others are data, {@code cisco-firewall.yaml}.
 *
 * <p>A connection is written from the less to the more trusted side, whoever opened it. {@code Built outbound} says
 * that the second side did; a teardown does not say who did, so that there the side with the port of a server is the
 * server.
 */
public final class CiscoFirewall implements TextFormat {

    private static final String CONNECTION = "cisco.connection";
    private static final String WEB = "cisco.web";
    private static final String DNS = "cisco.dns";
    private static final int MAX_CODE_OFFSET = 64;
    private static final int CODE_DIGITS = 6;
    private static final Set<String> PRODUCTS = Set.of("ASA", "FTD", "PIX", "FWS");
    private static final Set<String> CODES = Set.of("302013", "302014", "302015", "302016", "430002", "430003");
    private static final KeyValuePairs COMMAS = new KeyValuePairs(',', ':');

    private final FieldNames names = new FieldNames();
    private final int src = names.slot("SrcIP");
    private final int dst = names.slot("DstIP");
    private final int srcPort = names.slot("SrcPort");
    private final int dstPort = names.slot("DstPort");
    private final int proto = names.slot("Protocol");
    private final int action = names.slot("AccessControlRuleAction");
    private final int user = names.slot("User");
    private final int url = names.slot("URL");
    private final int agent = names.slot("UserAgent");
    private final int referrer = names.slot("HTTPReferer");
    private final int query = names.slot("DNSQuery");
    private final int queryType = names.slot("DNSRecordType");
    private final int first = names.slot("FirstPacketSecond");
    private final int sent = names.slot("InitiatorBytes");
    private final int received = names.slot("ResponderBytes");

    @Override
    public String name() {
        return "cisco.firewall";
    }

    @Override
    public List<String> datasets() {
        return List.of(CONNECTION, WEB, DNS);
    }

    /** {@code %ASA-6-302013: } or its kin near the beginning, with or without a class between name and level. */
    @Override
    public boolean recognises(Span text) {
        return code(text) >= 0;
    }

    /** The place of the six digits of a message number that is read here, or -1. */
    private static int code(Span text) {
        byte[] bytes = text.bytes();
        int name = Lines.findInHead(text, MAX_CODE_OFFSET, "%") + 1;
        if (name == 0) {
            return -1;
        }
        int to = Lines.headEnd(text, MAX_CODE_OFFSET);
        if (to - name <= 4 || !PRODUCTS.contains(new String(bytes, name, 3, StandardCharsets.US_ASCII))) {
            return -1;
        }
        int colon = name;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int digits = colon - CODE_DIGITS;
        return colon < to
                        && digits >= name + 4
                        && bytes[digits - 1] == '-'
                        && CODES.contains(new String(bytes, digits, CODE_DIGITS, StandardCharsets.US_ASCII))
                ? digits
                : -1;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        int digits = code(record);
        String code = new String(record.bytes(), digits, CODE_DIGITS, StandardCharsets.US_ASCII);
        int from = digits + CODE_DIGITS + 1;
        String message = new String(record.bytes(), from, record.to() - from, StandardCharsets.UTF_8).strip();
        return switch (code) {
            case "302013", "302015" -> built(code, message, context);
            case "302014", "302016" -> tornDown(code, message, context);
            default -> firepower(code, message, context);
        };
    }

    private Outcome built(String code, String message, RecordContext context) {
        Side foreign = Side.of(message, " for ");
        Side local = Side.of(message, " to ");
        if (foreign == null || local == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        boolean isOutbound = message.startsWith("Built outbound");
        EventDraft draft = connection(code, message, isOutbound ? local : foreign, isOutbound ? foreign : local);
        draft.network(new Network(transport(message), null, isOutbound ? "egress" : "unknown", null, flow(message)))
                .outcome(EventOutcome.SUCCESS);
        return context.event(draft.time(context.timeAround()), this);
    }

    private Outcome tornDown(String code, String message, RecordContext context) {
        Side foreign = Side.of(message, " for ");
        Side local = Side.of(message, " to ");
        if (foreign == null || local == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        boolean isOutbound = PortNumbers.isServer(foreign.port, local.port);
        EventDraft draft = connection(code, message, isOutbound ? local : foreign, isOutbound ? foreign : local);
        draft.network(new Network(
                        transport(message), null, "unknown", Numbers.whole(word(message, " bytes ")), flow(message)))
                .outcome(EventOutcome.SUCCESS);
        return context.event(draft.time(context.timeAround()), this);
    }

    private Outcome firepower(String code, String message, RecordContext context) {
        TextFields row = new TextFields(names, context.limits().fieldChars());
        COMMAS.read(message, 0, names, row);
        String clientIp = IpAddresses.canonical(row.get(src));
        String serverIp = IpAddresses.canonical(row.get(dst));
        if (clientIp == null && serverIp == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String who = row.get(user);
        boolean isKnown = who != null && !who.startsWith("No Authentication") && !who.equals("Unknown");
        String name = Hosts.domainName(row.get(query));
        EventDraft draft = new EventDraft(
                        row.has(url) ? WEB : name != null ? DNS : CONNECTION,
                        row.has(url)
                                ? EventKind.HTTP_REQUEST
                                : name != null ? EventKind.DNS_QUERY : EventKind.NETWORK_CONNECTION)
                .code(code)
                .time(row.has(first) ? context.time(row.get(first)) : context.timeAround())
                .outcome(Actions.outcome(row.get(action)));
        if (row.has(url)) {
            return WebRequest.atFirewall(draft)
                    .client(clientIp, row.get(srcPort))
                    .server(serverIp, row.get(dstPort))
                    .user(isKnown ? who : null)
                    .uri(row.get(url))
                    .userAgent(row.get(agent))
                    .referrer(row.get(referrer))
                    .bytes(row.get(received))
                    .read(context, this);
        }
        Long out = Numbers.whole(row.get(sent));
        Long in = Numbers.whole(row.get(received));
        String transport = row.get(proto);
        draft.user(isKnown ? Users.of(who) : null)
                .client(clientIp, Numbers.port(row.get(srcPort)), null)
                .destination(serverIp, Numbers.port(row.get(dstPort)), null)
                .network(new Network(
                        transport == null ? null : transport.toLowerCase(Locale.ROOT),
                        name == null ? null : "dns",
                        "unknown",
                        out == null || in == null ? null : (Long) (out + in),
                        null));
        if (name != null) {
            draft.dns(new Dns(name, row.get(queryType), null, List.of()));
        }
        return context.event(draft.time(context.timeAround()), this);
    }

    private static EventDraft connection(String code, String message, Side client, Side server) {
        String account = client.user == null ? lastBracket(message) : client.user;
        User user = Users.of(account);
        return new EventDraft(CONNECTION, EventKind.NETWORK_CONNECTION)
                .code(code)
                .user(user)
                .client(client.ip, client.port, null)
                .destination(server.ip, server.port, null);
    }

    /** The account at the end of a message: {@code (ada)}; an address there is a mapped one. */
    private static @Nullable String lastBracket(String message) {
        if (!message.endsWith(")")) {
            return null;
        }
        String text = message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
        return text.indexOf('/') >= 0 || IpAddresses.canonical(text) != null ? null : text;
    }

    private static @Nullable String transport(String message) {
        return message.contains(" TCP ") ? "tcp" : message.contains(" UDP ") ? "udp" : null;
    }

    private static @Nullable String flow(String message) {
        String number = word(message, " connection ");
        return Numbers.whole(number) == null ? null : number;
    }

    private static @Nullable String word(String message, String mark) {
        int at = message.indexOf(mark);
        if (at < 0) {
            return null;
        }
        int from = at + mark.length();
        int end = message.indexOf(' ', from);
        return message.substring(from, end < 0 ? message.length() : end);
    }

    /** One side of a connection: {@code [interface:]address/port [(mapped/port)][(user)]}. */
    private record Side(
            String ip, @Nullable Integer port, @Nullable String user) {

        /** What the firewall writes before accounts of no domain. */
        private static final String LOCAL = "LOCAL\\";

        /** The side after a mark, or null where there is none. */
        static @Nullable Side of(String message, String mark) {
            int at = message.indexOf(mark);
            if (at < 0) {
                return null;
            }
            int from = at + mark.length();
            int slash = message.indexOf('/', from);
            int blank = message.indexOf(' ', from);
            if (slash < 0 || (blank >= 0 && blank < slash)) {
                return null;
            }
            String where = message.substring(from, slash);
            String ip = IpAddresses.canonical(where);
            if (ip == null) {
                int address = where.indexOf(':') + 1;
                ip = IpAddresses.canonical(where.substring(where.startsWith("[", address) ? address + 1 : address));
            }
            int end = slash + 1;
            while (end < message.length() && message.charAt(end) >= '0' && message.charAt(end) <= '9') {
                end++;
            }
            return ip == null
                    ? null
                    : new Side(ip, Numbers.port(message.substring(slash + 1, end)), user(message, end));
        }

        /** The account in the brackets after a side, which may follow those of its mapped address. */
        private static @Nullable String user(String message, int from) {
            int at = from;
            for (int i = 0; i < 2; i++) {
                at += at < message.length() && message.charAt(at) == ' ' ? 1 : 0;
                int close = message.indexOf(')', at);
                if (at >= message.length() || message.charAt(at) != '(' || close < 0) {
                    return null;
                }
                String text = message.substring(at + 1, close);
                if (text.indexOf('/') < 0) {
                    return text.startsWith(LOCAL) ? text.substring(LOCAL.length()) : text;
                }
                at = close + 1;
            }
            return null;
        }
    }
}
