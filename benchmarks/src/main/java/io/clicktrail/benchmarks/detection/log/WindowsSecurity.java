package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Person;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;
import java.util.Locale;

/** The Security channel: 4688 with command lines, 4624 (learn.microsoft.com, advanced security audit policy). */
public final class WindowsSecurity implements Sensor {
    private final WindowsContainer container;
    private final boolean processes;

    /** @param processes whether process starts are audited */
    public WindowsSecurity(WindowsContainer container, boolean processes) {
        this.container = container;
        this.processes = processes;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        Person person = machine.person();
        return switch (activity) {
            case Activity.ProcessStarted started ->
                processes
                        && write(
                                logs,
                                at,
                                WindowsEvent.security(4688, at, machine, processStart(person, started.program())));
            case Activity.SignedIn signedIn -> false;
            case Activity.LoggedOn logon ->
                write(
                        logs,
                        at,
                        WindowsEvent.security(
                                4624,
                                at,
                                machine,
                                "SubjectUserSid",
                                "S-1-5-18",
                                "SubjectUserName",
                                machine.name().toUpperCase(Locale.ROOT) + "$",
                                "SubjectDomainName",
                                Person.DOMAIN,
                                "SubjectLogonId",
                                "0x3e7",
                                "TargetUserSid",
                                person.sid(),
                                "TargetUserName",
                                person.login(),
                                "TargetDomainName",
                                Person.DOMAIN,
                                "TargetLogonId",
                                "0x529ae3",
                                "LogonType",
                                "2",
                                "LogonProcessName",
                                "User32 ",
                                "AuthenticationPackageName",
                                "Negotiate",
                                "WorkstationName",
                                machine.name().toUpperCase(Locale.ROOT),
                                "ProcessId",
                                "0x3f4",
                                "ProcessName",
                                "C:\\Windows\\System32\\svchost.exe",
                                "IpAddress",
                                "127.0.0.1",
                                "IpPort",
                                "0"));
            case Activity.NameResolved resolved -> false;
            case Activity.Connected connected -> false;
            case Activity.Requested requested -> false;
            case Activity.FileCreated created -> false;
            case Activity.FileRenamed renamed -> false;
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static String[] processStart(Person person, Program program) {
        Program parent = program.parentOrSelf();
        return new String[] {
            "SubjectUserSid",
            person.sid(),
            "SubjectUserName",
            person.login(),
            "SubjectDomainName",
            Person.DOMAIN,
            "SubjectLogonId",
            "0x529ae3",
            "NewProcessId",
            "0x" + Integer.toHexString(program.pid()),
            "NewProcessName",
            program.image(),
            "TokenElevationType",
            "%%1938",
            "ProcessId",
            "0x" + Integer.toHexString(parent.pid()),
            "CommandLine",
            program.commandLine(),
            "TargetUserSid",
            "S-1-0-0",
            "TargetUserName",
            "-",
            "TargetDomainName",
            "-",
            "TargetLogonId",
            "0x0",
            "ParentProcessName",
            parent.image(),
            "MandatoryLabel",
            "S-1-16-8192"
        };
    }

    private boolean write(LogCollector logs, Instant at, WindowsEvent event) {
        logs.add("security-" + container.file(), at, container.line(event));
        return true;
    }
}
