package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** osquery's result log: event tables on Linux, the quarantine database on macOS (osquery.io/schema). */
public final class Osquery implements Sensor {
    private static final Instant APPLE_EPOCH = Instant.parse("2001-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final WebLog web;

    /** @param web what the way to the Internet leaves visible */
    public Osquery(WebLog web) {
        this.web = web;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return machine.system() == OperatingSystem.MACOS
                ? activity instanceof Activity.FileMarked marked && quarantine(marked, at, machine, logs)
                : linux(activity, at, machine, logs);
    }

    private boolean linux(Activity activity, Instant at, Machine machine, LogCollector logs) {
        return switch (activity) {
            case Activity.ProcessStarted started -> {
                Program program = started.program();
                yield write(
                        "pack_ir_process_events",
                        at,
                        machine,
                        logs,
                        object(
                                "auid",
                                "1000",
                                "cmdline",
                                program.commandLine(),
                                "cwd",
                                "\"" + machine.workingDirectory() + "\"",
                                "eid",
                                String.valueOf(machine.nextSerial()),
                                "parent",
                                String.valueOf(program.parentOrSelf().pid()),
                                "path",
                                program.image(),
                                "pid",
                                String.valueOf(program.pid()),
                                "syscall",
                                "execve",
                                "time",
                                String.valueOf(at.getEpochSecond()),
                                "uid",
                                "1000"));
            }
            case Activity.Connected connected ->
                write(
                        "pack_ir_socket_events",
                        at,
                        machine,
                        logs,
                        object(
                                "action",
                                "connect",
                                "auid",
                                "1000",
                                "eid",
                                String.valueOf(machine.nextSerial()),
                                "family",
                                "2",
                                "local_address",
                                "",
                                "local_port",
                                "0",
                                "path",
                                connected.program().image(),
                                "pid",
                                String.valueOf(connected.program().pid()),
                                "remote_address",
                                web.address(connected.remote()),
                                "remote_port",
                                String.valueOf(web.port(connected.remote())),
                                "success",
                                "1",
                                "time",
                                String.valueOf(at.getEpochSecond())));
            case Activity.FileCreated created -> file("CREATED", at, machine, logs, created.path(), created.sha256());
            case Activity.FileRenamed renamed -> file("MOVED_TO", at, machine, logs, renamed.to(), renamed.sha256());
            case Activity.NameResolved resolved -> false;
            case Activity.Requested requested -> false;
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static boolean file(
            String action, Instant at, Machine machine, LogCollector logs, String path, String sha256) {
        return write(
                "pack_fim_file_events",
                at,
                machine,
                logs,
                object(
                        "action",
                        action,
                        "category",
                        "home",
                        "eid",
                        String.valueOf(machine.nextSerial()),
                        "target_path",
                        path,
                        "sha256",
                        sha256,
                        "size",
                        "51200",
                        "time",
                        String.valueOf(at.getEpochSecond())));
    }

    private static boolean quarantine(Activity.FileMarked marked, Instant at, Machine machine, LogCollector logs) {
        Duration since = Duration.between(APPLE_EPOCH, at);
        return write(
                "pack_quarantine",
                at,
                machine,
                logs,
                object(
                        "LSQuarantineTimeStamp",
                        since.toSeconds() + "." + since.toMillisPart(),
                        "LSQuarantineAgentName",
                        marked.program().name(),
                        "LSQuarantineDataURLString",
                        marked.origin(),
                        "LSQuarantineOriginURLString",
                        marked.referrer()));
    }

    private static boolean write(
            String query, Instant at, Machine machine, LogCollector logs, Map<String, @Nullable Object> columns) {
        logs.add(
                "osquery.results.log",
                at,
                Json.text(object(
                        "name",
                        query,
                        "hostIdentifier",
                        machine.qualifiedName(),
                        "unixTime",
                        at.plus(INTERVAL).getEpochSecond(),
                        "epoch",
                        0,
                        "counter",
                        machine.nextSerial(),
                        "decorations",
                        object("platform", machine.system() == OperatingSystem.MACOS ? "darwin" : "ubuntu"),
                        "columns",
                        columns,
                        "action",
                        "added")));
        return true;
    }
}
