package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;

/** Sysmon for Linux by syslog (github.com/microsoft/SysmonForLinux): no DNS, no renames. */
public final class SysmonForLinux implements Sensor {
    private static final int PROCESS = 1;
    private static final int NETWORK = 3;
    private static final int FILE = 11;

    private final WebLog web;

    /** @param web what the way to the Internet leaves visible */
    public SysmonForLinux(WebLog web) {
        this.web = web;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return switch (activity) {
            case Activity.ProcessStarted started -> {
                Program program = started.program();
                Program parent = program.parentOrSelf();
                yield write(
                        logs,
                        PROCESS,
                        at,
                        machine,
                        program,
                        data("CommandLine", program.commandLine())
                                + data("CurrentDirectory", machine.workingDirectory())
                                + data("LogonId", "1000")
                                + data("IntegrityLevel", "no level")
                                + data("Hashes", "-")
                                + data("ParentProcessGuid", "{" + parent.guid() + "}")
                                + data("ParentProcessId", String.valueOf(parent.pid()))
                                + data("ParentImage", parent.image())
                                + data("ParentCommandLine", parent.commandLine()));
            }
            case Activity.Connected connected ->
                write(
                        logs,
                        NETWORK,
                        at,
                        machine,
                        connected.program(),
                        data("Protocol", connected.quic() ? "udp" : "tcp")
                                + data("Initiated", "true")
                                + data("SourceIsIpv6", "false")
                                + data("SourceIp", machine.address())
                                + data("SourceHostname", "-")
                                + data("SourcePort", String.valueOf(machine.nextPort()))
                                + data("DestinationIsIpv6", "false")
                                + data("DestinationIp", web.address(connected.remote()))
                                + data("DestinationHostname", "-")
                                + data("DestinationPort", String.valueOf(web.port(connected.remote()))));
            case Activity.FileCreated created -> file(logs, at, machine, created.program(), created.path());
            case Activity.FileRenamed renamed -> false;
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

    private static boolean file(LogCollector logs, Instant at, Machine machine, Program program, String path) {
        return write(
                logs,
                FILE,
                at,
                machine,
                program,
                data("TargetFilename", path) + data("CreationUtcTime", Times.sysmon(at)));
    }

    private static String data(String name, String value) {
        return "<Data Name=\"" + name + "\">" + WindowsXml.escaped(value) + "</Data>";
    }

    private static boolean write(
            LogCollector logs, int id, Instant at, Machine machine, Program program, String fields) {
        logs.add(
                "sysmon-linux.log",
                at,
                "<14>1 " + Times.millis(at) + " " + machine.name()
                        + " sysmon 612 - - <Event><System><Provider Name=\"Linux-Sysmon\""
                        + " Guid=\"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}\"/><EventID>" + id
                        + "</EventID><Version>5</Version><Level>4</Level><Task>" + id
                        + "</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime=\""
                        + Times.nineDigits(at) + "\"/><EventRecordID>" + machine.nextSerial()
                        + "</EventRecordID><Correlation/><Execution ProcessID=\"612\" ThreadID=\"612\"/>"
                        + "<Channel>Linux-Sysmon/Operational</Channel><Computer>" + machine.qualifiedName()
                        + "</Computer><Security UserId=\"0\"/></System><EventData>"
                        + data("RuleName", "-")
                        + data("UtcTime", Times.sysmon(at))
                        + data("ProcessGuid", "{" + program.guid() + "}")
                        + data("ProcessId", String.valueOf(program.pid()))
                        + data("Image", program.image())
                        + data("User", machine.person().login())
                        + fields + "</EventData></Event>");
        return true;
    }
}
