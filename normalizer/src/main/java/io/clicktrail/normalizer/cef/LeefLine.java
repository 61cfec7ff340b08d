package io.clicktrail.normalizer.cef;

import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * IBM's Log Event Extended Format: {@code LEEF:1.0|vendor|product|version|event|key=value<TAB>key=value}; 2.0 may name
 * another delimiter after the event id, as a character or as {@code x5E}. Where tabs were lost on the way, blanks
 * before keys serve.
 */
public final class LeefLine implements TextFormat {

    private static final String TAG = "LEEF:";

    /** What some products put before it, bytes. */
    private static final int MAX_BEFORE = 64;

    private static final int HEADER_PARTS = 5;

    /** Used without being named, where there is no tab. */
    private static final String OTHER_DELIMITERS = "|^";

    private static final int MAX_DELIMITER = 4;

    private final DeviceEvents events;

    LeefLine(DeviceEvents events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "leef";
    }

    @Override
    public List<String> datasets() {
        return DeviceEvents.datasets("leef");
    }

    @Override
    public boolean recognises(Span text) {
        int tag = Lines.findInHead(text, MAX_BEFORE, TAG);
        int version = tag < 0 ? text.to() : Lines.skipBlanks(text.bytes(), tag + TAG.length(), text.to());
        return Lines.startsWith(text.bytes(), version, text.to(), "1.0|")
                || Lines.startsWith(text.bytes(), version, text.to(), "2.0|");
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        String[] parts = new String[HEADER_PARTS];
        int from = line.indexOf(TAG) + TAG.length();
        for (int i = 0; i < HEADER_PARTS; i++) {
            int bar = line.indexOf('|', from);
            if (bar < 0) {
                return context.rejected(Reason.MISSING_FIELD, this);
            }
            parts[i] = line.substring(from, bar).strip();
            from = bar + 1;
        }
        int keys = parts[0].equals("2.0") ? afterDelimiter(line, from) : from;
        char delimiter = keys > from + 1 ? delimiter(line.substring(from, keys - 1)) : '\t';
        for (int i = 0; i < OTHER_DELIMITERS.length() && line.indexOf(delimiter, keys) < 0; i++) {
            delimiter = line.indexOf(OTHER_DELIMITERS.charAt(i), keys) >= 0 ? OTHER_DELIMITERS.charAt(i) : delimiter;
        }
        ExtensionValues attributes = events.attributes(context);
        if (line.indexOf(delimiter, keys) < 0) {
            ExtensionPairs.read(line, keys, attributes);
        } else {
            separated(line, keys, delimiter, attributes);
        }
        return events.read(new CefHeader(parts[1], parts[2], parts[4], "", ""), attributes, "leef", context, this);
    }

    private static void separated(String line, int keys, char delimiter, ExtensionValues into) {
        int at = keys;
        while (at < line.length()) {
            int next = line.indexOf(delimiter, at);
            int end = next < 0 ? line.length() : next;
            int equals = line.indexOf('=', at);
            if (equals > at && equals < end) {
                int key = at;
                while (key < equals && line.charAt(key) <= ' ') {
                    key++;
                }
                into.put(line, key, equals, equals + 1, end);
            }
            at = end + 1;
        }
    }

    /** Where the keys begin: after the bar that ends the delimiter, or at once where none is named. */
    private static int afterDelimiter(String line, int from) {
        int bar = line.indexOf('|', from);
        return bar >= 0 && bar - from <= MAX_DELIMITER && line.lastIndexOf('=', bar) < from ? bar + 1 : from;
    }

    /** The character itself, or its code in hex as {@code x5E} or {@code 0x5E}. */
    private static char delimiter(String named) {
        int hex = named.startsWith("0x") ? 2 : named.startsWith("x") && named.length() > 1 ? 1 : 0;
        if (hex == 0 || named.length() - hex > 2) {
            return named.charAt(0);
        }
        int code = 0;
        for (int i = hex; i < named.length(); i++) {
            int digit = Character.digit(named.charAt(i), 16);
            if (digit < 0) {
                return named.charAt(0);
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }
}
