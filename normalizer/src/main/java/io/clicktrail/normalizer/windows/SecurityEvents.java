package io.clicktrail.normalizer.windows;

import static io.clicktrail.normalizer.windows.EventData.ACCESS_MASK;
import static io.clicktrail.normalizer.windows.EventData.APPLICATION;
import static io.clicktrail.normalizer.windows.EventData.CLIENT_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.DEST_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.DEST_PORT;
import static io.clicktrail.normalizer.windows.EventData.DIRECTION;
import static io.clicktrail.normalizer.windows.EventData.IP_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.IP_PORT;
import static io.clicktrail.normalizer.windows.EventData.LOGON_TYPE;
import static io.clicktrail.normalizer.windows.EventData.MANDATORY_LABEL;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.NEW_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.OBJECT_NAME;
import static io.clicktrail.normalizer.windows.EventData.OBJECT_TYPE;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_NAME;
import static io.clicktrail.normalizer.windows.EventData.PROTOCOL;
import static io.clicktrail.normalizer.windows.EventData.SERVICE_FILE_NAME;
import static io.clicktrail.normalizer.windows.EventData.SERVICE_NAME;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_ADDRESS;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_PORT;
import static io.clicktrail.normalizer.windows.EventData.STATUS;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.SUBJECT_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_DOMAIN_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_SID;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_NAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_USER_SID;
import static io.clicktrail.normalizer.windows.EventData.TASK_CONTENT;
import static io.clicktrail.normalizer.windows.EventData.TASK_NAME;
import static io.clicktrail.normalizer.windows.EventData.WORKSTATION_NAME;
import static io.clicktrail.normalizer.windows.EventData.WRITER_OR_PROCESS_ID;

import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.LogonTypes;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Transports;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Windows Security's events: 4688 process creation, 4624 logon, 4634 and 4647 logoff, 4648 explicit credentials, 4768
 * ticket, 5156 connection, 4663 a write to an audited file, 4697 a service installed, 4698 a task made. The others are
 * of no use here.
 */
final class SecurityEvents {

    /** FILE_WRITE_DATA (winnt.h). */
    private static final long FILE_WRITE_DATA = 2;

    private SecurityEvents() {}

    static Outcome map(WindowsRecord record, RecordContext context, Format format) {
        return switch (record.eventId()) {
            case "4688" -> processStart(record, context, format);
            case "4624" -> logon(true, record, context, format);
            case "4634", "4647" -> logon(false, record, context, format);
            case "4648" -> explicitLogon(record, context, format);
            case "4768" -> ticket(record, context, format);
            case "5156" -> connection(record, context, format);
            case "4663" -> access(record, context, format);
            case "4698" -> task(record, context, format);
            case "4697" -> service(record, context, format);
            default -> new Outcome.Ignored(WindowsEvents.SECURITY, "event id without use here");
        };
    }

    /**
     * 4688 has no process GUID: the entity id is made of host, pid and start, {@code <host>:<pid>:<start in ms since
     * 1970>}, so that a reused pid is another process. {@code ProcessId} is the creator's, whose start is not known, so
     * the parent has no entity id.
     */
    private static Outcome processStart(WindowsRecord record, RecordContext context, Format format) {
        EventTime time = record.created(context);
        Host host = WindowsEvents.host(record, context, null);
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
                .sessionId(record.data(record.data(TARGET_USER_NAME) == null ? SUBJECT_LOGON_ID : TARGET_LOGON_ID))
                .parent(parent);
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.PROCESS_START)
                .process(process.build())
                .user(record.data(TARGET_USER_NAME) == null ? subject(record) : target(record));
        return WindowsEvents.finish(draft, record, host, time, context, format);
    }

    private static Outcome logon(boolean begin, WindowsRecord record, RecordContext context, Format format) {
        String ip = IpAddresses.canonical(record.data(IP_ADDRESS));
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.LOGON)
                .user(target(record))
                .client(ip, Numbers.port(record.data(IP_PORT)), Hosts.key(record.data(WORKSTATION_NAME)))
                .logon(Logons.of(LogonTypes.number(record.data(LOGON_TYPE)), record.data(TARGET_LOGON_ID), ip, begin));
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), record.created(context), context, format);
    }

    /**
     * 4648: a process used the credentials of another account, often for another host. The event does not say which
     * type of logon followed, so that it is no proof of who works at this host.
     */
    private static Outcome explicitLogon(WindowsRecord record, RecordContext context, Format format) {
        String ip = IpAddresses.canonical(record.data(IP_ADDRESS));
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.LOGON)
                .user(target(record))
                .process(WindowsEvents.process(null, Numbers.whole(record.data(PROCESS_ID)), record.data(PROCESS_NAME)))
                .client(ip, Numbers.port(record.data(IP_PORT)), null)
                .logon(Logons.of(null, null, ip, true));
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), record.created(context), context, format);
    }

    /** 4768, on a domain controller: the account has asked for a ticket from the client's address. */
    private static Outcome ticket(WindowsRecord record, RecordContext context, Format format) {
        String ip = IpAddresses.canonical(record.data(IP_ADDRESS));
        Long status = Numbers.whole(record.data(STATUS));
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.LOGON)
                .user(Users.of(record.data(TARGET_DOMAIN_NAME), record.data(TARGET_USER_NAME), record.data(TARGET_SID)))
                .client(ip, Numbers.port(record.data(IP_PORT)), null)
                .logon(Logons.of(null, null, ip, true));
        if (status != null) {
            draft.outcome(status == 0 ? EventOutcome.SUCCESS : EventOutcome.FAILURE);
        }
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), record.created(context), context, format);
    }

    /**
     * 5156: the firewall let a connection pass. The source is always this host's side, whoever opened the connection;
     * of a datagram that came in it may be a broadcast address.
     */
    private static Outcome connection(WindowsRecord record, RecordContext context, Format format) {
        String local = IpAddresses.canonical(record.data(SOURCE_ADDRESS));
        String remote = IpAddresses.canonical(record.data(DEST_ADDRESS));
        Integer localPort = Numbers.port(record.data(SOURCE_PORT));
        Integer remotePort = Numbers.port(record.data(DEST_PORT));
        boolean isInbound = isInbound(record.data(DIRECTION));
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.NETWORK_CONNECTION)
                .process(WindowsEvents.process(
                        null, Numbers.whole(record.data(WRITER_OR_PROCESS_ID)), record.data(APPLICATION)))
                .client(isInbound ? remote : local, isInbound ? remotePort : localPort, null)
                .destination(isInbound ? local : remote, isInbound ? localPort : remotePort, null)
                .network(new Network(
                        Transports.known(record.data(PROTOCOL)), null, isInbound ? "ingress" : "egress", null, null));
        boolean isOwn = local != null
                && !local.startsWith("127.")
                && !local.equals("::1")
                && (!isInbound || !"udp".equals(Transports.known(record.data(PROTOCOL))));
        return WindowsEvents.finish(
                draft,
                record,
                WindowsEvents.host(record, context, isOwn ? local : null),
                record.created(context),
                context,
                format);
    }

    /** 4663: an audited file was written; other rights and other objects play no part. */
    private static Outcome access(WindowsRecord record, RecordContext context, Format format) {
        String path = record.data(OBJECT_NAME);
        Long rights = Numbers.whole(record.data(ACCESS_MASK));
        boolean isWrite = rights != null && (rights & FILE_WRITE_DATA) != 0;
        if (path == null || !isWrite || !"File".equals(record.data(OBJECT_TYPE))) {
            return new Outcome.Ignored(WindowsEvents.SECURITY, "access that writes no file");
        }
        FilePath parts = FilePath.of(path);
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.FILE_WRITE)
                .process(WindowsEvents.process(null, Numbers.whole(record.data(PROCESS_ID)), record.data(PROCESS_NAME)))
                .user(subject(record))
                .file(new FileDraft(parts).forkName(parts.fork()).build());
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), record.created(context), context, format);
    }

    /** 4698: newer systems name the process that made the task. */
    private static Outcome task(WindowsRecord record, RecordContext context, Format format) {
        String command = Autostarts.commandOfTask(record.data(TASK_CONTENT));
        return autostart(AutostartKind.SCHEDULED_TASK, record.data(TASK_NAME), command, record, context, format);
    }

    /** 4697: a service was installed. */
    private static Outcome service(WindowsRecord record, RecordContext context, Format format) {
        String command = record.data(SERVICE_FILE_NAME);
        return autostart(AutostartKind.SERVICE, record.data(SERVICE_NAME), command, record, context, format);
    }

    private static Outcome autostart(
            AutostartKind kind,
            @Nullable String name,
            @Nullable String command,
            WindowsRecord record,
            RecordContext context,
            Format format) {
        if (name == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        EventDraft draft = new EventDraft(WindowsEvents.SECURITY, EventKind.AUTOSTART)
                .user(subject(record))
                .process(WindowsEvents.process(null, Numbers.whole(record.data(CLIENT_PROCESS_ID)), null))
                .autostart(Autostarts.of(kind, name, command));
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), record.created(context), context, format);
    }

    /** {@code %%14592} is inbound, {@code %%14593} outbound (msobjs.dll). */
    private static boolean isInbound(@Nullable String direction) {
        return "%%14592".equals(direction) || "inbound".equalsIgnoreCase(direction) || "ingress".equals(direction);
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
