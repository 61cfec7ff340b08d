package io.clicktrail.normalizer.windows;

import static io.clicktrail.normalizer.windows.EventData.COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.IP_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.IP_PORT;
import static io.clicktrail.normalizer.windows.EventData.LOGON_TYPE;
import static io.clicktrail.normalizer.windows.EventData.MANDATORY_LABEL;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.WORKSTATION_NAME;

import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows events out of WMI's Win32_NTLogEvent: the data is a list without names, {@code InsertionStrings}. Only lists
 * whose order is known are read: those of 4624, 4634 and 4688 (learn.microsoft.com, "Advanced security audit policy").
 */
public final class WmiJson implements JsonFormat {

    private static final List<@Nullable EventData> PROCESS = Arrays.asList(
            SUBJECT_USER_SID,
            SUBJECT_USER_NAME,
            SUBJECT_DOMAIN_NAME,
            null,
            NEW_PROCESS_ID,
            NEW_PROCESS_NAME,
            null,
            PROCESS_ID,
            COMMAND_LINE,
            TARGET_USER_SID,
            TARGET_USER_NAME,
            TARGET_DOMAIN_NAME,
            null,
            PARENT_PROCESS_NAME,
            MANDATORY_LABEL);
    private static final List<@Nullable EventData> LOGON = Arrays.asList(
            SUBJECT_USER_SID,
            SUBJECT_USER_NAME,
            SUBJECT_DOMAIN_NAME,
            null,
            TARGET_USER_SID,
            TARGET_USER_NAME,
            TARGET_DOMAIN_NAME,
            TARGET_LOGON_ID,
            LOGON_TYPE,
            null,
            null,
            WORKSTATION_NAME,
            null,
            null,
            null,
            null,
            PROCESS_ID,
            PROCESS_NAME,
            IP_ADDRESS,
            IP_PORT);
    private static final List<@Nullable EventData> LOGOFF =
            Arrays.asList(TARGET_USER_SID, TARGET_USER_NAME, TARGET_DOMAIN_NAME, TARGET_LOGON_ID, LOGON_TYPE);
    private static final Map<String, List<@Nullable EventData>> ORDERS =
            Map.of("4688", PROCESS, "4624", LOGON, "4634", LOGOFF);

    private static final int CIM_LENGTH = 25;
    private static final int CIM_POINT = 14;
    private static final int CIM_OFFSET = 21;
    private static final int MINUTES_OF_A_DAY = 1440;

    private final int strings;
    private final int eventCode;
    private final int source;
    private final int logFile;
    private final int computer;
    private final int recordNumber;
    private final int generated;

    public WmiJson(JsonPaths paths) {
        strings = paths.field("InsertionStrings");
        eventCode = paths.field("EventCode");
        source = paths.field("SourceName");
        logFile = paths.field("Logfile");
        computer = paths.field("ComputerName");
        recordNumber = paths.field("RecordNumber");
        generated = paths.field("TimeGenerated");
    }

    @Override
    public String name() {
        return "windows.wmi";
    }

    @Override
    public List<String> datasets() {
        return WindowsEvents.DATASETS;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(eventCode) && document.has(strings);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        WindowsRecord record = new WindowsRecord();
        record.system(
                document.get(eventCode),
                document.get(source),
                document.get(logFile),
                document.get(computer),
                document.get(recordNumber),
                iso(document.get(generated)));
        List<@Nullable EventData> order = ORDERS.getOrDefault(record.eventId(), List.of());
        List<String> values = document.all(strings);
        for (int i = 0; i < Math.min(order.size(), values.size()); i++) {
            EventData field = order.get(i);
            if (field != null) {
                record.data(field, values.get(i));
            }
        }
        if (order.isEmpty() && record.isSecurity()) {
            return new Outcome.Ignored(WindowsEvents.SECURITY, "event id without use here");
        }
        return WindowsEvents.map(record, context, this);
    }

    /** ISO 8601 of WMI's {@code yyyymmddHHMMSS.ffffff±mmm}, the offset in minutes; any other text as written. */
    private static @Nullable String iso(@Nullable String text) {
        if (text == null || text.length() != CIM_LENGTH || text.charAt(CIM_POINT) != '.') {
            return text;
        }
        Integer minutes = Numbers.within(text.substring(CIM_OFFSET + 1), MINUTES_OF_A_DAY);
        if (minutes == null) {
            return text;
        }
        return text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6, 8) + "T"
                + text.substring(8, 10)
                + ":" + text.substring(10, 12) + ":" + text.substring(12, CIM_OFFSET) + text.charAt(CIM_OFFSET)
                + twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
