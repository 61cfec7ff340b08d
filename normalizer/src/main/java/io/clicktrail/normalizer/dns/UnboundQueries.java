package io.clicktrail.normalizer.dns;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.text.Swar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unbound's queries and replies (unbound.conf, log-queries, log-replies, log-tag-queryreply): {@code [stamp]
 * unbound[pid:thread] info: IP name. TYPE IN [CODE …]}, from the file or after a syslog header.
 */
public final class UnboundQueries implements TextFormat {

    private static final String DATASET = "unbound.query";
    private static final String[] TAGS = {"info: ", "query: ", "reply: "};
    private static final int MAX_TAG_OFFSET = 64;
    private static final int MAX_LINE = 1024;

    @Override
    public String name() {
        return "unbound.query";
    }

    @Override
    public String firstBytes() {
        return "[uiqr";
    }

    @Override
    public boolean recognises(Span text) {
        int tag = tagEnd(text);
        return tag > 0 && isQuery(text.bytes(), tag, Lines.end(text.bytes(), tag, text.to()));
    }

    /** {@code IP name. TYPE IN [CODE …]}. */
    private static boolean isQuery(byte[] bytes, int from, int end) {
        int to = Math.min(end, from + MAX_LINE);
        int client = Lines.skipBlanks(bytes, from, to);
        int name = nextWord(bytes, client, to);
        int type = nextWord(bytes, name, to);
        int kind = nextWord(bytes, type, to);
        return kind > type
                && bytes[type - 2] == '.'
                && Lines.startsWith(bytes, kind, to, "IN")
                && (kind + 2 == to || Lines.isBlank(bytes[kind + 2]))
                && IpAddresses.canonical(word(bytes, client, to)) != null;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        byte[] bytes = record.bytes();
        int tag = tagEnd(record);
        int to = Math.min(record.to(), tag + MAX_LINE);
        int client = Lines.skipBlanks(bytes, tag, to);
        int name = nextWord(bytes, client, to);
        int type = nextWord(bytes, name, to);
        int code = nextWord(bytes, nextWord(bytes, type, to), to);
        return new ServerQuery(
                        word(bytes, client, to),
                        null,
                        word(bytes, name, to),
                        word(bytes, type, to),
                        code < to ? word(bytes, code, to) : null,
                        List.of())
                .read(DATASET, time(record), context, this);
    }

    private static int nextWord(byte[] bytes, int from, int to) {
        return Math.min(to, Swar.indexOf(bytes, from, to, ' ') + 1);
    }

    private static String word(byte[] bytes, int from, int to) {
        return new String(bytes, from, Swar.indexOf(bytes, from, to, ' ') - from, StandardCharsets.UTF_8).strip();
    }

    /** The epoch seconds in the first bracket of a file's line; after a syslog header it is the process. */
    private static @Nullable EventTime time(Span record) {
        int close = Lines.find(record.bytes(), record.from(), Math.min(record.to(), record.from() + 16), "]");
        return record.bytes()[record.from()] == '[' && close > 0
                ? EventTime.epoch(new String(
                        record.bytes(), record.from() + 1, close - record.from() - 1, StandardCharsets.US_ASCII))
                : null;
    }

    private static int tagEnd(Span text) {
        int to = Lines.headEnd(text, MAX_TAG_OFFSET);
        for (String tag : TAGS) {
            int at = Lines.find(text.bytes(), text.from(), to, tag);
            if (at >= 0) {
                return at + tag.length();
            }
        }
        return -1;
    }
}
