package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of Apple's Endpoint Security (developer.apple.com, es_message_t) as JSON; it knows no connections. */
abstract class EndpointSecurityLog implements Sensor {
    private static final int EXEC = 9;
    private static final int CREATE = 13;
    private static final int RENAME = 25;
    private static final int SETMODE = 34;
    private static final int SETEXTATTR = 42;
    private static final int DELETEEXTATTR = 40;
    private static final int FIRST_UID = 501;

    /** Puts the message into the sensor's own document and writes it. */
    abstract void write(Instant at, Machine machine, Map<String, @Nullable Object> message, LogCollector logs);

    @Override
    public final boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        Map<String, @Nullable Object> message = switch (activity) {
            case Activity.ProcessStarted started -> exec(started.program(), machine);
            case Activity.FileCreated created ->
                message(
                        CREATE,
                        created.program(),
                        "create",
                        object("destination_type", 1, "destination", object("new_path", path(created.path()))));
            case Activity.FileRenamed renamed ->
                message(
                        RENAME,
                        renamed.program(),
                        "rename",
                        object(
                                "destination_type",
                                1,
                                "source",
                                object("path", renamed.from()),
                                "destination",
                                object("new_path", path(renamed.to()))));
            case Activity.FileMarked marked ->
                message(
                        SETEXTATTR,
                        marked.program(),
                        "setextattr",
                        object("extattr", "com.apple.quarantine", "target", object("path", marked.path())));
            case Activity.MarkRemoved removed ->
                message(
                        DELETEEXTATTR,
                        removed.program(),
                        "deleteextattr",
                        object("extattr", "com.apple.quarantine", "target", object("path", removed.path())));
            case Activity.ModeChanged changed ->
                message(
                        SETMODE,
                        changed.program(),
                        "setmode",
                        object("mode", 493, "target", object("path", changed.path())));
            case Activity.NameResolved resolved -> null;
            case Activity.Connected connected -> null;
            case Activity.Requested requested -> null;
            case Activity.LinkOpened opened -> null;
            case Activity.MailLinkClicked clicked -> null;
            case Activity.LoggedOn logon -> null;
            case Activity.SignedIn signedIn -> null;
            case Activity.AddressLeased leased -> null;
        };
        if (message == null) {
            return false;
        }
        message.put("time", Times.nineDigits(at));
        write(at, machine, message, logs);
        return true;
    }

    private static Map<String, @Nullable Object> path(String path) {
        int slash = path.lastIndexOf('/');
        return object("dir", object("path", path.substring(0, slash)), "filename", path.substring(slash + 1));
    }

    private static Map<String, @Nullable Object> exec(Program program, Machine machine) {
        Program parent = program.parentOrSelf();
        var before = new Program(
                program.pid(),
                program.version() - 1,
                program.start(),
                parent.image(),
                parent.commandLine(),
                parent.arguments(),
                program.guid(),
                parent,
                "");
        return message(
                EXEC,
                before,
                "exec",
                object(
                        "script",
                        null,
                        "cwd",
                        object("path", "/Users/" + machine.person().login()),
                        "last_fd",
                        2,
                        "args",
                        program.arguments(),
                        "target",
                        process(program)));
    }

    private static Map<String, @Nullable Object> message(
            int type, Program actor, String name, Map<String, @Nullable Object> event) {
        return object(
                "schema_version",
                1,
                "version",
                7,
                "event_type",
                type,
                "action_type",
                1,
                "thread",
                object("thread_id", 77),
                "process",
                process(actor),
                "event",
                object(name, event));
    }

    private static Map<String, @Nullable Object> process(Program program) {
        Program parent = program.parentOrSelf();
        Program responsible = program;
        while (responsible.parent() != null && responsible.parent().pid() != 1) {
            responsible = responsible.parent();
        }
        boolean apple = program.image().startsWith("/usr/")
                || program.image().startsWith("/bin/")
                || program.image().startsWith("/System/");
        return object(
                "executable",
                object("path", program.image(), "path_truncated", false),
                "ppid",
                parent.pid(),
                "audit_token",
                token(program),
                "parent_audit_token",
                token(parent),
                "responsible_audit_token",
                token(responsible),
                "is_platform_binary",
                apple,
                "signing_id",
                apple ? "com.apple." + program.name() : program.name(),
                "team_id",
                CodeSigners.team(program.image()),
                "start_time",
                Times.nineDigits(program.start()));
    }

    private static Map<String, @Nullable Object> token(Program program) {
        return object(
                "asid",
                100_007,
                "auid",
                FIRST_UID,
                "euid",
                FIRST_UID,
                "egid",
                20,
                "ruid",
                FIRST_UID,
                "rgid",
                20,
                "pid",
                program.pid(),
                "pidversion",
                program.version());
    }
}
