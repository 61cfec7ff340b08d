package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A Windows event as every container carries it: the system fields, and the event's data by name. Filled by the
 * readers; of a JSON document the data is read when it is asked for.
 */
final class WindowsRecord {

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
    private boolean truncated;

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

    void cut() {
        truncated = true;
    }

    /** The event id, or the empty text. */
    String eventId() {
        return eventId == null ? "" : eventId;
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
        return context.time(created);
    }

    boolean truncated() {
        return truncated;
    }

    /** The value as written, or null where it is absent or a placeholder for that. */
    @Nullable
    String data(EventData field) {
        String value = given[field.ordinal()];
        return Placeholders.absent(value == null && document != null ? read(document, field.ordinal()) : value);
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
                || (provider == null && "Security".equals(channel));
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null ? null : text.strip();
    }
}
