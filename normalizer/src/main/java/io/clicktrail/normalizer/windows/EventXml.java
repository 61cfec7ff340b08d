package io.clicktrail.normalizer.windows;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.clicktrail.normalizer.envelope.XmlMarkup;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Windows events as XML: from EvtRender (one line, single quotes), from the event viewer ({@code <Events>}), rendered
 * or not. One {@code <Event>} is one record. Names are taken without their prefix; DTDs and entities beyond XML's own
 * five are off, and depth, attributes, elements and text are bounded.
 */
public final class EventXml implements TextFormat {

    private static final int MAX_ELEMENTS = 10_000;
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_ATTRIBUTE_CHARS = 4096;

    private final WstxInputFactory factory = new WstxInputFactory();

    public EventXml(InputLimits limits) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) MAX_ELEMENTS);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARS);
        factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, (long) limits.valueBytes());
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
            return WindowsEvents.map(parse(record.bytes(), record.from(), record.length(), context), context, this);
        } catch (XMLStreamException first) {
            byte[] clean = withoutControls(record);
            if (clean == null) {
                return broken(first, context);
            }
            try {
                return WindowsEvents.map(parse(clean, 0, clean.length, context), context, this);
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
     * Windows writes the control characters of a command line as they are, which XML forbids: they become question
     * marks.
     */
    private static byte @Nullable [] withoutControls(Span record) {
        byte[] clean = null;
        for (int i = record.from(); i < record.to(); i++) {
            byte b = record.bytes()[i];
            if (b >= 0 && b < ' ' && !(b == '\t' || b == '\n' || b == '\r')) {
                if (clean == null) {
                    clean = Arrays.copyOfRange(record.bytes(), record.from(), record.to());
                }
                clean[i - record.from()] = '?';
            }
        }
        return clean;
    }

    private WindowsRecord parse(byte[] bytes, int from, int length, RecordContext context) throws XMLStreamException {
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes, from, length), "UTF-8");
        try {
            WindowsRecord record = new WindowsRecord();
            reader.nextTag();
            while (reader.next() != XMLStreamConstants.END_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                    switch (name(reader)) {
                        case "System" -> system(reader, record);
                        case "EventData" -> eventData(reader, record, context.limits());
                        default -> skip(reader);
                    }
                }
            }
            return record;
        } finally {
            reader.close();
        }
    }

    private static void system(XMLStreamReader reader, WindowsRecord record) throws XMLStreamException {
        String eventId = null;
        String provider = null;
        String channel = null;
        String computer = null;
        String recordId = null;
        String created = null;
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (name(reader)) {
                case "EventID" -> eventId = reader.getElementText();
                case "Channel" -> channel = reader.getElementText();
                case "Computer" -> computer = reader.getElementText();
                case "EventRecordID" -> recordId = reader.getElementText();
                case "Provider" -> {
                    provider = attribute(reader, "Name");
                    skip(reader);
                }
                case "TimeCreated" -> {
                    created = attribute(reader, "SystemTime");
                    skip(reader);
                }
                default -> skip(reader);
            }
        }
        record.system(eventId, provider, channel, computer, recordId, created);
    }

    private static void eventData(XMLStreamReader reader, WindowsRecord record, InputLimits limits)
            throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String dataName = attribute(reader, "Name");
            EventData field = dataName == null ? null : EventData.named(dataName);
            if (field == null) {
                skip(reader);
                continue;
            }
            String text = reader.getElementText();
            if (text.length() > limits.fieldChars()) {
                int end = limits.fieldChars();
                text = text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
                record.cut();
            }
            record.data(field, text);
        }
    }

    private static void skip(XMLStreamReader reader) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    private static String name(XMLStreamReader reader) {
        String name = reader.getLocalName();
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(colon + 1);
    }

    private static @Nullable String attribute(XMLStreamReader reader, String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }
}
