package io.clicktrail.normalizer.dns;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BIND's query log (BIND 9 Administrator Reference Manual, The query Log Message), with or without its own time stamp,
 * category, severity and client object, and Infoblox's query and response log. What else BIND says of a client is
 * ignored.
 */
public final class BindQueries implements TextFormat {

    private static final String QUERY = "bind.query";
    /** The classes of questions (RFC 6895). */
    private static final Set<String> CLASSES = Set.of("IN", "CH", "HS", "NONE", "ANY");

    private static final String OTHER = "bind.other";
    private static final int MAX_CLIENT_OFFSET = 64;
    private static final int STAMP = 24;
    private static final int MAX_ANSWERS = 64;

    @Override
    public String name() {
        return "bind.query";
    }

    @Override
    public List<String> datasets() {
        return List.of(QUERY, OTHER);
    }

    /** {@code [stamp] [queries: info:] client [@0x…] IP#PORT}, or anything after the tag of the server. */
    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        if (Lines.startsWith(bytes, from, text.to(), "named[") || Lines.startsWith(bytes, from, text.to(), "named:")) {
            return true;
        }
        int client = Lines.findInHead(text, MAX_CLIENT_OFFSET, "client ");
        if (client < 0 || (client > from && bytes[client - 1] != ' ')) {
            return false;
        }
        int at = client + "client ".length();
        int to = Math.min(Lines.end(bytes, at, text.to()), at + MAX_CLIENT_OFFSET);
        if (Lines.startsWith(bytes, at, to, "@0x")) {
            int blank = Lines.find(bytes, at, to, " ");
            at = blank < 0 ? to : blank + 1;
        }
        int hash = at;
        while (hash < to && (bytes[hash] == '.' || bytes[hash] == ':' || bytes[hash] == '%' || isHex(bytes[hash]))) {
            hash++;
        }
        return hash > at + 1 && hash + 1 < to && bytes[hash] == '#' && bytes[hash + 1] >= '0' && bytes[hash + 1] <= '9';
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        int client = line.indexOf("client ");
        int hash = client < 0 ? -1 : line.indexOf('#', client);
        int query = hash < 0 ? -1 : line.indexOf(" query: ", hash);
        if (query < 0) {
            return new Outcome.Ignored(OTHER, "message that is no query");
        }
        String ip = line.substring(line.lastIndexOf(' ', hash) + 1, hash);
        String port = digits(line, hash + 1);
        int name = query + " query: ".length();
        int nameEnd = line.indexOf(' ', name);
        int classEnd = nameEnd < 0 ? -1 : line.indexOf(' ', nameEnd + 1);
        if (classEnd < 0 || !CLASSES.contains(line.substring(nameEnd + 1, classEnd))) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        String type = word(line, classEnd + 1);
        int response = line.indexOf(" response: ", classEnd);
        String code = response < 0 ? null : word(line, response + " response: ".length());
        return new ServerQuery(
                        ip,
                        port,
                        line.substring(name, nameEnd),
                        type,
                        code,
                        response < 0 ? List.of() : answers(line, response))
                .read(QUERY, time(line, context), context, this);
    }

    private static @Nullable EventTime time(String line, RecordContext context) {
        boolean isStamped =
                line.length() > STAMP && line.charAt(2) == '-' && line.charAt(6) == '-' && line.charAt(11) == ' ';
        return isStamped ? context.time(line.substring(0, STAMP)) : null;
    }

    /** The addresses of {@code abc.com. 60 IN A 13.32.86.14; …}. */
    private static List<String> answers(String line, int from) {
        List<String> resolved = new ArrayList<>(4);
        int at = from;
        for (int end = line.indexOf(';', at); end >= 0 && resolved.size() < MAX_ANSWERS; end = line.indexOf(';', at)) {
            String address = IpAddresses.canonical(line.substring(line.lastIndexOf(' ', end) + 1, end));
            if (address != null && !resolved.contains(address)) {
                resolved.add(address);
            }
            at = end + 1;
        }
        return resolved;
    }

    private static String word(String line, int from) {
        int end = line.indexOf(' ', from);
        return line.substring(from, end < 0 ? line.length() : end);
    }

    private static String digits(String line, int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
            end++;
        }
        return line.substring(from, end);
    }

    private static boolean isHex(byte b) {
        return (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
    }
}
