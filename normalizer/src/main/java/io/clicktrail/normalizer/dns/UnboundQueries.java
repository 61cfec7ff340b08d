package io.clicktrail.normalizer.dns;

import io.clicktrail.normalizer.event.Addresses;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.format.Lines;
import io.clicktrail.normalizer.format.Reading;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.Span;
import io.clicktrail.normalizer.raw.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unbound's queries and replies (unbound.conf, log-queries, log-replies, log-tag-queryreply): {@code [stamp] unbound[pid:thread] info: IP name. TYPE IN [CODE …]}, from
 * the file or behind a syslog header.
 */
public final class UnboundQueries implements TextFormat {

    private static final String DATASET = "unbound.query";
    private static final String[] TAGS = {"info: ", "query: ", "reply: "};
    private static final int TAG_AT_MOST = 64;
    private static final int MAX_LINE = 1024;

    @Override
    public String name() {
        return "unbound.query";
    }

    @Override
    public boolean recognises(Span text) {
        byte first = text.bytes()[text.from()];
        if (first != '[' && first != 'u' && first != 'i' && first != 'q' && first != 'r') {
            return false;
        }
        int tag = tagEnd(text);
        return tag > 0
                && query(new String(
                                text.bytes(),
                                tag,
                                Math.min(Lines.end(text.bytes(), tag, text.to()), tag + MAX_LINE) - tag,
                                StandardCharsets.UTF_8))
                        != null;
    }

    @Override
    public Outcome read(Span record, Reading reading) {
        int tag = tagEnd(record);
        ServerQuery query = query(
                new String(record.bytes(), tag, Math.min(record.to(), tag + MAX_LINE) - tag, StandardCharsets.UTF_8));
        return query == null
                ? new Outcome.Ignored(DATASET, "message that is no query")
                : query.read(DATASET, time(record), reading, this);
    }

    /** The epoch seconds in the first bracket of a file's line; behind a syslog header stands the process there. */
    private static @Nullable EventTime time(Span record) {
        int close = Lines.find(record.bytes(), record.from(), Math.min(record.to(), record.from() + 16), "]");
        return record.bytes()[record.from()] == '[' && close > 0
                ? EventTime.epoch(new String(
                        record.bytes(), record.from() + 1, close - record.from() - 1, StandardCharsets.US_ASCII))
                : null;
    }

    private static int tagEnd(Span text) {
        int to = Lines.headEnd(text, TAG_AT_MOST);
        for (String tag : TAGS) {
            int at = Lines.find(text.bytes(), text.from(), to, tag);
            if (at >= 0) {
                return at + tag.length();
            }
        }
        return -1;
    }

    /** {@code IP name. TYPE IN [CODE …]}, or null where the text is no query. */
    private static @Nullable ServerQuery query(String text) {
        String[] words = text.strip().split(" ", 6);
        boolean isQuery = words.length >= 4
                && words[3].equals("IN")
                && words[1].endsWith(".")
                && Addresses.canonical(words[0]) != null;
        return isQuery
                ? new ServerQuery(words[0], null, words[1], words[2], words.length > 4 ? words[4] : null, List.of())
                : null;
    }
}
