package io.clicktrail.normalizer.linux;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Quarantine;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Rows of osquery's scheduled queries. A query's name is the operator's to choose, so a row is known by its columns:
 * process_events, es_process_events, socket_events, file_events, extended_attributes and macOS's quarantine database
 * (as an ATC table). Rows of tables that show a state instead of what happened are of no use here, and neither are rows
 * that a query no longer finds ({@code removed}).
 */
public final class OsqueryJson implements JsonFormat {

    private static final String DATASET = "osquery.result";

    /** Seconds from 1970 to 2001, where macOS's own clock begins. */
    private static final long COCOA_EPOCH = 978_307_200L;

    private final int hostIdentifier;
    private final int columns;
    private final int snapshot;
    private final int diffResults;
    private final int action;
    private final int unixTime;
    private final int platform;
    private final int hostname;
    private final int columnTime;
    private final int pid;
    private final int parent;
    private final int path;
    private final int commandLine;
    private final int directory;
    private final int uid;
    private final int username;
    private final int[] loginUser;
    private final int eventType;
    private final int esFile;
    private final int esNewFile;
    private final int remoteAddress;
    private final int remotePort;
    private final int success;
    private final int columnAction;
    private final int targetPath;
    private final int md5;
    private final int sha1;
    private final int sha256;
    private final int size;
    private final int attributeKey;
    private final int attributeValue;
    private final int quarantineTime;
    private final int quarantineAgent;
    private final int quarantineUrl;
    private final int quarantineOrigin;

    public OsqueryJson(JsonPaths paths) {
        hostIdentifier = paths.field("hostIdentifier");
        columns = paths.field("columns");
        snapshot = paths.field("snapshot");
        diffResults = paths.field("diffResults");
        action = paths.field("action");
        unixTime = paths.field("unixTime");
        platform = paths.field("decorations.platform");
        hostname = paths.field("decorations.hostname");
        columnTime = paths.field("columns.time");
        pid = paths.field("columns.pid");
        parent = paths.field("columns.parent");
        path = paths.field("columns.path");
        commandLine = paths.field("columns.cmdline");
        directory = paths.field("columns.cwd");
        uid = paths.field("columns.uid");
        username = paths.field("columns.username");
        loginUser = new int[] {paths.field("columns.auid"), paths.field("columns.login_uid")};
        eventType = paths.field("columns.event_type");
        esFile = paths.field("columns.filename");
        esNewFile = paths.field("columns.dest_filename");
        remoteAddress = paths.field("columns.remote_address");
        remotePort = paths.field("columns.remote_port");
        success = paths.field("columns.success");
        columnAction = paths.field("columns.action");
        targetPath = paths.field("columns.target_path");
        md5 = paths.field("columns.md5");
        sha1 = paths.field("columns.sha1");
        sha256 = paths.field("columns.sha256");
        size = paths.field("columns.size");
        attributeKey = paths.field("columns.key");
        attributeValue = paths.field("columns.value");
        quarantineTime = paths.field("columns.LSQuarantineTimeStamp");
        quarantineAgent = paths.field("columns.LSQuarantineAgentName");
        quarantineUrl = paths.field("columns.LSQuarantineDataURLString");
        quarantineOrigin = paths.field("columns.LSQuarantineOriginURLString");
    }

    @Override
    public String name() {
        return "osquery.result";
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata transport) {
        return document.has(hostIdentifier)
                && (document.isObject(columns)
                        || document.has(snapshot)
                        || document.isObject(snapshot)
                        || document.has(diffResults));
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        if (!document.isObject(columns) || "removed".equals(document.get(action))) {
            return new Outcome.Ignored(DATASET, "rows of a state");
        }
        String named = document.get(hostname);
        String id = document.get(hostIdentifier);
        Host host = Hosts.of(named == null ? id : named, platform(document), null);
        EventTime time = EventTime.epoch(document.get(columnTime));
        if (time == null) {
            time = EventTime.epoch(document.get(unixTime));
        }
        EventDraft draft = row(document, host, time);
        if (draft == null) {
            return new Outcome.Ignored(DATASET, "row without use here");
        }
        if (draft.time() == null) {
            draft.time(time);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.host(host), this);
    }

    private @Nullable EventDraft row(JsonFields document, @Nullable Host host, @Nullable EventTime time) {
        if (document.get(quarantineTime) != null) {
            return quarantine(document);
        }
        if (Quarantine.ATTRIBUTE.equals(document.get(attributeKey))) {
            return attribute(document);
        }
        if (document.get(columnTime) == null) {
            return null;
        }
        if (document.get(remoteAddress) != null) {
            return socket(document, host);
        }
        if (document.get(esFile) != null) {
            return endpointFile(document, host);
        }
        if (document.get(targetPath) != null) {
            return file(document);
        }
        return document.get(commandLine) != null && document.get(pid) != null ? process(document, host, time) : null;
    }

    private @Nullable EventDraft process(JsonFields document, @Nullable Host host, @Nullable EventTime time) {
        String type = document.get(eventType);
        if (type != null && !type.equals("exec")) {
            return null;
        }
        Long parentPid = Numbers.whole(document.get(parent));
        return new EventDraft(DATASET, EventKind.PROCESS_START)
                .code("process")
                .process(actor(document, host)
                        .start(time)
                        .commandLine(document.get(commandLine))
                        .workingDirectory(strip(document.get(directory)))
                        .parent(
                                parentPid == null
                                        ? null
                                        : new ParentProcess(
                                                entityId(host, document.get(parent)), parentPid, null, null))
                        .build())
                .user(user(document));
    }

    private @Nullable EventDraft socket(JsonFields document, @Nullable Host host) {
        String ip = IpAddresses.canonical(document.get(remoteAddress));
        if (ip == null || !"connect".equals(document.get(columnAction))) {
            return null;
        }
        EventDraft draft = new EventDraft(DATASET, EventKind.NETWORK_CONNECTION)
                .code("socket")
                .process(actor(document, host).build())
                .user(user(document))
                .destination(ip, Numbers.port(document.get(remotePort)), null)
                .network(new Network(null, null, "egress", null, null));
        return "0".equals(document.get(success)) ? draft.outcome(EventOutcome.FAILURE) : draft;
    }

    /** A row of es_process_file_events (macOS): {@code path} is the process, the file has columns of its own. */
    private @Nullable EventDraft endpointFile(JsonFields document, @Nullable Host host) {
        String type = document.get(eventType);
        String renamed = strip(document.get(esNewFile));
        String file = renamed == null ? strip(document.get(esFile)) : renamed;
        boolean isWrite = "create".equals(type) || "write".equals(type) || "rename".equals(type);
        if (file == null || !isWrite) {
            return null;
        }
        return new EventDraft(DATASET, EventKind.FILE_WRITE)
                .code("file")
                .process(actor(document, host).build())
                .user(user(document))
                .file(new FileDraft(FilePath.posix(file))
                        .originalPath(renamed == null ? null : document.get(esFile))
                        .build());
    }

    private @Nullable EventDraft file(JsonFields document) {
        String target = document.get(targetPath);
        String what = document.get(columnAction);
        boolean isWrite = "CREATED".equals(what) || "UPDATED".equals(what) || "MOVED_TO".equals(what);
        if (target == null || !isWrite) {
            return null;
        }
        return new EventDraft(DATASET, EventKind.FILE_WRITE)
                .code("file")
                .file(new FileDraft(FilePath.ofHost(target))
                        .size(Numbers.whole(document.get(size)))
                        .hash(Hashes.of(document.get(md5), document.get(sha1), document.get(sha256)))
                        .build());
    }

    /**
     * A row of QuarantineEventsV2: the download's URL and page, and the application that marked it, but not the file's
     * path.
     */
    private @Nullable EventDraft quarantine(JsonFields document) {
        String url = document.get(quarantineUrl);
        Long seconds = Numbers.whole(document.get(quarantineTime));
        if (url == null || url.isEmpty() || seconds == null) {
            return null;
        }
        String agent = document.get(quarantineAgent);
        FileDraft file = new FileDraft(FilePath.ofUrl(url))
                .origin(url, strip(document.get(quarantineOrigin)))
                .mark(MarkAction.SET);
        return new EventDraft(DATASET, EventKind.FILE_MARK)
                .code("quarantine")
                .time(EventTime.epoch(Long.toString(seconds + COCOA_EPOCH)))
                .process(agent == null ? null : new ProcessDraft().name(agent).build())
                .file(file.build());
    }

    /** A row of extended_attributes, which shows since when a file is marked and by whom. */
    private @Nullable EventDraft attribute(JsonFields document) {
        String file = document.get(path);
        Quarantine quarantine = Quarantine.of(document.get(attributeValue));
        if (file == null || quarantine == null) {
            return null;
        }
        return new EventDraft(DATASET, EventKind.FILE_MARK)
                .code("quarantine")
                .time(quarantine.time())
                .process(
                        quarantine.agent() == null
                                ? null
                                : new ProcessDraft().name(quarantine.agent()).build())
                .file(new FileDraft(FilePath.posix(file)).mark(MarkAction.SET).build());
    }

    private ProcessDraft actor(JsonFields document, @Nullable Host host) {
        String image = strip(document.get(path));
        return new ProcessDraft()
                .entityId(entityId(host, document.get(pid)))
                .pid(Numbers.whole(document.get(pid)))
                .name(image == null ? null : FilePath.posix(image).name())
                .executable(image);
    }

    /** osquery knows no session. */
    private static @Nullable String entityId(@Nullable Host host, @Nullable String pid) {
        return AuditEvent.entityId(host, null, pid);
    }

    private @Nullable User user(JsonFields document) {
        for (int slot : loginUser) {
            String login = document.get(slot);
            if (login != null && !AuditEvent.isUnset(login)) {
                return Users.of(null, null, login);
            }
        }
        return Users.of(null, document.get(username), document.get(uid));
    }

    private Platform platform(JsonFields document) {
        String named = document.get(platform);
        return switch (named) {
            case null -> document.get(quarantineTime) == null ? Platform.UNKNOWN : Platform.MACOS;
            case "darwin" -> Platform.MACOS;
            case "windows" -> Platform.WINDOWS;
            default -> Platform.LINUX;
        };
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null || text.isBlank() ? null : AuditFields.unquoted(text.strip());
    }
}
