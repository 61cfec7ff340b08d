package io.clicktrail.normalizer.macos;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Arguments;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hashes;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Santa's log as JSON (northpole.dev, "Telemetry", {@code EventLogType} json; santa.proto): {@code
 * {"machine_id":..,"event_time":..,"processed_time":..,"execution":{..}}}. It says what {@link SantaText} says, under
 * the same codes; arguments are in Base64.
 */
public final class SantaJson implements JsonFormat {

    private static final String[] MOVES = {"rename", "link", "clone", "copyfile"};

    private final int machine;
    private final int eventTime;
    private final int processedTime;
    private final ProcessSlots started;
    private final ProcessSlots before;
    private final int arguments;
    private final int workingDirectory;
    private final int decision;
    private final int quarantineUrl;
    private final ProcessSlots exited;
    private final ProcessSlots closing;
    private final int closed;
    private final int modified;
    private final MoveSlots[] moves;

    public SantaJson(JsonPaths paths) {
        machine = paths.field("machine_id");
        eventTime = paths.field("event_time");
        processedTime = paths.field("processed_time");
        started = new ProcessSlots(paths, "execution.target");
        before = new ProcessSlots(paths, "execution.instigator");
        arguments = paths.field("execution.args");
        workingDirectory = paths.field("execution.working_directory.path");
        decision = paths.field("execution.decision");
        quarantineUrl = paths.field("execution.quarantine_url");
        exited = new ProcessSlots(paths, "exit.instigator");
        closing = new ProcessSlots(paths, "close.instigator");
        closed = paths.field("close.target.path");
        modified = paths.field("close.modified");
        moves = Arrays.stream(MOVES).map(move -> new MoveSlots(paths, move)).toArray(MoveSlots[]::new);
    }

    @Override
    public String name() {
        return "macos.santa-json";
    }

    @Override
    public List<String> datasets() {
        return List.of(SantaText.DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return document.has(eventTime) && document.has(processedTime);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        EventTime time = context.time(document.get(eventTime));
        if (time == null) {
            return context.rejected(Reason.BAD_TIME, this);
        }
        String name = context.metadata().host();
        Host host = Hosts.of(name == null ? document.get(machine) : name, Platform.MACOS, null);
        EventDraft draft = draft(document, host, time, context.limits().fieldChars());
        if (draft == null) {
            return new Outcome.Ignored(SantaText.DATASET, "action without use here");
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft.time(time).host(host), this);
    }

    private @Nullable EventDraft draft(JsonFields document, @Nullable Host host, EventTime time, int fieldChars) {
        if (started.isTold(document)) {
            return started(document, host, time, fieldChars);
        }
        if (exited.isTold(document)) {
            return acting(EventKind.PROCESS_END, "EXIT", exited, document, host);
        }
        String path = document.get(closed);
        if (path != null) {
            return "true".equals(document.get(modified)) ? file("WRITE", path, null, closing, document, host) : null;
        }
        for (MoveSlots move : moves) {
            String target = document.get(move.target);
            if (target != null) {
                return file(move.code, target, document.get(move.source), move.actor, document, host);
            }
        }
        return null;
    }

    private EventDraft started(JsonFields document, @Nullable Host host, EventTime time, int fieldChars) {
        String line = Arguments.join(plain(document.all(arguments)));
        boolean isCut = line != null && line.length() > fieldChars;
        String image = document.get(started.executable);
        ProcessDraft process = started.draft(document, host)
                .start(time)
                .commandLine(isCut && line != null ? line.substring(0, fieldChars) : line)
                .workingDirectory(document.get(workingDirectory))
                .hash(Hashes.of(null, null, document.get(started.hash)))
                .codeSignature(document.get(started.signingId), document.get(started.teamId))
                .parent(new ParentProcess(
                        ProcessEntityIds.entityId(
                                document.get(started.parentPid), document.get(started.parentVersion), host),
                        Numbers.whole(document.get(started.parentPid)),
                        document.get(before.executable),
                        null));
        EventDraft draft = new EventDraft(SantaText.DATASET, EventKind.PROCESS_START)
                .code("EXEC")
                .process(process.build())
                .user(started.user(document))
                .outcome(outcome(document.get(decision)));
        String origin = document.get(quarantineUrl);
        if (origin != null && image != null) {
            draft.file(new FileDraft(FilePath.posix(image)).origin(origin, null).build());
        }
        return isCut ? draft.tag(RecordContext.TRUNCATED) : draft;
    }

    private static EventOutcome outcome(@Nullable String decision) {
        if (decision == null) {
            return EventOutcome.UNKNOWN;
        }
        return decision.startsWith("DECISION_DENY") ? EventOutcome.FAILURE : EventOutcome.SUCCESS;
    }

    private static EventDraft file(
            String code,
            String path,
            @Nullable String original,
            ProcessSlots actor,
            JsonFields document,
            @Nullable Host host) {
        return acting(EventKind.FILE_WRITE, code, actor, document, host)
                .file(new FileDraft(FilePath.posix(path)).originalPath(original).build());
    }

    private static EventDraft acting(
            EventKind kind, String code, ProcessSlots actor, JsonFields document, @Nullable Host host) {
        return new EventDraft(SantaText.DATASET, kind)
                .code(code)
                .process(actor.draft(document, host).build())
                .user(actor.user(document));
    }

    /** The arguments out of their Base64; one that is none as written. */
    private static List<String> plain(List<String> encoded) {
        List<String> plain = new ArrayList<>(encoded.size());
        for (String argument : encoded) {
            plain.add(plain(argument));
        }
        return plain;
    }

    private static String plain(String argument) {
        try {
            return new String(Base64.getDecoder().decode(argument), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return argument;
        }
    }

    /** A process of a message. */
    private static final class ProcessSlots {
        private final int pid;
        private final int version;
        private final int parentPid;
        private final int parentVersion;
        private final int uid;
        private final int user;
        private final int executable;
        private final int hash;
        private final int signingId;
        private final int teamId;

        ProcessSlots(JsonPaths paths, String path) {
            pid = paths.field(path + ".id.pid");
            version = paths.field(path + ".id.pidversion");
            parentPid = paths.field(path + ".parent_id.pid");
            parentVersion = paths.field(path + ".parent_id.pidversion");
            uid = paths.field(path + ".real_user.uid");
            user = paths.field(path + ".real_user.name");
            executable = paths.field(path + ".executable.path");
            hash = paths.field(path + ".executable.hash.hash");
            signingId = paths.field(path + ".code_signature.signing_id");
            teamId = paths.field(path + ".code_signature.team_id");
        }

        boolean isTold(JsonFields document) {
            return document.get(pid) != null;
        }

        ProcessDraft draft(JsonFields document, @Nullable Host host) {
            String path = document.get(executable);
            return new ProcessDraft()
                    .entityId(ProcessEntityIds.entityId(document.get(pid), document.get(version), host))
                    .pid(Numbers.whole(document.get(pid)))
                    .name(path == null ? null : FilePath.posix(path).name())
                    .executable(path);
        }

        @Nullable
        User user(JsonFields document) {
            return Users.of(null, document.get(user), document.get(uid));
        }
    }

    /** A file that was moved or copied. */
    private static final class MoveSlots {
        private final String code;
        private final ProcessSlots actor;
        private final int source;
        private final int target;

        MoveSlots(JsonPaths paths, String event) {
            code = event.toUpperCase(Locale.ROOT);
            actor = new ProcessSlots(paths, event + ".instigator");
            source = paths.field(event + ".source.path");
            target = paths.field(event + ".target");
        }
    }
}
