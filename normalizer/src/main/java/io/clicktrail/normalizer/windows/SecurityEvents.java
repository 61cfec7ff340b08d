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
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.WORKSTATION_NAME;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.Logon;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Addresses;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.LogonTypes;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.Reading;
import io.clicktrail.normalizer.raw.Outcome;
import org.jspecify.annotations.Nullable;

/** Windows Security's events: 4688 process creation, 4624 logon, 4634 logoff. The others are of no use here. */
final class SecurityEvents {

    private SecurityEvents() {}

    static Outcome map(WindowsRecord record, Reading reading, Format format) {
        return switch (record.eventId()) {
            case "4688" -> processStart(record, reading, format);
            case "4624" -> logon(true, record, reading, format);
            case "4634" -> logon(false, record, reading, format);
            default -> new Outcome.Ignored(WindowsEvents.SECURITY, "event id without use here");
        };
    }

    /**
     * 4688 has no process GUID: the entity id is made of host, pid and start, {@code <host>:<pid>:<start in ms since 1970>}, so that a
     * reused pid is another process. {@code ProcessId} is the creator's, whose start is not known, so the parent has no entity id.
     */
    private static Outcome processStart(WindowsRecord record, Reading reading, Format format) {
        EventTime time = record.created();
        Host host = WindowsEvents.host(record, reading, null);
        Long pid = Numbers.whole(record.data(NEW_PROCESS_ID));
        ParentProcess parent =
                new ParentProcess(null, Numbers.whole(record.data(PROCESS_ID)), record.data(PARENT_PROCESS_NAME), null);
        ProcessDraft process = new ProcessDraft()
                .entityId(
                        host == null || pid == null || time == null
                                ? null
                                : host.getName() + ":" + pid + ":" + time.millis())
                .pid(pid)
                .start(time)
                .executable(record.data(NEW_PROCESS_NAME))
                .commandLine(record.data(COMMAND_LINE))
                .integrityLevel(integrity(record.data(MANDATORY_LABEL)))
                .parent(parent);
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.PROCESS_START)
                .process(process.build())
                .user(record.data(TARGET_USER_NAME) == null ? subject(record) : target(record));
        return WindowsEvents.finish(draft, record, host, time, reading, format);
    }

    private static Outcome logon(boolean begin, WindowsRecord record, Reading reading, Format format) {
        String ip = Addresses.canonical(record.data(IP_ADDRESS));
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.LOGON)
                .user(target(record))
                .client(ip, Numbers.port(record.data(IP_PORT)), Hosts.key(record.data(WORKSTATION_NAME)))
                .logon(new Logon(LogonTypes.number(record.data(LOGON_TYPE)), record.data(TARGET_LOGON_ID), ip, begin));
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, reading, null), record.created(), reading, format);
    }

    private static @Nullable User subject(WindowsRecord record) {
        return Users.of(
                record.data(SUBJECT_DOMAIN_NAME), record.data(SUBJECT_USER_NAME), record.data(SUBJECT_USER_SID));
    }

    private static @Nullable User target(WindowsRecord record) {
        return Users.of(record.data(TARGET_DOMAIN_NAME), record.data(TARGET_USER_NAME), record.data(TARGET_USER_SID));
    }

    /** The integrity level of a mandatory label SID (winnt.h, SECURITY_MANDATORY_*_RID). */
    private static @Nullable String integrity(@Nullable String label) {
        return switch (label) {
            case null -> null;
            case "S-1-16-0" -> "Untrusted";
            case "S-1-16-4096" -> "Low";
            case "S-1-16-8192", "S-1-16-8448" -> "Medium";
            case "S-1-16-12288" -> "High";
            case "S-1-16-16384" -> "System";
            default -> null;
        };
    }
}
