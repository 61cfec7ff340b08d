package io.clicktrail.normalizer.windows;

import io.clicktrail.event.Host;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Windows events mean, whichever container they came in. */
final class WindowsEvents {

    static final String SYSMON = "windows.sysmon";
    static final String LINUX_SYSMON = "linux.sysmon";
    static final String SECURITY = "windows.security";
    static final String OTHER = "windows.other";
    static final String DEFENDER = "windows.defender";
    static final String BITS = "windows.bits";
    static final String SYSTEM = "windows.system";
    static final String DNS_CLIENT = "windows.dns-client";
    static final List<String> DATASETS =
            List.of(SYSMON, LINUX_SYSMON, SECURITY, DEFENDER, BITS, DNS_CLIENT, SYSTEM, OTHER);

    private static final String NULL_GUID = "00000000-0000-0000-0000-000000000000";

    private WindowsEvents() {}

    static Outcome map(WindowsRecord record, RecordContext context, Format format) {
        if (record.eventId().isEmpty()) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        if (record.isSysmon()) {
            return SysmonEvents.map(record, context, format);
        }
        if (record.isSecurity()) {
            return SecurityEvents.map(record, context, format);
        }
        return OtherEvents.map(record, context, format);
    }

    /** The host by the event's own word; by the envelope's only where it has none. */
    static @Nullable Host host(WindowsRecord record, RecordContext context, @Nullable String ip) {
        String name = record.computer() != null
                ? record.computer()
                : context.metadata().host();
        return Hosts.of(name, record.isLinux() ? Platform.LINUX : Platform.WINDOWS, ip);
    }

    /** Completes the draft with what all Windows events share, and ends the reading. */
    static Outcome finish(
            EventDraft draft,
            WindowsRecord record,
            @Nullable Host host,
            @Nullable EventTime time,
            RecordContext context,
            Format format) {
        draft.code(record.eventId()).time(time).host(host);
        if (record.recordId() != null && host != null && time != null) {
            draft.identity(
                    "windows",
                    host.getName(),
                    record.channel(),
                    record.recordId(),
                    record.eventId(),
                    Long.toString(time.millis()));
        }
        if (record.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, format);
    }

    /** The dataset of a Sysmon event. */
    static String sysmon(WindowsRecord record) {
        return record.isLinux() ? LINUX_SYSMON : SYSMON;
    }

    /** A process of which only identity and image are known; null where neither is. */
    static @Nullable Process process(@Nullable String entityId, @Nullable Long pid, @Nullable String image) {
        return entityId == null && pid == null && image == null
                ? null
                : new ProcessDraft()
                        .entityId(entityId)
                        .pid(pid)
                        .executable(image)
                        .build();
    }

    /** A GUID in lower case without braces; the null GUID is absent. */
    static @Nullable String guid(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String bare = text.length() > 2 && text.charAt(0) == '{' && text.endsWith("}")
                ? text.substring(1, text.length() - 1)
                : text;
        String lower = bare.toLowerCase(Locale.ROOT);
        return lower.equals(NULL_GUID) ? null : lower;
    }
}
