package io.clicktrail.normalizer.cef;

import io.clicktrail.normalizer.format.Lines;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.Span;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * ArcSight Common Event Format: {@code CEF:0|vendor|product|version|class|name|severity|key=value key=value}. A value
 * goes on to the blank before the next key; some relays eat the tag and leave {@code 0|vendor|..}.
 */
public final class CefLine implements TextFormat {

    private static final int HEADER_PARTS = 7;

    private final DeviceEvents events;

    CefLine(DeviceEvents events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "cef";
    }

    @Override
    public String firstBytes() {
        return "C01";
    }

    @Override
    public List<String> datasets() {
        return DeviceEvents.datasets("cef");
    }

    @Override
    public boolean recognises(Span text) {
        int at = version(text.bytes(), text.from(), text.to());
        return at >= 0 && (at > text.from() || hasHeader(text));
    }

    @Override
    public Outcome read(Span record, RecordContext reading) {
        int from = version(record.bytes(), record.from(), record.to());
        String line = new String(record.bytes(), from, record.to() - from, StandardCharsets.UTF_8);
        String[] parts = new String[HEADER_PARTS];
        int at = header(line, parts);
        if (at < 0) {
            return reading.rejected(Reason.MISSING_FIELD, this);
        }
        Attributes attributes = events.attributes(reading);
        blankSeparated(line, at, attributes);
        return events.read(
                new CefHeader(parts[1], parts[2], parts[4], parts[5], parts[6].strip()),
                attributes,
                "cef",
                reading,
                this);
    }

    /** Reads {@code key=value} pairs that stand behind blanks. */
    static void blankSeparated(String line, int from, Attributes into) {
        int keyFrom = -1;
        int keyTo = -1;
        for (int at = from; at < line.length(); at++) {
            if (line.charAt(at) != '=' || isEscaped(line, from, at)) {
                continue;
            }
            int key = keyStart(line, from, at);
            if (key < 0) {
                continue;
            }
            if (keyFrom >= 0) {
                into.put(line, keyFrom, keyTo, keyTo + 1, trimmed(line, keyTo + 1, key));
            }
            keyFrom = key;
            keyTo = at;
        }
        if (keyFrom >= 0) {
            into.put(line, keyFrom, keyTo, keyTo + 1, trimmed(line, keyTo + 1, line.length()));
        }
    }

    private static boolean isEscaped(String line, int from, int at) {
        int slashes = 0;
        while (at - slashes - 1 >= from && line.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Where the key begins that ends before an equals sign; -1 where none does. */
    private static int keyStart(String line, int from, int equals) {
        int at = equals;
        while (at > from && isKeyPart(line.charAt(at - 1)) && equals - at < 128) {
            at--;
        }
        return at < equals && (at == from || line.charAt(at - 1) <= ' ') ? at : -1;
    }

    private static boolean isKeyPart(char c) {
        int lower = c | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-'
                || c == '['
                || c == ']';
    }

    private static int trimmed(String line, int from, int to) {
        int end = to;
        while (end > from && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return end;
    }

    /** Fills in the header's parts; where the keys begin, or -1 where a part is missing. */
    private static int header(String line, String[] parts) {
        int from = 0;
        int at = 0;
        boolean hasEscapes = false;
        for (int part = 0; part < parts.length; at++) {
            if (at >= line.length()) {
                return -1;
            }
            char c = line.charAt(at);
            if (c == '\\' && at + 1 < line.length() && "\\|".indexOf(line.charAt(at + 1)) >= 0) {
                hasEscapes = true;
                at++;
            } else if (c == '|') {
                String text = line.substring(from, at);
                parts[part++] = hasEscapes ? text.replace("\\|", "|").replace("\\\\", "\\") : text;
                hasEscapes = false;
                from = at + 1;
            }
        }
        return at;
    }

    /** Where the version digit stands, or -1 where no header begins. */
    private static int version(byte[] bytes, int from, int to) {
        int at = from;
        if (Lines.startsWith(bytes, from, to, "CEF:")) {
            at += 4;
            if (at < to && bytes[at] == ' ') {
                at++;
            }
        }
        return to - at >= 2 && (bytes[at] == '0' || bytes[at] == '1') && bytes[at + 1] == '|' ? at : -1;
    }

    /** Whether all parts of a header stand in the line; asked for only where the tag is missing. */
    private static boolean hasHeader(Span text) {
        int bars = 0;
        int end = Lines.end(text.bytes(), text.from(), text.to());
        for (int i = text.from(); i < end && bars < HEADER_PARTS; i++) {
            bars += text.bytes()[i] == '|' ? 1 : 0;
        }
        return bars == HEADER_PARTS;
    }
}
