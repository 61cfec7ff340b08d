package io.clicktrail.normalizer.windows;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.clicktrail.normalizer.raw.InputLimits;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of Windows events, with DTDs and entities off, and depth, attributes, elements and text bounded.
 */
final class EventXmlReader {

    private static final int MAX_ELEMENTS = 10_000;
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_ATTRIBUTE_CHARS = 4096;

    private final InputLimits limits;
    private final WstxInputFactory factory = new WstxInputFactory();

    EventXmlReader(InputLimits limits) {
        this.limits = limits;
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

    /** Reads one {@code <Event>}. */
    WindowsRecord read(byte[] bytes, int from, int length) throws XMLStreamException {
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes, from, length), "UTF-8");
        try {
            WindowsRecord record = new WindowsRecord();
            reader.nextTag();
            event(reader, record);
            return record;
        } finally {
            reader.close();
        }
    }

    /**
     * Reads the data out of {@code <EventData>}, or {@code <DataItem>} around it, that an agent has put into a text.
     */
    void data(String text, WindowsRecord record) throws XMLStreamException {
        byte[] bytes = ("<Event>" + text + "</Event>").getBytes(StandardCharsets.UTF_8);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes), "UTF-8");
        try {
            reader.nextTag();
            event(reader, record);
        } finally {
            reader.close();
        }
    }

    private void event(XMLStreamReader reader, WindowsRecord record) throws XMLStreamException {
        int open = 1;
        while (open > 0) {
            int kind = reader.next();
            if (kind == XMLStreamConstants.END_ELEMENT) {
                open--;
            }
            if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                switch (name(reader)) {
                    case "System" -> system(reader, record);
                    case "EventData" -> eventData(reader, record, limits);
                    case "DataItem" -> open++;
                    default -> skip(reader);
                }
            }
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
                case "Security" -> {
                    record.data(EventData.SYSTEM_USER_ID, attribute(reader, "UserID"));
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
