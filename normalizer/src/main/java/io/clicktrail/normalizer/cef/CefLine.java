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
 * ArcSight Common Event Format: {@code CEF:0|vendor|product|version|class|name|severity|key=value key=value}. A value
 * goes on to the blank before the next key; some relays eat the tag and leave {@code 0|vendor|..}.
 */
public final class CefLine implements TextFormat {

    /** The most bytes of a name of the product before the header. */
    private static final int MAX_BEFORE = 96;

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
    public List<String> datasets() {
        return DeviceEvents.datasets("cef");
    }

    @Override
    public boolean recognises(Span text) {
        int at = version(text);
        return at >= 0 && (at > text.from() || hasHeader(text));
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        int from = version(record);
        String line = new String(record.bytes(), from, record.to() - from, StandardCharsets.UTF_8);
        String[] parts = new String[HEADER_PARTS];
        int at = header(line, parts);
        if (at < 0) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        ExtensionValues attributes = events.attributes(context);
        ExtensionPairs.read(line, at, attributes);
        return events.read(
                new CefHeader(parts[1], parts[2], parts[4], parts[5], parts[6].strip()),
                attributes,
                "cef",
                context,
                this);
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

    /** The position of the version digit, or -1 where no header begins. */
    private static int version(Span text) {
        byte[] bytes = text.bytes();
        int to = Lines.end(bytes, text.from(), text.to());
        int tag = Lines.findInHead(text, MAX_BEFORE, "CEF:");
        int at = tag < 0 ? text.from() : tag + 4;
        if (tag >= 0) {
            at += at < to && bytes[at] == ' ' ? 1 : 0;
        }
        return to - at >= 2 && (bytes[at] == '0' || bytes[at] == '1') && bytes[at + 1] == '|' ? at : -1;
    }

    /** Whether all parts of a header are in the line; asked for only where the tag is missing. */
    private static boolean hasHeader(Span text) {
        int bars = 0;
        int end = Lines.end(text.bytes(), text.from(), text.to());
        for (int i = text.from(); i < end && bars < HEADER_PARTS; i++) {
            bars += text.bytes()[i] == '|' ? 1 : 0;
        }
        return bars == HEADER_PARTS;
    }
}
