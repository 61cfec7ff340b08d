package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Placeholders;
import org.jspecify.annotations.Nullable;

/** A Windows event as every container carries it: the system fields, and the event's data by name. Filled by the readers. */
final class WindowsRecord {

    private final @Nullable String[] data = new String[EventData.count()];
    private @Nullable String eventId;
    private @Nullable String provider;
    private @Nullable String channel;
    private @Nullable String computer;
    private @Nullable String recordId;
    private @Nullable EventTime created;
    private boolean truncated;

    void system(
            @Nullable String eventIdText,
            @Nullable String providerName,
            @Nullable String channelName,
            @Nullable String computerName,
            @Nullable String recordIdText,
            @Nullable EventTime timeCreated) {
        eventId = strip(eventIdText);
        provider = strip(providerName);
        channel = strip(channelName);
        computer = Placeholders.absent(strip(computerName));
        recordId = strip(recordIdText);
        created = timeCreated;
    }

    void data(EventData field, @Nullable String value) {
        data[field.ordinal()] = value;
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

    @Nullable
    EventTime created() {
        return created;
    }

    boolean truncated() {
        return truncated;
    }

    /** The value as it stands, or null where it is absent or a placeholder for that. */
    @Nullable
    String data(EventData field) {
        return Placeholders.absent(data[field.ordinal()]);
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
