package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Sysmon 15 on Windows (learn.microsoft.com/sysinternals, Sysmon events). */
public final class Sysmon implements Sensor {
    private static final int PROCESS = 1;
    private static final int NETWORK = 3;
    private static final int FILE = 11;
    private static final int STREAM = 15;
    private static final int DNS = 22;

    /** Everything that a chain can be made of. */
    public static final Set<Integer> ALL = Set.of(PROCESS, NETWORK, FILE, STREAM, DNS);

    /** A frugal configuration. */
    public static final Set<Integer> WITHOUT_NETWORK = Set.of(PROCESS, FILE, STREAM);

    /** A configuration of process starts alone. */
    public static final Set<Integer> PROCESSES = Set.of(PROCESS);

    private final WindowsContainer container;
    private final Set<Integer> ids;
    private final WebLog web;

    /**
     * @param ids events that the configuration lets through
     * @param web what the way to the Internet leaves visible
     */
    public Sysmon(WindowsContainer container, Set<Integer> ids, WebLog web) {
        this.container = container;
        this.ids = Set.copyOf(ids);
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
                        "OriginalFileName",
                        program.name(),
                        "CommandLine",
                        program.commandLine(),
                        "CurrentDirectory",
                        "C:\\Users\\" + machine.person().login() + "\\",
                        "LogonId",
                        "0x529ae3",
                        "IntegrityLevel",
                        "Medium",
                        "Hashes",
                        "MD5=" + machine.hex(32).toUpperCase(Locale.ROOT) + ",SHA256="
                                + machine.hex(64).toUpperCase(Locale.ROOT),
                        "ParentProcessGuid",
                        guid(parent),
                        "ParentProcessId",
                        String.valueOf(parent.pid()),
                        "ParentImage",
                        parent.image(),
                        "ParentCommandLine",
                        parent.commandLine());
            }
            case Activity.NameResolved resolved ->
                !web.proxied()
                        && write(
                                logs,
                                DNS,
                                at,
                                machine,
                                resolved.program(),
                                "QueryName",
                                resolved.name(),
                                "QueryStatus",
                                "0",
                                "QueryResults",
                                "::ffff:" + resolved.address() + ";");
            case Activity.Connected connected ->
                write(
                        logs,
                        NETWORK,
                        at,
                        machine,
                        connected.program(),
                        "Protocol",
                        connected.quic() ? "udp" : "tcp",
                        "Initiated",
                        "true",
                        "SourceIsIpv6",
                        "false",
                        "SourceIp",
                        machine.address(),
                        "SourceHostname",
                        machine.qualifiedName(),
                        "SourcePort",
                        String.valueOf(machine.nextPort()),
                        "DestinationIsIpv6",
                        "false",
                        "DestinationIp",
                        web.address(connected.remote()),
                        "DestinationHostname",
                        "-",
                        "DestinationPort",
                        String.valueOf(web.port(connected.remote())),
                        "DestinationPortName",
                        "-");
            case Activity.FileCreated created ->
                write(
                        logs,
                        FILE,
                        at,
                        machine,
                        created.program(),
                        "TargetFilename",
                        created.path(),
                        "CreationUtcTime",
                        Times.sysmon(at));
            case Activity.FileMarked marked ->
                write(
                        logs,
                        STREAM,
                        at,
                        machine,
                        marked.program(),
                        "TargetFilename",
                        marked.path() + ":Zone.Identifier",
                        "CreationUtcTime",
                        Times.sysmon(at),
                        "Hash",
                        "SHA256=" + marked.sha256().toUpperCase(Locale.ROOT),
                        "Contents",
                        "[ZoneTransfer]  ZoneId=3 "
                                + (marked.referrer().isEmpty() ? "" : " ReferrerUrl=" + marked.referrer() + " ")
                                + " HostUrl=" + marked.origin() + " ");
            case Activity.FileRenamed renamed -> false;
            case Activity.Requested requested -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private boolean write(LogCollector logs, int id, Instant at, Machine machine, Program program, String... pairs) {
        if (!ids.contains(id)) {
            return false;
        }
        String[] all = new String[pairs.length + 12];
        String[] head = {
            "RuleName",
            "-",
            "UtcTime",
            Times.sysmon(at),
            "ProcessGuid",
            guid(program),
            "ProcessId",
            String.valueOf(program.pid()),
            "Image",
            program.image(),
            "User",
            machine.person().account()
        };
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(pairs, 0, all, head.length, pairs.length);
        logs.add(container.file(), at, container.line(WindowsEvent.sysmon(id, at, machine, all)));
        return true;
    }

    private static String guid(Program program) {
        return "{" + program.guid().toUpperCase(Locale.ROOT) + "}";
    }
}
