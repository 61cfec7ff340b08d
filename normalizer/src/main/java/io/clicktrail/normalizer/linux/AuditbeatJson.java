package io.clicktrail.normalizer.linux;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Arguments;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.HashFields;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Auditbeat writes: the audit system's events put together (module auditd), changes of watched files
 * (file_integrity), and processes and connections (system). An event of the audit system has the id that it would have
 * had raw.
 */
public final class AuditbeatJson implements JsonFormat {

    private static final String AUDITD = "auditbeat.auditd";
    private static final String FILES = "auditbeat.file-integrity";
    private static final String SYSTEM = "auditbeat.system";

    private final int beat;
    private final int agentType;
    private final int auditd;
    private final int module;
    private final int action;
    private final int time;
    private final int[] hostNames;
    private final int osType;
    private final int osPlatform;
    private final int sequence;
    private final int session;
    private final int messageType;
    private final int syscall;
    private final int result;
    private final int outcome;
    private final int entityId;
    private final int pid;
    private final int parentPid;
    private final int executable;
    private final int processName;
    private final int args;
    private final int workingDirectory;
    private final int start;
    private final int loginUser;
    private final int loginUserName;
    private final int user;
    private final int userName;
    private final int destinationIp;
    private final int destinationPort;
    private final int sourceIp;
    private final int transport;
    private final int filePath;
    private final int fileMode;
    private final int size;
    private final HashFields[] hashes;

    public AuditbeatJson(JsonPaths paths) {
        beat = paths.field("@metadata.beat");
        agentType = paths.field("agent.type");
        auditd = paths.field("auditd");
        module = paths.field("event.module");
        action = paths.field("event.action");
        time = paths.field("@timestamp");
        hostNames = new int[] {
            paths.field("host.name"),
            paths.field("host.hostname"),
            paths.field("agent.hostname"),
            paths.field("beat.hostname")
        };
        osType = paths.field("host.os.type");
        osPlatform = paths.field("host.os.platform");
        sequence = paths.field("auditd.sequence");
        session = paths.field("auditd.session");
        messageType = paths.field("auditd.message_type");
        syscall = paths.field("auditd.data.syscall");
        result = paths.field("auditd.result");
        outcome = paths.field("event.outcome");
        entityId = paths.field("process.entity_id");
        pid = paths.field("process.pid");
        parentPid = paths.field("process.parent.pid");
        executable = paths.field("process.executable");
        processName = paths.field("process.name");
        args = paths.field("process.args");
        workingDirectory = paths.field("process.working_directory");
        start = paths.field("process.start");
        loginUser = paths.field("user.audit.id");
        loginUserName = paths.field("user.audit.name");
        user = paths.field("user.id");
        userName = paths.field("user.name");
        destinationIp = paths.field("destination.ip");
        destinationPort = paths.field("destination.port");
        sourceIp = paths.field("source.ip");
        transport = paths.field("network.transport");
        filePath = paths.field("file.path");
        fileMode = paths.field("file.mode");
        size = paths.field("file.size");
        hashes = new HashFields[] {HashFields.of(paths, "file.hash"), HashFields.of(paths, "hash")};
    }

    @Override
    public String name() {
        return "linux.auditbeat";
    }

    @Override
    public List<String> datasets() {
        return List.of(AUDITD, FILES, SYSTEM);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata around) {
        return "auditbeat".equals(document.get(beat))
                || "auditbeat".equals(document.get(agentType))
                || document.has(sequence)
                || document.has(messageType)
                || "file_integrity".equals(document.get(module));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        EventTime when = context.time(document.get(time));
        if (when == null) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        Host host = Hosts.of(hostName(document, context), platform(document), null);
        String which = document.get(module);
        if (document.isObject(auditd)) {
            return audit(document, host, when, context);
        }
        EventDraft draft = "file_integrity".equals(which)
                ? watchedFile(document)
                : "system".equals(which) ? system(document, host) : null;
        if (draft == null) {
            return new Outcome.Ignored("file_integrity".equals(which) ? FILES : SYSTEM, "event without use here");
        }
        return context.event(draft.host(host).time(when), this);
    }

    private Outcome audit(JsonFields document, @Nullable Host host, EventTime when, RecordContext context) {
        boolean hasFailed = "fail".equals(document.get(result)) || "failure".equals(document.get(outcome));
        EventDraft draft = audit(document, host, when, hasFailed);
        if (draft == null) {
            return new Outcome.Ignored(AUDITD, "event without use here");
        }
        String serial = document.get(sequence);
        if (host != null && serial != null) {
            draft.identity("auditd", host.getName(), stamp(when, serial));
        }
        return context.event(draft.host(host).time(when), this);
    }

    private @Nullable EventDraft audit(JsonFields document, @Nullable Host host, EventTime when, boolean hasFailed) {
        String type = document.get(messageType);
        boolean isLogin = "user_login".equals(type);
        if (isLogin || "user_logout".equals(type)) {
            return hasFailed ? null : logon(document, isLogin);
        }
        String call = document.get(syscall);
        if (call == null) {
            return null;
        }
        Syscall known = Syscall.of(null, call, null);
        EventDraft draft = switch (known) {
            case EXECUTE -> hasFailed ? null : started(document, host, when);
            case CONNECT, SOCKET_CALL -> connection(document, host, hasFailed);
            case OPEN, OPEN_AT, OPEN_HOW, CREATE ->
                hasFailed || !isWrite(document) ? null : file(document, host, EventKind.FILE_WRITE, null);
            case RENAME, LINK -> hasFailed ? null : file(document, host, EventKind.FILE_WRITE, null);
            case CHANGE_MODE, CHANGE_MODE_AT ->
                hasFailed ? null : file(document, host, EventKind.FILE_MODE, document.get(fileMode));
            case EXIT ->
                new EventDraft(AUDITD, EventKind.PROCESS_END)
                        .process(process(document, host).build());
            case OTHER -> null;
        };
        return draft == null ? null : draft.code(call).user(account(document));
    }

    /** Auditbeat names what was done to a file; opening for reading has an action of its own. */
    private boolean isWrite(JsonFields document) {
        String what = document.get(action);
        return what != null && !what.equals("opened-file");
    }

    private EventDraft started(JsonFields document, @Nullable Host host, EventTime when) {
        return new EventDraft(AUDITD, EventKind.PROCESS_START)
                .process(process(document, host)
                        .start(when)
                        .parent(parent(document, host))
                        .build());
    }

    private @Nullable EventDraft connection(JsonFields document, @Nullable Host host, boolean hasFailed) {
        String ip = IpAddresses.canonical(document.get(destinationIp));
        if (ip == null) {
            return null;
        }
        EventDraft draft = new EventDraft(AUDITD, EventKind.NETWORK_CONNECTION)
                .process(process(document, host).build())
                .destination(ip, Numbers.port(document.get(destinationPort)), null)
                .network(new Network(document.get(transport), null, "egress", null, null));
        return hasFailed ? draft.outcome(EventOutcome.FAILURE) : draft;
    }

    private @Nullable EventDraft file(JsonFields document, @Nullable Host host, EventKind kind, @Nullable String mode) {
        String path = document.get(filePath);
        return path == null
                ? null
                : new EventDraft(AUDITD, kind)
                        .process(process(document, host).build())
                        .file(new FileDraft(FilePath.posix(path)).mode(mode).build());
    }

    private EventDraft logon(JsonFields document, boolean begin) {
        String ip = IpAddresses.canonical(document.get(sourceIp));
        return new EventDraft(AUDITD, EventKind.LOGON)
                .code(document.get(messageType))
                .user(account(document))
                .client(ip, null, null)
                .logon(Logons.of(ip == null ? 2 : 10, set(document.get(session)), ip, begin));
    }

    private @Nullable EventDraft watchedFile(JsonFields document) {
        String path = document.get(filePath);
        String what = null;
        for (String text : document.all(action)) {
            if (text.equals("created") || text.equals("updated") || text.equals("moved")) {
                what = text;
                break;
            }
        }
        if (path == null || what == null) {
            return null;
        }
        Hash hash = hashes[0].read(document);
        return new EventDraft(FILES, EventKind.FILE_WRITE)
                .code(what)
                .file(new FileDraft(FilePath.posix(path))
                        .size(Numbers.whole(document.get(size)))
                        .hash(hash == null ? hashes[1].read(document) : hash)
                        .build());
    }

    private @Nullable EventDraft system(JsonFields document, @Nullable Host host) {
        String what = document.get(action);
        EventKind kind = switch (what) {
            case null -> null;
            case "process_started" -> EventKind.PROCESS_START;
            case "process_stopped" -> EventKind.PROCESS_END;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        return new EventDraft(SYSTEM, kind)
                .code(what)
                .process(process(document, host)
                        .start(EventTime.iso(document.get(start), ZoneOffset.UTC, TimeQuality.EXACT))
                        .parent(parent(document, host))
                        .build())
                .user(Users.of(null, document.get(userName), document.get(user)));
    }

    private ProcessDraft process(JsonFields document, @Nullable Host host) {
        String path = document.get(executable);
        String own = document.get(entityId);
        return new ProcessDraft()
                .entityId(own == null ? entity(document, host, document.get(pid)) : own)
                .pid(Numbers.whole(document.get(pid)))
                .name(
                        path == null
                                ? document.get(processName)
                                : FilePath.posix(path).name())
                .executable(path)
                .commandLine(Arguments.join(document.all(args)))
                .workingDirectory(document.get(workingDirectory));
    }

    private @Nullable ParentProcess parent(JsonFields document, @Nullable Host host) {
        String id = document.get(parentPid);
        return id == null ? null : new ParentProcess(entity(document, host, id), Numbers.whole(id), null, null);
    }

    private @Nullable String entity(JsonFields document, @Nullable Host host, @Nullable String id) {
        return document.isObject(auditd) ? AuditEvent.entityId(host, document.get(session), id) : null;
    }

    private @Nullable User account(JsonFields document) {
        String login = set(document.get(loginUser));
        return login == null
                ? Users.of(null, document.get(userName), document.get(user))
                : Users.of(null, document.get(loginUserName), login);
    }

    private @Nullable String hostName(JsonFields document, RecordContext context) {
        for (int slot : hostNames) {
            if (document.get(slot) != null) {
                return document.get(slot);
            }
        }
        return context.metadata().host();
    }

    private Platform platform(JsonFields document) {
        String type = document.get(osType) == null ? document.get(osPlatform) : document.get(osType);
        return switch (type) {
            case null -> document.isObject(auditd) ? Platform.LINUX : Platform.UNKNOWN;
            case "windows" -> Platform.WINDOWS;
            case "macos", "darwin" -> Platform.MACOS;
            default -> Platform.LINUX;
        };
    }

    private static @Nullable String set(@Nullable String id) {
        return id == null || AuditEvent.isUnset(id) ? null : id;
    }

    /** {@code S.mmm:SERIAL}, as the audit system itself writes it. */
    private static String stamp(EventTime when, String serial) {
        String millis = Long.toString(when.millis());
        int point = millis.length() - 3;
        return point <= 0
                ? millis + ":" + serial
                : millis.substring(0, point) + "." + millis.substring(point) + ":" + serial;
    }
}
