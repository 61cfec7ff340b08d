package io.clicktrail.normalizer.linux;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Host;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import io.clicktrail.normalizer.event.Arguments;
import io.clicktrail.normalizer.event.EventDraft;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.FileDraft;
import io.clicktrail.normalizer.event.FilePath;
import io.clicktrail.normalizer.event.Hosts;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.Users;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event of the Linux audit system says, whoever has put its records together, and what that means.
 *
 * <p>The account is the login user (auid), who stays the same behind sudo and su, and the acting user (uid) where
 * nobody has logged in. The kernel gives processes no identity: theirs here is {@code host:session:pid}. Session and
 * pid are in every record, the start is only in one, so this alone ties a process's own records and those of its
 * children together; a pid that comes round again inside one session would join two processes.
 */
final class AuditEvent {

    static final String DATASET = "linux.auditd";

    /** Tag of an event of which a record is missing. */
    static final String INCOMPLETE = "incomplete";

    private static final String UNSET = "4294967295";
    private static final String IN_PROGRESS = "-115";
    private static final long CURRENT_DIRECTORY = 0xffffff9cL;
    private static final int WRITE_ONLY = 1;
    private static final int READ_WRITE = 2;
    private static final long SOCKET_CALL_CONNECT = 3;
    private static final int MAX_PATHS = 64;

    /** A PATH record. */
    private record Path(int item, String name, @Nullable String nameType) {}

    private final String stamp;
    private final @Nullable String node;
    private Syscall syscall = Syscall.OTHER;
    private @Nullable String code;
    private @Nullable String success;
    private @Nullable String exit;
    private final @Nullable String[] arguments = new String[4];
    private @Nullable String pid;
    private @Nullable String parentPid;
    private @Nullable String session;
    private @Nullable String loginUser;
    private @Nullable String user;
    private @Nullable String loginUserName;
    private @Nullable String userName;
    private @Nullable String command;
    private @Nullable String executable;
    private List<String> argv = List.of();
    private @Nullable String title;
    private @Nullable String directory;
    private @Nullable SocketAddress address;
    private @Nullable String parentExecutable;
    private final List<Path> paths = new ArrayList<>(4);
    private boolean incomplete;

    /**
     * @param stamp {@code S.mmm:SERIAL}
     * @param node the host's own word on its name
     */
    AuditEvent(String stamp, @Nullable String node) {
        this.stamp = stamp;
        this.node = node;
    }

    /**
     * @param asWritten the call's name or number, as the source has it
     */
    void call(Syscall value, @Nullable String asWritten, @Nullable String successText, @Nullable String exitText) {
        syscall = value;
        code = asWritten;
        success = successText;
        exit = exitText;
    }

    /** Arguments of the call, 0 to 3, in hex. */
    void argument(int index, @Nullable String hex) {
        arguments[index] = hex;
    }

    void process(@Nullable String id, @Nullable String parent, @Nullable String sessionId) {
        pid = id;
        parentPid = parent;
        session = sessionId;
    }

    void users(
            @Nullable String login, @Nullable String loginName, @Nullable String acting, @Nullable String actingName) {
        loginUser = login;
        loginUserName = loginName;
        user = acting;
        userName = actingName;
    }

    void image(@Nullable String path, @Nullable String shortName) {
        executable = path;
        command = shortName;
    }

    void parentImage(@Nullable String path) {
        parentExecutable = path;
    }

    void commandLine(List<String> args, @Nullable String processTitle) {
        argv = args;
        title = processTitle;
    }

    void directory(@Nullable String path) {
        directory = path;
    }

    void address(@Nullable SocketAddress value) {
        address = value;
    }

    void path(int item, @Nullable String name, @Nullable String nameType) {
        if (name != null && paths.size() < MAX_PATHS) {
            paths.add(new Path(item, name, nameType));
        }
    }

    /** The record of the arguments is missing: an execution is incomplete without them. */
    void markWithoutArguments() {
        incomplete |= syscall == Syscall.EXECUTE;
    }

    void markIncomplete() {
        incomplete = true;
    }

    /** Ends the reading with the event, or with the reason why it is of no use. */
    Outcome read(RecordContext context, Format format) {
        if (syscall != Syscall.CONNECT && syscall != Syscall.SOCKET_CALL && "no".equals(success)) {
            return ignored("call that failed");
        }
        return switch (syscall) {
            case EXECUTE -> start(context, format);
            case OPEN -> open(arguments[1], false, context, format);
            case OPEN_AT -> open(arguments[2], true, context, format);
            case OPEN_HOW -> open(null, true, context, format);
            case CREATE -> written(context, format);
            case RENAME, LINK -> moved(context, format);
            case CHANGE_MODE -> mode(arguments[1], context, format);
            case CHANGE_MODE_AT -> mode(arguments[2], context, format);
            case SOCKET_CALL -> hex(arguments[0]) == SOCKET_CALL_CONNECT ? connect(context, format) : ignored("call");
            case CONNECT -> connect(context, format);
            case EXIT ->
                finish(
                        draft(EventKind.PROCESS_END, context)
                                .process(actor(context).build()),
                        context,
                        format);
            case OTHER -> ignored("system call without use here");
        };
    }

    private static Outcome ignored(String why) {
        return new Outcome.Ignored(DATASET, why);
    }

    private Outcome start(RecordContext context, Format format) {
        int most = context.limits().fieldChars();
        String line = argv.isEmpty() ? title : Arguments.join(argv);
        boolean isCut = line != null && line.length() > most;
        ProcessDraft process = actor(context)
                .start(AuditLine.time(stamp))
                .commandLine(isCut && line != null ? line.substring(0, most) : line)
                .workingDirectory(directory)
                .parent(parent(context));
        EventDraft draft = draft(EventKind.PROCESS_START, context).process(process.build());
        if (isCut) {
            draft.tag(RecordContext.TRUNCATED);
        }
        return finish(draft, context, format);
    }

    private @Nullable ParentProcess parent(RecordContext context) {
        Long id = Numbers.whole(parentPid);
        return id == null && parentExecutable == null
                ? null
                : new ParentProcess(entity(parentPid, context), id, parentExecutable, null);
    }

    /** A file is written where it was created, or opened so that it can be. */
    private Outcome open(@Nullable String flags, boolean hasDirectory, RecordContext context, Format format) {
        Path created = path("CREATE");
        if (created != null) {
            return file(created, null, null, EventKind.FILE_WRITE, hasDirectory, context, format);
        }
        long access = flags == null ? 0 : hex(flags) & 3;
        Path opened = path("NORMAL");
        return opened == null || (access != WRITE_ONLY && access != READ_WRITE)
                ? ignored("file opened for reading")
                : file(opened, null, null, EventKind.FILE_WRITE, hasDirectory, context, format);
    }

    private Outcome written(RecordContext context, Format format) {
        Path target = path("CREATE");
        Path file = target == null ? path("NORMAL") : target;
        return file == null
                ? ignored("call without a path")
                : file(file, null, null, EventKind.FILE_WRITE, false, context, format);
    }

    /** DELETE is the old name, CREATE the new one; a file that had the new name before is a second DELETE. */
    private Outcome moved(RecordContext context, Format format) {
        Path target = path("CREATE");
        Path source = syscall == Syscall.LINK ? path("NORMAL") : path("DELETE");
        return target == null
                ? ignored("call without a path")
                : file(
                        target,
                        source == null ? null : resolve(source.name(), false),
                        null,
                        EventKind.FILE_WRITE,
                        false,
                        context,
                        format);
    }

    private Outcome mode(@Nullable String hex, RecordContext context, Format format) {
        Path file = path("NORMAL");
        long bits = hex == null ? -1 : hex(hex);
        return file == null || bits < 0
                ? ignored("call without a path")
                : file(
                        file,
                        null,
                        octal(bits),
                        EventKind.FILE_MODE,
                        syscall == Syscall.CHANGE_MODE_AT,
                        context,
                        format);
    }

    private Outcome connect(RecordContext context, Format format) {
        if (address == null) {
            return ignored("socket that is not of the Internet");
        }
        EventDraft draft = draft(EventKind.NETWORK_CONNECTION, context)
                .process(actor(context).build())
                .destination(address.ip(), address.port() == 0 ? null : (Integer) address.port(), null)
                .network(new Network(null, null, "egress", null, null));
        if ("no".equals(success) && !IN_PROGRESS.equals(exit)) {
            draft.outcome(EventOutcome.FAILURE);
        }
        return finish(draft, context, format);
    }

    private Outcome file(
            Path path,
            @Nullable String originalPath,
            @Nullable String mode,
            EventKind kind,
            boolean hasDirectory,
            RecordContext context,
            Format format) {
        FileDraft file = new FileDraft(FilePath.posix(resolve(path.name(), hasDirectory)))
                .originalPath(originalPath)
                .mode(mode);
        EventDraft draft = draft(kind, context)
                .process(actor(context).workingDirectory(directory).build())
                .file(file.build());
        return finish(draft, context, format);
    }

    private EventDraft draft(EventKind kind, RecordContext context) {
        EventTime time = AuditLine.time(stamp);
        Host host = host(context);
        EventDraft draft =
                new EventDraft(DATASET, kind).code(code).time(time).host(host).user(account());
        if (host != null) {
            draft.identity("auditd", host.getName(), stamp);
        }
        return draft;
    }

    private Outcome finish(EventDraft draft, RecordContext context, Format format) {
        if (incomplete) {
            draft.tag(INCOMPLETE);
        }
        return context.event(draft, format);
    }

    private ProcessDraft actor(RecordContext context) {
        String path = executable != null && executable.endsWith(" (deleted)")
                ? executable.substring(0, executable.length() - 10)
                : executable;
        ProcessDraft process = new ProcessDraft()
                .entityId(entity(pid, context))
                .pid(Numbers.whole(pid))
                .sessionId(session == null || isUnset(session) ? null : session);
        if (path == null) {
            return process.name(command);
        }
        return process.name(FilePath.posix(path).name()).executable(path);
    }

    private @Nullable Host host(RecordContext context) {
        return Hosts.of(node == null ? context.metadata().host() : node, Platform.LINUX, null);
    }

    private @Nullable String entity(@Nullable String id, RecordContext context) {
        return entityId(host(context), session, id);
    }

    /** {@code host:session:pid}; null where host or pid is absent. */
    static @Nullable String entityId(@Nullable Host host, @Nullable String session, @Nullable String pid) {
        return host == null || Numbers.whole(pid) == null
                ? null
                : host.getName() + ":" + (session == null || isUnset(session) ? "" : session) + ":" + pid;
    }

    private @Nullable User account() {
        boolean hasLogin = loginUser != null && !isUnset(loginUser);
        String name = hasLogin ? loginUserName : userName;
        return Users.of(null, "unset".equals(name) ? null : name, hasLogin ? loginUser : user);
    }

    static boolean isUnset(String id) {
        return id.equals(UNSET) || id.equals("-1") || id.equals("unset");
    }

    private @Nullable Path path(String nameType) {
        Path first = null;
        for (Path path : paths) {
            boolean fits = nameType.equals(path.nameType()) || (path.nameType() == null && nameType.equals("NORMAL"));
            if (fits && (first == null || path.item() < first.item())) {
                first = path;
            }
        }
        return first;
    }

    /** The absolute path; as written where it is relative to a directory that no record names. */
    private String resolve(String name, boolean hasDirectory) {
        if (name.startsWith("/") || directory == null || (hasDirectory && isElsewhere())) {
            return name;
        }
        String relative = name.startsWith("./") ? name.substring(2) : name;
        return directory.endsWith("/") ? directory + relative : directory + "/" + relative;
    }

    /** Whether the call's path counts from an open directory instead of the current one (AT_FDCWD, -100). */
    private boolean isElsewhere() {
        String descriptor = arguments[0];
        return descriptor != null && (hex(descriptor) & 0xffffffffL) != CURRENT_DIRECTORY;
    }

    private static long hex(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        int from = text.startsWith("0x") ? 2 : 0;
        if (text.length() == from || text.length() - from > 16) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Permissions as {@code 0755}. */
    private static String octal(long bits) {
        String digits = Long.toOctalString(bits & 07777);
        return "0".repeat(4 - Math.min(4, digits.length())) + digits;
    }
}
