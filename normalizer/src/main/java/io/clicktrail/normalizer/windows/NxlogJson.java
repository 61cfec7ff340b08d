package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows events as NXLog writes them, flat. {@code ProcessID} is the event's writer, and older releases drop {@code
 * ProcessId}: the pid is then only in the text of the message. {@code EventTime} is local time without a zone;
 * {@code AccountName} is the writer's.
 */
public final class NxlogJson implements JsonFormat {

    private final int moduleType;
    private final int moduleName;
    private final int received;
    private final int eventId;
    private final int channel;
    private final int source;
    private final int hostname;
    private final int hostName;
    private final int recordNumber;
    private final int eventTime;
    private final int message;
    private final int[] data = new int[EventData.count()];

    public NxlogJson(JsonPaths paths) {
        moduleType = paths.field("SourceModuleType");
        moduleName = paths.field("SourceModuleName");
        received = paths.field("EventReceivedTime");
        eventId = paths.field("EventID");
        channel = paths.field("Channel");
        source = paths.field("SourceName");
        hostname = paths.field("Hostname");
        hostName = paths.field("HostName");
        recordNumber = paths.field("RecordNumber");
        eventTime = paths.field("EventTime");
        message = paths.field("Message");
        for (int i = 0; i < data.length; i++) {
            data[i] = EventData.at(i) == EventData.WRITER_OR_PROCESS_ID
                    ? -1
                    : paths.field(EventData.at(i).spelling());
        }
    }

    @Override
    public String name() {
        return "windows.nxlog";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(eventId)
                && (document.has(moduleType)
                        || (document.has(received) && document.has(moduleName))
                        || (document.has(channel)
                                && (document.has(hostname) || document.has(hostName) || document.has(source))));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        WindowsRecord record = new WindowsRecord();
        String host = document.get(hostname);
        record.system(
                document.get(eventId),
                document.get(source),
                document.get(channel),
                host == null ? document.get(hostName) : host,
                document.get(recordNumber),
                document.get(eventTime));
        record.data(document, data);
        if (record.data(EventData.PROCESS_ID) == null) {
            record.data(
                    EventData.PROCESS_ID,
                    line(document.get(message), record.isSysmon() ? "ProcessId: " : "Creator Process ID:"));
        }
        if (document.truncated()) {
            record.cut();
        }
        return WindowsEvents.map(record, context, this);
    }

    /**
     * The word after a label that begins a line, so that no value can smuggle in a label of its own without a line
     * break.
     */
    private static @Nullable String line(@Nullable String message, String label) {
        if (message == null) {
            return null;
        }
        for (int at = message.indexOf(label); at >= 0; at = message.indexOf(label, at + 1)) {
            int before = at;
            while (before > 0 && (message.charAt(before - 1) == ' ' || message.charAt(before - 1) == '\t')) {
                before--;
            }
            if (before == 0 || message.charAt(before - 1) == '\n' || message.charAt(before - 1) == '\r') {
                int from = at + label.length();
                while (from < message.length() && (message.charAt(from) == ' ' || message.charAt(from) == '\t')) {
                    from++;
                }
                int to = from;
                while (to < message.length() && message.charAt(to) > ' ') {
                    to++;
                }
                return message.substring(from, to);
            }
        }
        return null;
    }
}
