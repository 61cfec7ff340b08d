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
import io.clicktrail.benchmarks.detection.log.SuricataEve;
import io.clicktrail.benchmarks.detection.log.Sysmon;
import io.clicktrail.benchmarks.detection.log.SysmonForLinux;
import io.clicktrail.benchmarks.detection.log.UnifiedLog;
import io.clicktrail.benchmarks.detection.log.Web;
import io.clicktrail.benchmarks.detection.log.WindowsSecurity;
import io.clicktrail.benchmarks.detection.log.WindowsXml;
import io.clicktrail.benchmarks.detection.log.Winlogbeat;
import io.clicktrail.benchmarks.detection.log.Zeek;
import io.clicktrail.benchmarks.detection.log.ZeekJson;
import io.clicktrail.benchmarks.detection.log.ZeekTsv;
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
        Web web,
        boolean clicks,
        boolean processes,
        boolean files,
        List<Sensor> sensors) {

    static final List<SensorProfile> ALL = List.of(
            windows("sysmon, zeek", Web.DIRECT, true, new Sysmon(new Winlogbeat(), Sysmon.ALL, Web.DIRECT), zeekJson()),
            windows(
                    "sysmon xml, zeek",
                    Web.DIRECT,
                    true,
                    new Sysmon(new WindowsXml(), Sysmon.ALL, Web.DIRECT),
                    zeekTsv()),
            windows(
                    "sysmon evtx, proxy that inspects",
                    Web.PROXY,
                    true,
                    new Sysmon(new EvtxJson(), Sysmon.ALL, Web.PROXY),
                    new Squid(true)),
            windows(
                    "sysmon without network, proxy",
                    Web.PROXY,
                    true,
                    new Sysmon(new Winlogbeat(), Sysmon.WITHOUT_NETWORK, Web.PROXY),
                    new Squid(false)),
            windows("defender", Web.DIRECT, true, new DefenderEndpoint(Web.DIRECT)),
            windows("defender, suricata", Web.DIRECT, true, new DefenderEndpoint(Web.DIRECT), new SuricataEve()),
            windows("defender, proxy", Web.PROXY, true, new DefenderEndpoint(Web.PROXY), new Squid(false)),
            windows(
                    "4688, suricata",
                    Web.DIRECT,
                    false,
                    new WindowsSecurity(new WindowsXml(), true),
                    new SuricataEve()),
            windows(
                    "sysmon of processes, proxy that inspects",
                    Web.PROXY,
                    false,
                    new Sysmon(new Winlogbeat(), Sysmon.PROCESSES, Web.PROXY),
                    new Squid(true)),
            new SensorProfile(
                    "network alone", OperatingSystem.WINDOWS, Web.DIRECT, false, false, false, List.of(zeekJson())),
            linux("auditd, zeek", Web.DIRECT, true, new Auditd(true, Web.DIRECT), zeekJson()),
            linux("auditd, proxy", Web.PROXY, true, new Auditd(true, Web.PROXY), new Squid(false)),
            linux("sysmon for linux, suricata", Web.DIRECT, true, new SysmonForLinux(Web.DIRECT), new SuricataEve()),
            linux("osquery, zeek", Web.DIRECT, true, new Osquery(Web.DIRECT), zeekTsv()),
            linux("auditd of processes, zeek", Web.DIRECT, false, new Auditd(false, Web.DIRECT), zeekJson()),
            mac("eslogger, unified log, zeek", Web.DIRECT, true, new Eslogger(), new UnifiedLog(), zeekJson()),
            mac("santa, unified log, zeek", Web.DIRECT, true, new Santa(), new UnifiedLog(), zeekTsv()),
            mac(
                    "jamf, unified log, suricata",
                    Web.DIRECT,
                    true,
                    new JamfProtect(),
                    new UnifiedLog(),
                    new SuricataEve()),
            mac(
                    "eslogger, osquery, proxy that inspects",
                    Web.PROXY,
                    false,
                    new Eslogger(),
                    new Osquery(Web.PROXY),
                    new Squid(true)),
            mac("jamf, proxy", Web.PROXY, false, new JamfProtect(), new Squid(false)));

    SensorProfile {
        sensors = List.copyOf(sensors);
    }

    static List<SensorProfile> of(OperatingSystem system) {
        return ALL.stream().filter(profile -> profile.system == system).toList();
    }

    private static SensorProfile windows(String name, Web web, boolean files, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.WINDOWS, web, true, true, files, List.of(sensors));
    }

    private static SensorProfile linux(String name, Web web, boolean files, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.LINUX, web, true, true, files, List.of(sensors));
    }

    private static SensorProfile mac(String name, Web web, boolean clicks, Sensor... sensors) {
        return new SensorProfile(name, OperatingSystem.MACOS, web, clicks, true, true, List.of(sensors));
    }

    private static Sensor zeekJson() {
        return new Zeek(new ZeekJson());
    }

    private static Sensor zeekTsv() {
        return new Zeek(new ZeekTsv());
    }
}
