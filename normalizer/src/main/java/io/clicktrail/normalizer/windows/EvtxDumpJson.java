package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.Reading;
import io.clicktrail.normalizer.format.Transport;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows events as evtx_dump writes them: {@code Event.System}, with XML attributes under {@code #attributes}. */
public final class EvtxDumpJson implements JsonFormat {

    private final int system;
    private final int[] attributes;
    private final int[] eventId;
    private final int[] provider;
    private final int channel;
    private final int computer;
    private final int recordId;
    private final int[] timeCreated;
    private final int[] data = new int[EventData.count()];

    public EvtxDumpJson(JsonPaths paths) {
        system = paths.field("Event.System");
        attributes = new int[] {
            paths.field("Event.#attributes"),
            paths.field("Event.System.Provider.#attributes"),
            paths.field("Event.System.Provider_attributes")
        };
        eventId = new int[] {paths.field("Event.System.EventID"), paths.field("Event.System.EventID.#text")};
        provider = new int[] {
            paths.field("Event.System.Provider.#attributes.Name"), paths.field("Event.System.Provider_attributes.Name")
        };
        channel = paths.field("Event.System.Channel");
        computer = paths.field("Event.System.Computer");
        recordId = paths.field("Event.System.EventRecordID");
        timeCreated = new int[] {
            paths.field("Event.System.TimeCreated.#attributes.SystemTime"),
            paths.field("Event.System.TimeCreated_attributes.SystemTime")
        };
        for (int i = 0; i < data.length; i++) {
            data[i] = paths.field("Event.EventData." + EventData.at(i).spelling());
        }
    }

    @Override
    public String name() {
        return "windows.evtx-dump";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, Transport transport) {
        if (!document.isObject(system)) {
            return false;
        }
        for (int slot : attributes) {
            if (document.isObject(slot)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Outcome read(JsonFields document, Reading reading) {
        WindowsRecord record = new WindowsRecord();
        record.system(
                first(document, eventId),
                first(document, provider),
                document.get(channel),
                document.get(computer),
                document.get(recordId),
                reading.time(first(document, timeCreated)));
        for (int i = 0; i < data.length; i++) {
            record.data(EventData.at(i), document.get(data[i]));
        }
        if (document.truncated()) {
            record.cut();
        }
        return WindowsEvents.map(record, reading, this);
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
