package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.envelope.XmlMarkup;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Windows events as XML: from EvtRender (one line, single quotes), from the event viewer ({@code <Events>}), rendered
 * or not. One {@code <Event>} is one record. Names are taken without their prefix; DTDs and entities beyond XML's own
 * five are off, and depth, attributes, elements and text are bounded.
 */
public final class EventXml implements TextFormat {

    private static final int MAX_REFERENCE_DIGITS = 10;

    private final EventXmlReader reader;

    public EventXml(InputLimits limits) {
        reader = new EventXmlReader(limits);
    }

    @Override
    public String name() {
        return "windows.xml";
    }

    @Override
    public String firstBytes() {
        return "<";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(Span text) {
        return text.length() > 7 && XmlMarkup.isTag(text.bytes(), text.from() + 1, text.to(), "Event");
    }

    /**
     * After {@code </Event>}, which cannot be inside an event's text; the end of the text where the event breaks
     * off.
     */
    @Override
    public int end(Span text) {
        int name = text.from() + 1;
        int nameEnd = name;
        while (!Lines.isBlank(text.bytes()[nameEnd]) && text.bytes()[nameEnd] != '>' && text.bytes()[nameEnd] != '/') {
            nameEnd++;
        }
        String close = "</" + new String(text.bytes(), name, nameEnd - name, StandardCharsets.ISO_8859_1) + ">";
        int found = Lines.find(text.bytes(), nameEnd, text.to(), close);
        return found < 0 ? text.to() : found + close.length();
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        try {
            return WindowsEvents.map(reader.read(record.bytes(), record.from(), record.length()), context, this);
        } catch (XMLStreamException first) {
            byte[] clean = withoutControls(record);
            if (clean == null) {
                return broken(first, context);
            }
            try {
                return WindowsEvents.map(reader.read(clean, 0, clean.length), context, this);
            } catch (XMLStreamException second) {
                return broken(second, context);
            }
        }
    }

    private Outcome broken(XMLStreamException cause, RecordContext context) {
        int offset = cause.getLocation() == null
                ? 0
                : Math.max(0, cause.getLocation().getCharacterOffset());
        return context.rejected(Reason.BAD_XML, this, offset);
    }

    /**
     * Windows writes the control characters of a command line as they are, and some agents as references such as {@code
     * &#x1;}, both of which XML forbids: they become question marks.
     */
    private static byte @Nullable [] withoutControls(Span record) {
        byte[] clean = null;
        for (int i = record.from(); i < record.to(); i++) {
            byte b = record.bytes()[i];
            boolean isControl = b >= 0 && b < ' ' && !(b == '\t' || b == '\n' || b == '\r');
            int end = b == '&' ? forbiddenReferenceEnd(record, i) : i + 1;
            if (!isControl && (b != '&' || end < 0)) {
                continue;
            }
            if (clean == null) {
                clean = Arrays.copyOfRange(record.bytes(), record.from(), record.to());
            }
            Arrays.fill(clean, i - record.from(), end - record.from(), (byte) '?');
            i = end - 1;
        }
        return clean;
    }

    /** The end of a reference to a character that XML does not allow, or -1. */
    private static int forbiddenReferenceEnd(Span record, int from) {
        byte[] bytes = record.bytes();
        int at = from + 1;
        if (at >= record.to() || bytes[at] != '#') {
            return -1;
        }
        boolean isHex = at + 1 < record.to() && (bytes[at + 1] | 0x20) == 'x';
        at += isHex ? 2 : 1;
        long code = 0;
        int first = at;
        for (; at < record.to() && at - first < MAX_REFERENCE_DIGITS; at++) {
            int digit = Character.digit(bytes[at], isHex ? 16 : 10);
            if (digit < 0) {
                break;
            }
            code = code * (isHex ? 16 : 10) + digit;
        }
        boolean isAllowed = code == '\t'
                || code == '\n'
                || code == '\r'
                || code >= ' ' && code < Character.MIN_SURROGATE
                || code > Character.MAX_SURROGATE && code < 0xFFFE
                || code > 0xFFFF && code <= Character.MAX_CODE_POINT;
        return at == first || at >= record.to() || bytes[at] != ';' || isAllowed ? -1 : at + 1;
    }
}
