package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;

/** macOS's unified log of LaunchServices, {@code log stream --style ndjson} piped into syslog, which names the host. */
public final class UnifiedLog implements Sensor {

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return switch (activity) {
            case Activity.LinkOpened opened ->
                write(at, machine, opened.opener(), "open", "Opening URL: <" + opened.url() + ">", logs);
            case Activity.FileMarked marked ->
                write(
                        at,
                        machine,
                        marked.program(),
                        "quarantine",
                        "LSQuarantineEvent { LSQuarantineAgentName = "
                                + marked.program().name().replace(" ", "") + "; LSQuarantineDataURLString = \""
                                + marked.origin() + "\"; LSQuarantineOriginURLString = \"" + marked.referrer()
                                + "\"; }",
                        logs);
            case Activity.ProcessStarted started -> false;
            case Activity.FileCreated created -> false;
            case Activity.FileRenamed renamed -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.NameResolved resolved -> false;
            case Activity.Connected connected -> false;
            case Activity.Requested requested -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static boolean write(
            Instant at, Machine machine, Program program, String category, String message, LogCollector logs) {
        logs.add(
                "unified.log",
                at,
                "<14>1 " + Times.millis(at) + " " + machine.name() + " log 99 - - "
                        + Json.text(object(
                                "traceID",
                                machine.nextSerial(),
                                "eventMessage",
                                message,
                                "eventType",
                                "logEvent",
                                "subsystem",
                                "com.apple.launchservices",
                                "category",
                                category,
                                "threadID",
                                77,
                                "messageType",
                                "Default",
                                "processID",
                                program.pid(),
                                "processImagePath",
                                program.image(),
                                "userID",
                                501,
                                "bootUUID",
                                machine.id(),
                                "machTimestamp",
                                at.toEpochMilli() * 24,
                                "timestamp",
                                Times.unified(at))));
        return true;
    }
}
