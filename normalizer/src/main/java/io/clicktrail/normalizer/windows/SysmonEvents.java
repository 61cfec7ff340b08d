package io.clicktrail.normalizer.windows;

import static io.clicktrail.normalizer.windows.EventData.COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.CONTENTS;
import static io.clicktrail.normalizer.windows.EventData.CURRENT_DIRECTORY;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_IP;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_PORT;
import static io.clicktrail.normalizer.windows.EventData.DESTINATION_PORT_NAME;
import static io.clicktrail.normalizer.windows.EventData.DETAILS;
import static io.clicktrail.normalizer.windows.EventData.EVENT_TYPE;
import static io.clicktrail.normalizer.windows.EventData.HASH;
import static io.clicktrail.normalizer.windows.EventData.HASHES;
import static io.clicktrail.normalizer.windows.EventData.IMAGE;
import static io.clicktrail.normalizer.windows.EventData.IMAGE_LOADED;
import static io.clicktrail.normalizer.windows.EventData.INITIATED;
import static io.clicktrail.normalizer.windows.EventData.INTEGRITY_LEVEL;
import static io.clicktrail.normalizer.windows.EventData.LOGON_ID;
import static io.clicktrail.normalizer.windows.EventData.ORIGINAL_FILE_NAME;
import static io.clicktrail.normalizer.windows.EventData.PARENT_COMMAND_LINE;
import static io.clicktrail.normalizer.windows.EventData.PARENT_IMAGE;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_GUID;
import static io.clicktrail.normalizer.windows.EventData.PARENT_PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_GUID;
import static io.clicktrail.normalizer.windows.EventData.PROCESS_ID;
import static io.clicktrail.normalizer.windows.EventData.PROTOCOL;
import static io.clicktrail.normalizer.windows.EventData.QUERY_NAME;
import static io.clicktrail.normalizer.windows.EventData.QUERY_RESULTS;
import static io.clicktrail.normalizer.windows.EventData.QUERY_STATUS;
import static io.clicktrail.normalizer.windows.EventData.SIGNATURE;
import static io.clicktrail.normalizer.windows.EventData.SIGNATURE_STATUS;
import static io.clicktrail.normalizer.windows.EventData.SIGNED;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_IP;
import static io.clicktrail.normalizer.windows.EventData.SOURCE_PORT;
import static io.clicktrail.normalizer.windows.EventData.TARGET_FILENAME;
import static io.clicktrail.normalizer.windows.EventData.TARGET_OBJECT;
import static io.clicktrail.normalizer.windows.EventData.USER;
import static io.clicktrail.normalizer.windows.EventData.UTC_TIME;

import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.Dns;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.SignatureStatuses;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sysmon's events (learn.microsoft.com/sysinternals/downloads/sysmon), of Windows and of Linux: 1 process start, 2
 * creation time changed, 3 connection, 5 process end, 7 image loaded (of a process's own image: who signed it), 11 file
 * created, 13 registry value set, 15 stream created (Mark of the Web), 22 DNS query, 23 and 26 file deleted, 29
 * executable written. The others are of no use here.
 */
final class SysmonEvents {

    private static final long MAX_LAG_MICROS = 60_000_000;
    private static final String ZONE_IDENTIFIER = "Zone.Identifier";

    private SysmonEvents() {}

    static Outcome map(WindowsRecord record, RecordContext context, Format format) {
        return switch (record.eventId()) {
            case "1" -> processStart(record, context, format);
            case "3" -> connection(record, context, format);
            case "5" -> acting(EventKind.PROCESS_END, record, context, format);
            case "2" -> changed(record, context, format);
            case "7" -> imageLoad(record, context, format);
            case "11" -> file(record, context, format, null, null);
            case "13" -> registryValue(record, context, format);
            case "15" -> file(record, context, format, Hashes.ofList(record.data(HASH)), record.data(CONTENTS));
            case "22" -> dns(record, context, format);
            case "23", "26" -> deleted(record, context, format);
            case "29" -> file(record, context, format, Hashes.ofList(record.data(HASHES)), null);
            default -> new Outcome.Ignored(WindowsEvents.sysmon(record), "event id without use here");
        };
    }

    /**
     * {@code UtcTime} is the fact's time; {@code TimeCreated}, the writing's, is taken where it is missing, or more
     * than a minute behind: machines that were resumed from a snapshot date connections by the clock of the snapshot.
     */
    private static @Nullable EventTime time(WindowsRecord record, RecordContext context) {
        EventTime utc = EventTime.iso(record.data(UTC_TIME), ZoneOffset.UTC, TimeQuality.EXACT);
        EventTime created = record.created(context);
        boolean isBehind = utc != null
                && created != null
                && created.quality() == TimeQuality.EXACT
                && created.micros() - utc.micros() > MAX_LAG_MICROS;
        return utc == null || isBehind ? created : utc;
    }

    private static Outcome processStart(WindowsRecord record, RecordContext context, Format format) {
        EventTime time = time(record, context);
        ParentProcess parent = new ParentProcess(
                WindowsEvents.guid(record.data(PARENT_PROCESS_GUID)),
                Numbers.whole(record.data(PARENT_PROCESS_ID)),
                record.data(PARENT_IMAGE),
                record.data(PARENT_COMMAND_LINE));
        ProcessDraft process = new ProcessDraft()
                .entityId(WindowsEvents.guid(record.data(PROCESS_GUID)))
                .pid(Numbers.whole(record.data(PROCESS_ID)))
                .start(time)
                .executable(record.data(IMAGE))
                .originalFileName(record.data(ORIGINAL_FILE_NAME))
                .commandLine(record.data(COMMAND_LINE))
                .workingDirectory(record.data(CURRENT_DIRECTORY))
                .integrityLevel(record.data(INTEGRITY_LEVEL))
                .sessionId(record.data(LOGON_ID))
                .hash(Hashes.ofList(record.data(HASHES)))
                .parent(parent);
        EventDraft draft = new EventDraft(WindowsEvents.sysmon(record), EventKind.PROCESS_START)
                .process(process.build())
                .user(Users.of(record.data(USER)));
        return WindowsEvents.finish(draft, record, WindowsEvents.host(record, context, null), time, context, format);
    }

    private static EventDraft draft(EventKind kind, WindowsRecord record) {
        return new EventDraft(WindowsEvents.sysmon(record), kind)
                .process(WindowsEvents.process(
                        WindowsEvents.guid(record.data(PROCESS_GUID)),
                        Numbers.whole(record.data(PROCESS_ID)),
                        record.data(IMAGE)))
                .user(Users.of(record.data(USER)));
    }

    private static Outcome acting(EventKind kind, WindowsRecord record, RecordContext context, Format format) {
        return finish(draft(kind, record), record, context, format);
    }

    private static Outcome finish(EventDraft draft, WindowsRecord record, RecordContext context, Format format) {
        return WindowsEvents.finish(
                draft, record, WindowsEvents.host(record, context, null), time(record, context), context, format);
    }

    /**
     * The source is who opened the connection: this host where it was initiated, else the far side. {@code
     * DestinationHostname} is not the name that was asked for but a reverse look-up, which the owner of the address
     * chooses: it is left out. A datagram that came in may have gone to a broadcast address or be an answer whose
     * sender is the destination: it gives no address of this host.
     */
    private static Outcome connection(WindowsRecord record, RecordContext context, Format format) {
        String source = IpAddresses.canonical(record.data(SOURCE_IP));
        String destination = IpAddresses.canonical(record.data(DESTINATION_IP));
        Boolean initiated = truth(record.data(INITIATED));
        String direction = initiated == null ? "unknown" : initiated ? "egress" : "ingress";
        String transport = lower(record.data(PROTOCOL));
        String toOwn = "udp".equals(transport) ? null : destination;
        String own = initiated == null ? null : initiated ? source : toOwn;
        EventDraft draft = draft(EventKind.NETWORK_CONNECTION, record)
                .client(source, Numbers.port(record.data(SOURCE_PORT)), null)
                .destination(destination, Numbers.port(record.data(DESTINATION_PORT)), null)
                .network(new Network(transport, lower(record.data(DESTINATION_PORT_NAME)), direction, null, null));
        Host host = WindowsEvents.host(record, context, own == null || isLoopback(own) ? null : own);
        return WindowsEvents.finish(draft, record, host, time(record, context), context, format);
    }

    /**
     * 11 and 15. A write to the stream {@code Zone.Identifier} is the setting of the mark; 11 shows it without its
     * contents. Before Sysmon 11 the path of a 15 comes without the stream; then it follows from the contents.
     */
    private static Outcome file(
            WindowsRecord record,
            RecordContext context,
            Format format,
            @Nullable Hash hash,
            @Nullable String contents) {
        String target = record.data(TARGET_FILENAME);
        if (target == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        FilePath path = record.isLinux() ? FilePath.posix(target) : FilePath.of(target);
        ZoneTransfer mark = ZoneTransfer.of(contents);
        String fork = path.fork() == null && mark != null ? ZONE_IDENTIFIER : path.fork();
        boolean isMark = ZONE_IDENTIFIER.equalsIgnoreCase(fork);
        FileDraft file = new FileDraft(path)
                .hash(hash)
                .forkName(isMark ? ZONE_IDENTIFIER : fork)
                .mark(isMark ? MarkAction.SET : MarkAction.NONE);
        if (mark != null) {
            file.origin(mark.hostUrl(), mark.referrerUrl()).zoneId(mark.zoneId());
        }
        EventKind kind = isMark ? EventKind.FILE_MARK : EventKind.FILE_WRITE;
        return finish(draft(kind, record).file(file.build()), record, context, format);
    }

    /**
     * 7: who signed the image of the process itself. Libraries are loaded far more often, and play no part. Sysmon says
     * {@code Unavailable} of a file without a signature, and {@code Expired} of one that it calls unsigned too.
     */
    private static Outcome imageLoad(WindowsRecord record, RecordContext context, Format format) {
        String loaded = record.data(IMAGE_LOADED);
        String image = record.data(IMAGE);
        if (loaded == null || image == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        if (!loaded.equalsIgnoreCase(image)) {
            return new Outcome.Ignored(WindowsEvents.sysmon(record), "load of a library");
        }
        ProcessDraft process = new ProcessDraft()
                .entityId(WindowsEvents.guid(record.data(PROCESS_GUID)))
                .pid(Numbers.whole(record.data(PROCESS_ID)))
                .executable(image)
                .originalFileName(record.data(ORIGINAL_FILE_NAME))
                .hash(Hashes.ofList(record.data(HASHES)))
                .codeSignature(
                        null,
                        null,
                        Placeholders.absent(record.data(SIGNATURE)),
                        SignatureStatuses.of(record.data(SIGNED), record.data(SIGNATURE_STATUS)),
                        null);
        EventDraft draft = new EventDraft(WindowsEvents.sysmon(record), EventKind.OTHER)
                .process(process.build())
                .user(Users.of(record.data(USER)));
        return finish(draft, record, context, format);
    }

    /** 2: the file got another creation time; nothing was written. */
    private static Outcome changed(WindowsRecord record, RecordContext context, Format format) {
        String target = record.data(TARGET_FILENAME);
        if (target == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        FilePath path = record.isLinux() ? FilePath.posix(target) : FilePath.of(target);
        FileDraft file = new FileDraft(path).forkName(path.fork());
        return finish(draft(EventKind.OTHER, record).file(file.build()), record, context, format);
    }

    /**
     * 23 and 26: the deletion of the stream {@code Zone.Identifier} takes the mark away; of other files it plays no
     * part.
     */
    private static Outcome deleted(WindowsRecord record, RecordContext context, Format format) {
        String target = record.data(TARGET_FILENAME);
        if (target == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        FilePath path = record.isLinux() ? FilePath.posix(target) : FilePath.of(target);
        boolean isMark = ZONE_IDENTIFIER.equalsIgnoreCase(path.fork());
        FileDraft file = new FileDraft(path)
                .forkName(isMark ? ZONE_IDENTIFIER : path.fork())
                .hash(isMark ? null : Hashes.ofList(record.data(HASHES)))
                .mark(isMark ? MarkAction.REMOVED : MarkAction.NONE);
        EventKind kind = isMark ? EventKind.FILE_MARK : EventKind.OTHER;
        return finish(draft(kind, record).file(file.build()), record, context, format);
    }

    /** 13: only values by which the system starts something; all others come too often and say too little. */
    private static Outcome registryValue(WindowsRecord record, RecordContext context, Format format) {
        String path = record.data(TARGET_OBJECT);
        if (path == null) {
            return context.rejected(Reason.MISSING_FIELD, format);
        }
        return "SetValue".equals(record.data(EVENT_TYPE)) && AutostartValues.BUILT_IN.startSomething(path)
                ? finish(
                        draft(EventKind.AUTOSTART, record)
                                .autostart(Autostarts.of(AutostartKind.REGISTRY_VALUE, path, record.data(DETAILS))),
                        record,
                        context,
                        format)
                : new Outcome.Ignored(WindowsEvents.sysmon(record), "registry value that starts nothing");
    }

    private static Outcome dns(WindowsRecord record, RecordContext context, Format format) {
        String name = Hosts.domainName(record.data(QUERY_NAME));
        if (name == null) {
            return new Outcome.Ignored(WindowsEvents.sysmon(record), "DNS query without a name");
        }
        Dns dns = new Dns(name, null, DnsStatus.name(record.data(QUERY_STATUS)), addresses(record.data(QUERY_RESULTS)));
        return finish(draft(EventKind.DNS_QUERY, record).dns(dns), record, context, format);
    }

    /** The addresses in {@code type:  5 cname.example;::ffff:1.2.3.4;}. */
    static List<String> addresses(@Nullable String results) {
        if (results == null) {
            return List.of();
        }
        List<String> addresses = new ArrayList<>(4);
        int from = 0;
        while (from < results.length()) {
            int semicolon = results.indexOf(';', from);
            int end = semicolon < 0 ? results.length() : semicolon;
            String address = IpAddresses.canonical(results.substring(from, end).strip());
            if (address != null && !addresses.contains(address)) {
                addresses.add(address);
            }
            from = end + 1;
        }
        return addresses;
    }

    private static boolean isLoopback(String ip) {
        return ip.startsWith("127.") || ip.equals("::1");
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        if ("true".equalsIgnoreCase(text) || "1".equals(text)) {
            return true;
        }
        return "false".equalsIgnoreCase(text) || "0".equals(text) ? false : null;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
