package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.json.JsonRows;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows events whose XML was turned into JSON element by element: {@code Event.System} with the attributes under
 * {@code #attributes} (evtx_dump), after an {@code @} (xmltodict) or among the elements (MaxPatrol), and the data by
 * name or as a list of names and texts.
 */
public final class EventTreeJson implements JsonFormat {

    private static final int MAX_DATA = 256;
    private static final int ROW_NAMES = 3;

    private final int system;
    private final int[] eventId;
    private final int[] provider;
    private final int[] channel;
    private final int[] computer;
    private final int[] recordId;
    private final int[] timeCreated;
    private final int[] data = new int[EventData.count()];
    private final int list;
    private final JsonRows rows = new JsonRows(MAX_DATA, "@Name", "Name", "name", "#text", "text");

    public EventTreeJson(JsonPaths paths) {
        system = paths.field("Event.System");
        eventId = texts(paths, "EventID");
        channel = texts(paths, "Channel");
        computer = texts(paths, "Computer");
        recordId = texts(paths, "EventRecordID");
        provider = attributes(paths, "Provider", "Name");
        timeCreated = attributes(paths, "TimeCreated", "SystemTime");
        for (int i = 0; i < data.length; i++) {
            data[i] = paths.field("Event.EventData." + EventData.at(i).spelling());
        }
        list = paths.span("Event.EventData.Data");
    }

    @Override
    public String name() {
        return "windows.json";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.isObject(system);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        WindowsRecord record = new WindowsRecord();
        record.system(
                first(document, eventId),
                first(document, provider),
                first(document, channel),
                first(document, computer),
                first(document, recordId),
                first(document, timeCreated));
        record.data(document, data);
        for (@Nullable String[] row : rows.read(document.inner(list))) {
            data(record, row, context.limits().fieldChars());
        }
        if (document.truncated()) {
            record.cut();
        }
        return WindowsEvents.map(record, context, this);
    }

    private static void data(WindowsRecord record, @Nullable String[] row, int fieldChars) {
        String name = first(row, 0, ROW_NAMES);
        EventData field = name == null ? null : EventData.named(name);
        String text = first(row, ROW_NAMES, row.length);
        if (field != null && text != null) {
            if (text.length() > fieldChars) {
                int end = Character.isHighSurrogate(text.charAt(fieldChars - 1)) ? fieldChars - 1 : fieldChars;
                text = text.substring(0, end);
                record.cut();
            }
            record.data(field, text);
        }
    }

    private static @Nullable String first(@Nullable String[] row, int from, int to) {
        for (int i = from; i < to; i++) {
            if (row[i] != null) {
                return row[i];
            }
        }
        return null;
    }

    private static int[] texts(JsonPaths paths, String element) {
        String path = "Event.System." + element;
        return new int[] {paths.field(path), paths.field(path + ".#text"), paths.field(path + ".text")};
    }

    private static int[] attributes(JsonPaths paths, String element, String attribute) {
        String path = "Event.System." + element;
        return new int[] {
            paths.field(path + ".#attributes." + attribute),
            paths.field(path + "_attributes." + attribute),
            paths.field(path + ".@" + attribute),
            paths.field(path + "." + attribute)
        };
    }

    private static @Nullable String first(JsonFields document, int[] slots) {
        for (int slot : slots) {
            String value = document.get(slot);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
