package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.log.Auditd;
import io.clicktrail.benchmarks.detection.log.DefenderEndpoint;
import io.clicktrail.benchmarks.detection.log.Eslogger;
import io.clicktrail.benchmarks.detection.log.EvtxJson;
import io.clicktrail.benchmarks.detection.log.JamfProtect;
import io.clicktrail.benchmarks.detection.log.Osquery;
import io.clicktrail.benchmarks.detection.log.Santa;
import io.clicktrail.benchmarks.detection.log.Sensor;
import io.clicktrail.benchmarks.detection.log.Squid;
import io.clicktrail.benchmarks.detection.log.SuricataLog;
import io.clicktrail.benchmarks.detection.log.Sysmon;
import io.clicktrail.benchmarks.detection.log.SysmonForLinux;
import io.clicktrail.benchmarks.detection.log.UnifiedLog;
import io.clicktrail.benchmarks.detection.log.WebLog;
import io.clicktrail.benchmarks.detection.log.WindowsSecurity;
import io.clicktrail.benchmarks.detection.log.WindowsXml;
import io.clicktrail.benchmarks.detection.log.Winlogbeat;
import io.clicktrail.benchmarks.detection.log.Zeek;
import io.clicktrail.benchmarks.detection.log.ZeekJsonLog;
import io.clicktrail.benchmarks.detection.log.ZeekTsvLog;
import java.util.List;

/**
 * Which sensors watch a machine.
 *
 * @param web how it reaches the Internet
 * @param clicks whether its own sensors see that a link is opened
 * @param processes whether they see programs start
 * @param files whether they see files written
 * @param sensors of the machine and of its network
 */
record SensorProfile(
        String name,
        OperatingSystem system,
        WebLog web,
        boolean clicks,
        boolean processes,
        boolean files,
        List<Sensor> sensors) {

    static final List<SensorProfile> ALL = List.of(
            windows(
                    "sysmon, zeek",
                    WebLog.DIRECT,
                    true,
                    new Sysmon(new Winlogbeat(), Sysmon.ALL, WebLog.DIRECT),
                    zeekJson()),
            windows(
                    "sysmon xml, zeek",
                    WebLog.DIRECT,
                    true,
                    new Sysmon(new WindowsXml(), Sysmon.ALL, WebLog.DIRECT),
                    zeekTsv()),
            windows(
                    "sysmon evtx, proxy that inspects",
                    WebLog.PROXY,
                    true,
                    new Sysmon(new EvtxJson(), Sysmon.ALL, WebLog.PROXY),
                    new Squid(true)),
            windows(
                    "sysmon without network, proxy",
                    WebLog.PROXY,
                    true,
                    new Sysmon(new Winlogbeat(), Sysmon.WITHOUT_NETWORK, WebLog.PROXY),
                    new Squid(false)),
            windows("defender", WebLog.DIRECT, true, new DefenderEndpoint(WebLog.DIRECT)),
            windows("defender, suricata", WebLog.DIRECT, true, new DefenderEndpoint(WebLog.DIRECT), new SuricataLog()),
            windows("defender, proxy", WebLog.PROXY, true, new DefenderEndpoint(WebLog.PROXY), new Squid(false)),
            windows(
                    "4688, suricata",
                    WebLog.DIRECT,
                    false,
                    new WindowsSecurity(new WindowsXml(), true),
                    new SuricataLog()),
            windows(
                    "sysmon of processes, proxy that inspects",
                    WebLog.PROXY,
                    false,
                    new Sysmon(new Winlogbeat(), Sysmon.PROCESSES, WebLog.PROXY),
                    new Squid(true)),
            new SensorProfile(
                    "network alone", OperatingSystem.WINDOWS, WebLog.DIRECT, false, false, false, List.of(zeekJson())),
            linux("auditd, zeek", WebLog.DIRECT, true, new Auditd(true, WebLog.DIRECT), zeekJson()),
            linux("auditd, proxy", WebLog.PROXY, true, new Auditd(true, WebLog.PROXY), new Squid(false)),
            linux(
                    "sysmon for linux, suricata",
                    WebLog.DIRECT,
                    true,
                    new SysmonForLinux(WebLog.DIRECT),
                    new SuricataLog()),
            linux("osquery, zeek", WebLog.DIRECT, true, new Osquery(WebLog.DIRECT), zeekTsv()),
            linux("auditd of processes, zeek", WebLog.DIRECT, false, new Auditd(false, WebLog.DIRECT), zeekJson()),
            mac("eslogger, unified log, zeek", WebLog.DIRECT, true, new Eslogger(), new UnifiedLog(), zeekJson()),
            mac("santa, unified log, zeek", WebLog.DIRECT, true, new Santa(), new UnifiedLog(), zeekTsv()),
            mac(
                    "jamf, unified log, suricata",
                    WebLog.DIRECT,
                    true,
                    new JamfProtect(),
                    new UnifiedLog(),
                    new SuricataLog()),
            mac(
                    "eslogger, osquery, proxy that inspects",
                    WebLog.PROXY,
                    false,
                    new Eslogger(),
                    new Osquery(WebLog.PROXY),
                    new Squid(true)),
            mac("jamf, proxy", WebLog.PROXY, false, new JamfProtect(), new Squid(false)));

    SensorProfile {
        sensors = List.copyOf(sensors);
    }

    /** Whether something sees the methods of encrypted requests. */
    boolean requests() {
        return sensors.stream().anyMatch(sensor -> sensor instanceof Squid squid && squid.inspects());
    }

    static List<SensorProfile> of(OperatingSystem system) {
        return ALL.stream().filter(profile -> profile.system == system).toList();
    }

    private static SensorProfile windows(String name, WebLog web, boolean files, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.WINDOWS, web, true, true, files, List.of(sensors));
    }

    private static SensorProfile linux(String name, WebLog web, boolean files, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.LINUX, web, true, true, files, List.of(sensors));
    }

    private static SensorProfile mac(String name, WebLog web, boolean clicks, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.MACOS, web, clicks, true, true, List.of(sensors));
    }

    private static Sensor zeekJson() {
        return new Zeek(new ZeekJsonLog());
    }

    private static Sensor zeekTsv() {
        return new Zeek(new ZeekTsvLog());
    }
}
