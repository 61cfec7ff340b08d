package io.clicktrail.normalizer.macos;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.normalizer.event.Arguments;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Logons;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.SignatureStatuses;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Apple's Endpoint Security (developer.apple.com/documentation/endpointsecurity) as JSON, in the shape that
 * eslogger writes and Jamf Protect follows: the acting process, and under {@code event} what it did.
 *
 * <p>A new process begins with {@code exec}: the acting process is then what ran under its pid before, a copy of its
 * parent after a fork. Of the parent itself only the token is given.
 */
final class EndpointSecurity {

    private static final String QUARANTINE = "com.apple.quarantine";
    private static final int LOCAL_LOGON = 2;
    private static final int REMOTE_LOGON = 10;

    private final ProcessSlots actor;
    private final int exec;
    private final ProcessSlots started;
    private final int arguments;
    private final int workingDirectory;
    private final int exit;
    private final DestinationSlots created;
    private final int renameSource;
    private final DestinationSlots renamed;
    private final int closeModified;
    private final int closed;
    private final int cloneSource;
    private final int cloneDirectory;
    private final int cloneName;
    private final int copySource;
    private final int copyDirectory;
    private final int copyName;
    private final int copyTarget;
    private final int modeTarget;
    private final int mode;
    private final int setAttribute;
    private final int setTarget;
    private final int deletedAttribute;
    private final int deleteTarget;
    private final int windowLogin;
    private final int windowLogout;
    private final int sshLogin;
    private final int sshSuccess;
    private final int sshAddress;

    EndpointSecurity(JsonPaths paths) {
        actor = new ProcessSlots(paths, "process");
        exec = paths.field("event.exec");
        started = new ProcessSlots(paths, "event.exec.target");
        arguments = paths.field("event.exec.args");
        workingDirectory = paths.field("event.exec.cwd.path");
        exit = paths.field("event.exit");
        created = new DestinationSlots(paths, "event.create.destination");
        renameSource = paths.field("event.rename.source.path");
        renamed = new DestinationSlots(paths, "event.rename.destination");
        closeModified = paths.field("event.close.modified");
        closed = paths.field("event.close.target.path");
        cloneSource = paths.field("event.clone.source.path");
        cloneDirectory = paths.field("event.clone.target_dir.path");
        cloneName = paths.field("event.clone.target_name");
        copySource = paths.field("event.copyfile.source.path");
        copyDirectory = paths.field("event.copyfile.target_dir.path");
        copyName = paths.field("event.copyfile.target_name");
        copyTarget = paths.field("event.copyfile.target_file.path");
        modeTarget = paths.field("event.setmode.target.path");
        mode = paths.field("event.setmode.mode");
        setAttribute = paths.field("event.setextattr.extattr");
        setTarget = paths.field("event.setextattr.target.path");
        deletedAttribute = paths.field("event.deleteextattr.extattr");
        deleteTarget = paths.field("event.deleteextattr.target.path");
        windowLogin = paths.field("event.lw_session_login.username");
        windowLogout = paths.field("event.lw_session_logout.username");
        sshLogin = paths.field("event.openssh_login.username");
        sshSuccess = paths.field("event.openssh_login.success");
        sshAddress = paths.field("event.openssh_login.source_address");
    }

    /** Whether the document has an acting process with a token. */
    boolean hasActor(JsonFields document) {
        return actor.token.pid(document) != null;
    }

    /** What the message says; null where it is of no use here. */
    @Nullable
    EventDraft read(
            JsonFields document, @Nullable Host host, @Nullable EventTime time, String dataset, int fieldChars) {
        EventDraft draft = draft(document, host, time, dataset, fieldChars);
        return draft == null ? null : draft.time(time).host(host);
    }

    private @Nullable EventDraft draft(
            JsonFields document, @Nullable Host host, @Nullable EventTime time, String dataset, int fieldChars) {
        if (document.isObject(exec)) {
            return started(document, host, time, dataset, fieldChars);
        }
        if (document.isObject(exit)) {
            return acting(EventKind.PROCESS_END, "exit", document, host, dataset);
        }
        EventDraft written = written(document, host, dataset);
        if (written != null) {
            return written;
        }
        EventDraft marked = marked(document, host, dataset);
        return marked != null ? marked : logon(document, dataset);
    }

    static Outcome finish(
            @Nullable EventDraft draft, JsonFields document, RecordContext context, Format format, String dataset) {
        if (draft == null) {
            return new Outcome.Ignored(dataset, "event without use here");
        }
        if (draft.time() == null) {
            return context.rejected(Reason.BAD_TIME, format);
        }
        if (document.truncated()) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return context.event(draft, format);
    }

    private EventDraft started(
            JsonFields document, @Nullable Host host, @Nullable EventTime time, String dataset, int fieldChars) {
        String line = Arguments.join(document.all(arguments));
        boolean isCut = line != null && line.length() > fieldChars;
        ParentProcess parent = started.parent.process(document, host, document.get(actor.executable));
        ProcessDraft process = started.draft(document, host)
                .start(time)
                .commandLine(isCut && line != null ? line.substring(0, fieldChars) : line)
                .workingDirectory(document.get(workingDirectory))
                .parent(parent);
        EventDraft draft = new EventDraft(dataset, EventKind.PROCESS_START)
                .code("exec")
                .process(process.build())
                .user(started.token.user(document));
        return isCut ? draft.tag(RecordContext.TRUNCATED) : draft;
    }

    private EventDraft acting(EventKind kind, String code, JsonFields document, @Nullable Host host, String dataset) {
        Process process = actor.draft(document, host)
                .parent(actor.parent.process(document, host, null))
                .build();
        return new EventDraft(dataset, kind).code(code).process(process).user(actor.token.user(document));
    }

    private @Nullable EventDraft written(JsonFields document, @Nullable Host host, String dataset) {
        String path = created.path(document);
        if (path != null) {
            return file("create", path, null, document, host, dataset);
        }
        path = renamed.path(document);
        if (path != null) {
            return file("rename", path, document.get(renameSource), document, host, dataset);
        }
        path = document.get(closed);
        if (path != null) {
            return "true".equals(document.get(closeModified))
                    ? file("close", path, null, document, host, dataset)
                    : null;
        }
        path = DestinationSlots.join(document.get(cloneDirectory), document.get(cloneName));
        if (path != null) {
            return file("clone", path, document.get(cloneSource), document, host, dataset);
        }
        path = document.get(copyTarget);
        if (path == null) {
            path = DestinationSlots.join(document.get(copyDirectory), document.get(copyName));
        }
        return path == null ? null : file("copyfile", path, document.get(copySource), document, host, dataset);
    }

    private EventDraft file(
            String code,
            String path,
            @Nullable String original,
            JsonFields document,
            @Nullable Host host,
            String dataset) {
        return acting(EventKind.FILE_WRITE, code, document, host, dataset)
                .file(new FileDraft(FilePath.posix(path)).originalPath(original).build());
    }

    private @Nullable EventDraft marked(JsonFields document, @Nullable Host host, String dataset) {
        String path = document.get(setTarget);
        if (path != null && QUARANTINE.equals(document.get(setAttribute))) {
            return mark("setextattr", path, MarkAction.SET, document, host, dataset);
        }
        path = document.get(deleteTarget);
        if (path != null && QUARANTINE.equals(document.get(deletedAttribute))) {
            return mark("deleteextattr", path, MarkAction.REMOVED, document, host, dataset);
        }
        path = document.get(modeTarget);
        Long bits = Numbers.whole(document.get(mode));
        return path == null || bits == null
                ? null
                : acting(EventKind.FILE_MODE, "setmode", document, host, dataset)
                        .file(new FileDraft(FilePath.posix(path))
                                .mode(octal(bits))
                                .build());
    }

    private EventDraft mark(
            String code, String path, MarkAction action, JsonFields document, @Nullable Host host, String dataset) {
        return acting(EventKind.FILE_MARK, code, document, host, dataset)
                .file(new FileDraft(FilePath.posix(path)).mark(action).build());
    }

    private @Nullable EventDraft logon(JsonFields document, String dataset) {
        String name = document.get(windowLogin);
        if (name != null) {
            return logon("lw_session_login", name, LOCAL_LOGON, null, true, dataset);
        }
        name = document.get(windowLogout);
        if (name != null) {
            return logon("lw_session_logout", name, LOCAL_LOGON, null, false, dataset);
        }
        name = document.get(sshLogin);
        return name == null || !"true".equals(document.get(sshSuccess))
                ? null
                : logon(
                        "openssh_login",
                        name,
                        REMOTE_LOGON,
                        IpAddresses.canonical(document.get(sshAddress)),
                        true,
                        dataset);
    }

    private static EventDraft logon(
            String code, String name, int type, @Nullable String ip, boolean begin, String dataset) {
        return new EventDraft(dataset, EventKind.LOGON)
                .code(code)
                .user(Users.of(null, name, null))
                .client(ip, null, null)
                .logon(Logons.of(type, null, ip, begin));
    }

    private static String octal(long bits) {
        String digits = Long.toOctalString(bits & 07777);
        return "0".repeat(4 - Math.min(4, digits.length())) + digits;
    }

    /** A process of a message. */
    private static final class ProcessSlots {
        private final int executable;
        private final AuditTokenFields token;
        private final AuditTokenFields parent;
        private final AuditTokenFields responsible;
        private final int signingId;
        private final int teamId;
        private final int cdhash;
        private final int flags;

        ProcessSlots(JsonPaths paths, String path) {
            executable = paths.field(path + ".executable.path");
            token = new AuditTokenFields(paths, path + ".audit_token");
            parent = new AuditTokenFields(paths, path + ".parent_audit_token");
            responsible = new AuditTokenFields(paths, path + ".responsible_audit_token");
            signingId = paths.field(path + ".signing_id");
            teamId = paths.field(path + ".team_id");
            cdhash = paths.field(path + ".cdhash");
            flags = paths.field(path + ".codesigning_flags");
        }

        ProcessDraft draft(JsonFields document, @Nullable Host host) {
            String path = document.get(executable);
            return new ProcessDraft()
                    .entityId(token.entityId(document, host))
                    .pid(token.pid(document))
                    .name(path == null ? null : FilePath.posix(path).name())
                    .executable(path)
                    .responsible(responsible.process(document, host, null))
                    .sessionId(token.session(document))
                    .codeSignature(
                            empty(document.get(signingId)),
                            empty(document.get(teamId)),
                            null,
                            SignatureStatuses.ofAppleFlags(Numbers.whole(document.get(flags))),
                            cdhash(document.get(cdhash)));
        }

        /** Forty hex digits; zeros where there is none. */
        private static @Nullable String cdhash(@Nullable String text) {
            if (text == null || text.length() != 40 || text.chars().anyMatch(c -> Character.digit(c, 16) < 0)) {
                return null;
            }
            return text.chars().allMatch(c -> c == '0') ? null : text.toLowerCase(Locale.ROOT);
        }

        private static @Nullable String empty(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    /** The new place of a file: a file that was there, or a name in a directory. */
    private static final class DestinationSlots {
        private final int existing;
        private final int directory;
        private final int fileName;

        DestinationSlots(JsonPaths paths, String path) {
            existing = paths.field(path + ".existing_file.path");
            directory = paths.field(path + ".new_path.dir.path");
            fileName = paths.field(path + ".new_path.filename");
        }

        @Nullable
        String path(JsonFields document) {
            String path = document.get(existing);
            return path != null ? path : join(document.get(directory), document.get(fileName));
        }

        static @Nullable String join(@Nullable String directory, @Nullable String name) {
            if (directory == null || name == null) {
                return null;
            }
            return directory.endsWith("/") ? directory + name : directory + "/" + name;
        }
    }
}
