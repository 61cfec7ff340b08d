package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;

/** Santa's text log (northpole.dev, Santa logs) by syslog. */
public final class Santa implements Sensor {

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return switch (activity) {
            case Activity.ProcessStarted started -> {
                Program program = started.program();
                yield write(
                        at,
                        machine,
                        "EXEC|decision=ALLOW|reason=UNKNOWN|sha256=" + machine.hex(64) + team(program) + "|pid="
                                + program.pid()
                                + "|pidversion=" + program.version() + "|ppid="
                                + program.parentOrSelf().pid() + user(machine) + "|mode=M|path="
                                + text(program.image()) + quarantine(program) + "|args="
                                + text(String.join(" ", program.arguments())),
                        logs);
            }
            case Activity.FileCreated created ->
                write(
                        at,
                        machine,
                        "WRITE|path=" + text(created.path()) + process(created.program()) + user(machine),
                        logs);
            case Activity.FileRenamed renamed ->
                write(
                        at,
                        machine,
                        "RENAME|path=" + text(renamed.from()) + "|newpath=" + text(renamed.to())
                                + process(renamed.program()) + user(machine),
                        logs);
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.NameResolved resolved -> false;
            case Activity.Connected connected -> false;
            case Activity.Requested requested -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static boolean write(Instant at, Machine machine, String action, LogCollector logs) {
        logs.add(
                "santa.log",
                at,
                "<174>1 " + Times.millis(at) + " " + machine.name() + " santad 80 - - [" + Times.millis(at)
                        + "] I santad: action=" + action);
        return true;
    }

    private static String team(Program program) {
        String team = CodeSigners.team(program.image());
        return team == null ? "" : "|teamid=" + team;
    }

    private static String quarantine(Program program) {
        return program.origin().isEmpty() ? "" : "|quarantine_url=" + text(program.origin());
    }

    private static String process(Program program) {
        return "|pid=" + program.pid() + "|ppid=" + program.parentOrSelf().pid() + "|process=" + text(program.name())
                + "|processpath=" + text(program.image());
    }

    private static String user(Machine machine) {
        return "|uid=501|user=" + machine.person().login() + "|gid=20|group=staff";
    }

    private static String text(String value) {
        return value.replace("|", "<pipe>").replace("\n", "\\n");
    }
}
