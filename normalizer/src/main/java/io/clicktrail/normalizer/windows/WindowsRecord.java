package io.clicktrail.normalizer.windows;

import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Windows event as every container carries it: the system fields, and the event's data by name. Filled by the
 * readers; of a JSON document the data is read when it is asked for.
 */
final class WindowsRecord {

    private static final int CIM_LENGTH = 25;
    private static final int CIM_POINT = 14;
    private static final int CIM_OFFSET = 21;
    private static final int MINUTES_OF_A_DAY = 1440;
    private static final @Nullable String[] NONE = new String[EventData.count()];

    private @Nullable String[] given = NONE;
    private @Nullable JsonFields document;
    private int[][] slots = {};
    private @Nullable String eventId;
    private @Nullable String provider;
    private @Nullable String channel;
    private @Nullable String computer;
    private @Nullable String recordId;
    private @Nullable String created;
    private List<@Nullable String> times = List.of();
    private boolean truncated;
    private boolean isEscaped;

    void system(
            @Nullable String eventIdText,
            @Nullable String providerName,
            @Nullable String channelName,
            @Nullable String computerName,
            @Nullable String recordIdText,
            @Nullable String timeCreated) {
        eventId = strip(eventIdText);
        provider = strip(providerName);
        channel = strip(channelName);
        computer = Placeholders.absent(strip(computerName));
        recordId = strip(recordIdText);
        created = timeCreated;
    }

    /**
     * Has the data read from a document where it was not given.
     *
     * @param places the slot of each field, negative for none; the first that has a value counts
     */
    void data(JsonFields source, int[]... places) {
        document = source;
        slots = places;
    }

    void data(EventData field, @Nullable String value) {
        if (given == NONE) {
            given = new String[NONE.length];
        }
        given[field.ordinal()] = value;
    }

    /** Other places of the same time; one with a zone gives the zone of one without. */
    void times(List<@Nullable String> all) {
        times = all;
    }

    /** Backslashes and quotes of the data are escaped. */
    void escaped() {
        isEscaped = true;
    }

    void cut() {
        truncated = true;
    }

    /** The event id, or the empty text. */
    String eventId() {
        return eventId == null ? "" : eventId;
    }

    /** The provider, or where it is absent that of a channel of its own; the empty text where neither says. */
    String provider() {
        if (provider != null || channel == null) {
            return provider == null ? "" : provider;
        }
        int slash = channel.indexOf('/');
        return slash < 0 ? channel : channel.substring(0, slash);
    }

    @Nullable
    String computer() {
        return computer;
    }

    @Nullable
    String recordId() {
        return recordId == null || recordId.isEmpty() || recordId.equals("0") ? null : recordId;
    }

    @Nullable
    String channel() {
        return channel;
    }

    /** When the event was written. */
    @Nullable
    EventTime created(RecordContext context) {
        EventTime time = context.time(iso(created));
        for (int i = 0; i < times.size() && time != null && time.quality() == TimeQuality.ASSUMED_ZONE; i++) {
            time = time.inZoneOf(context.time(times.get(i)));
        }
        return time;
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

    boolean truncated() {
        return truncated;
    }

    /** The value as written, or null where it is absent or a placeholder for that. */
    @Nullable
    String data(EventData field) {
        String value = given[field.ordinal()];
        String text = Placeholders.absent(value == null && document != null ? read(document, field.ordinal()) : value);
        return isEscaped && text != null && text.indexOf('\\') >= 0 ? unescaped(text) : text;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean isEscape = text.charAt(i) == '\\'
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) == '\\' || text.charAt(i + 1) == '"');
            plain.append(text.charAt(isEscape ? ++i : i));
        }
        return plain.toString();
    }

    private @Nullable String read(JsonFields from, int field) {
        String value = null;
        for (int i = 0; i < slots.length && value == null; i++) {
            int slot = slots[i][field];
            value = slot < 0 ? null : from.get(slot);
        }
        return value;
    }

    /** Sysmon for Linux writes the same events in the same shape. */
    boolean isLinux() {
        return "Linux-Sysmon".equals(provider) || (provider == null && "Linux-Sysmon/Operational".equals(channel));
    }

    boolean isSysmon() {
        return isLinux()
                || "Microsoft-Windows-Sysmon".equals(provider)
                || (provider == null && "Microsoft-Windows-Sysmon/Operational".equals(channel));
    }

    boolean isSecurity() {
        return "Microsoft-Windows-Security-Auditing".equals(provider)
                || "Microsoft Windows security auditing.".equals(provider)
                || (provider == null && "Security".equals(channel));
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null ? null : text.strip();
    }
}
