package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.linux.AuditFixtures;
import io.clicktrail.normalizer.linux.LinuxJsonTest;
import io.clicktrail.normalizer.macos.EndpointSecurityFixtures;
import io.clicktrail.normalizer.macos.MacLogsTest;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.windows.WindowsScenario;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records of the size that collectors send every day, at least one for each format: what the speed of reading is
 * measured on. A name begins with the format's. Formats of records that are left aside have none. A format that is not
 * listed here has its first fixture.
 */
public final class TypicalRecords {

    private static final String WMI = """
            {"Category":13312,"CategoryString":"Process Creation","ComputerName":"WS-17.corp.example",\
            "EventCode":4688,"EventIdentifier":4688,"EventType":4,\
            "InsertionStrings":["S-1-5-21-1004336348-1177238915-682003330-1104","ada","CORP","0x529ae3","0x29d8",\
            "C:\\\\Windows\\\\System32\\\\wscript.exe","%%1938","0x50c",\
            "wscript.exe \\"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.js\\"","S-1-0-0","-","-","0x0",\
            "C:\\\\Windows\\\\explorer.exe","S-1-16-8192"],\
            "Logfile":"Security","Message":"A new process has been created.","RecordNumber":881231,\
            "SourceName":"Microsoft-Windows-Security-Auditing",\
            "TimeGenerated":"2026-03-02T10:00:05.701Z","Type":"Audit Success"}""";

    private static final String AUDIT_ITEMS = """
            {"eventid":"4715","node":"lin-7.corp.example","timestamp":"1772445606","timestampfractional":"105",\
            "items":{\
            "SYSCALL":["arch=c00000b7 syscall=53 success=yes exit=0 a0=ffffffffffffff9c a1=aaaa a2=1ed a3=0 items=1 \
            ppid=2176 pid=2222 auid=4294967295 uid=0 ses=4294967295 comm=\\"chmod\\" exe=\\"/usr/bin/chmod\\" \
            key=\\"mode\\""],\
            "CWD":["cwd=\\"/tmp\\""],"PATH":["item=0 name=\\"./a.sh\\" inode=80 nametype=NORMAL"],\
            "PROCTITLE":["proctitle=63686D6F64"]}}""";

    private static final String CEF = """
            CEF:0|Zscaler|NSSWeblog|6.1|200|Allowed|3|act=Allowed app=HTTPS dhost=files.bad.example dst=203.0.113.9 \
            dpt=443 src=10.1.2.17 spt=50123 \
            suser=ada@corp.example request=files.bad.example/a/Invoice.iso?id\\=7 requestMethod=GET \
            requestClientApplication=Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
            requestContext=https://mail.example/ in=103701 out=812 cs4=application/x-iso9660-image cs4Label=type \
            rt=Mar 02 2026 10:00:05.731 UTC""";

    private static final String LEEF = """
            LEEF:1.0|Acme|Firewall|1|permit|devTime=Mar 02 2026 10:00:05 UTC\tsrc=10.1.2.17\tdst=203.0.113.9\t\
            srcPort=50123\tdstPort=443\tproto=TCP\t\
            usrName=CORP\\ada\taction=allow\tsrcBytes=812\tdstBytes=103701\tpolicy=web-out\tdevName=fw-1""";

    private static final String OCSF = """
            {"class_uid":1007,"category_uid":1,"activity_id":1,"type_uid":100701,"time":1772445605701,"status_id":1,\
            "severity_id":1,\
            "metadata":{"uid":"e-862847","version":"1.4.0","product":{"name":"Acme EDR","vendor_name":"Acme"}},\
            "device":{"hostname":"ws-17","domain":"corp.example","uid":"d-17","ip":"10.1.2.17","os":{"type":"Windows",\
            "type_id":100}},\
            "actor":{"user":{"name":"CORP\\\\ada","uid":"S-1-5-21-1004336348-1177238915-682003330-1104"},\
            "process":{"pid":4312,"uid":"p-4312","name":"explorer.exe",\
            "cmd_line":"C:\\\\Windows\\\\explorer.exe","file":{"path":"C:\\\\Windows\\\\explorer.exe"}}},\
            "process":{"pid":7476,"uid":"p-7476","created_time":1772445605701,"cmd_line":"wscript.exe \
            \\"E:\\\\Invoice.js\\"","file":{"path":"C:\\\\Windows\\\\System32\\\\wscript.exe",\
            "hashes":[{"algorithm_id":3,"value":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}]}}}\
            """;

    private static final String ECS = """
            {"@timestamp":"2026-03-02T10:00:05.701Z","ecs":{"version":"8.11.0"},"agent":{"type":"endpoint","id":"a-1"},\
            "event":{"kind":"event","category":["file"],"type":["creation"],"id":"e-1","outcome":"success",\
            "dataset":"endpoint.events.file"},\
            "host":{"name":"ws-17.corp.example","id":"h-17","ip":["10.1.2.17"],"os":{"type":"windows"}},\
            "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1004336348-1177238915-682003330-1104"},\
            "process":{"pid":4312,"entity_id":"p-4312","executable":"C:\\\\Program Files\\\\Mozilla \
            Firefox\\\\firefox.exe","name":"firefox.exe"},\
            "file":{"path":"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso","size":103701,\
            "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}}""";

    private TypicalRecords() {}

    /** The records by name, in the order in which formats are documented. */
    public static Map<String, byte[]> all() {
        Map<String, String> texts = new LinkedHashMap<>();
        windows(texts);
        linux(texts);
        macos(texts);
        endpoint(texts);
        network(texts);
        mail(texts);
        texts.put("cef", CEF);
        texts.put("leef", LEEF);
        texts.put("ocsf.json process", OCSF);
        texts.put("ecs.json file", ECS);
        texts.put("clicktrail.heartbeat", "{\"clicktrail.heartbeat\":\"linux.auditd 3\"}");
        others(texts);
        Map<String, byte[]> records = new LinkedHashMap<>();
        texts.forEach((name, text) -> records.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return records;
    }

    private static void windows(Map<String, String> texts) {
        WindowsFixture start = event("Sysmon 1");
        texts.put("windows.winlogbeat Sysmon 1", start.winlogbeat());
        texts.put("windows.winlogbeat Sysmon 3", event("Sysmon 3").winlogbeat());
        texts.put("windows.winlogbeat Sysmon 11", event("Sysmon 11").winlogbeat());
        texts.put("windows.winlogbeat Sysmon 22", event("Sysmon 22").winlogbeat());
        texts.put("windows.winlogbeat Security 4688", event("Security 4688").winlogbeat());
        texts.put("windows.json evtx_dump Sysmon 1", start.evtxDump());
        texts.put("windows.json xmltodict Sysmon 1", start.xmltodict());
        texts.put("windows.xml Sysmon 1", start.renderedXml());
        texts.put("windows.xml OpenWEC Sysmon 1", start.openWec());
        texts.put("windows.nxlog Sysmon 1", start.nxlog());
        texts.put("windows.wmi 4688", WMI);
    }

    private static WindowsFixture event(String name) {
        return WindowsScenario.ALL.stream()
                .filter(story -> story.name().equals(name))
                .findFirst()
                .orElseThrow()
                .fixture();
    }

    private static void linux(Map<String, String> texts) {
        texts.put("linux.auditd execve, six lines", AuditFixtures.EXECVE);
        texts.put("linux.auditd connect, three lines", AuditFixtures.CONNECT);
        texts.put(
                "linux.auditd one line of an event",
                AuditFixtures.EXECVE.lines().findFirst().orElseThrow());
        texts.put("linux.laurel execve", LinuxJsonTest.LAUREL);
        texts.put("linux.auditbeat execve", LinuxJsonTest.AUDITBEAT);
        texts.put("linux.audit-items chmod", AUDIT_ITEMS);
        texts.put("osquery.result process", LinuxJsonTest.OSQUERY);
    }

    private static void macos(Map<String, String> texts) {
        texts.put("macos.eslogger exec", EndpointSecurityFixtures.EXEC);
        texts.put("macos.eslogger rename", EndpointSecurityFixtures.RENAME);
        texts.put("macos.jamf-protect exec", EndpointSecurityFixtures.jamf(EndpointSecurityFixtures.EXEC));
        texts.put("macos.unified-log", MacLogsTest.UNIFIED.formatted("Opening URL: <https://a.example/>"));
        texts.put("macos.santa EXEC", MacLogsTest.EXEC);
        texts.put("macos.santa-json", Fixture.raw("macos.santa-json", "an execution that was denied"));
        texts.put("macos.fsevents", "2026-03-02T10:00:05+0000 /Users/ada/Downloads/Invoice 2231.dmg Created IsFile");
    }

    private static void endpoint(Map<String, String> texts) {
        fixture(texts, "microsoft.defender", "DeviceProcessEvents");
        fixture(texts, "microsoft.defender", "DeviceNetworkEvents");
        fixture(texts, "crowdstrike.fdr", "ProcessRollup2");
        fixture(texts, "crowdstrike.fdr", "NetworkConnectIP4");
        fixture(texts, "sentinelone.cloud-funnel", "Process Creation");
        fixture(texts, "sentinelone.activity", "activity, threat mitigated");
    }

    private static void network(Map<String, String> texts) {
        texts.put("zeek.json conn", ZeekFixtures.CONN);
        texts.put("zeek.json dns", ZeekFixtures.DNS);
        texts.put("zeek.json http", ZeekFixtures.HTTP);
        texts.put("zeek.json http, wrapped", "{\"http\":" + ZeekFixtures.HTTP + "}");
        fixture(texts, "zeek.tsv", "a connection by itself, default columns of Zeek 7");
        fixture(texts, "zeek.tsv", "a request by itself, the backslash of its user escaped");
        fixture(texts, "suricata.eve", "a request");
        fixture(texts, "suricata.eve", "a query, version 2");
        fixture(texts, "squid.native", "a request, its stamp the end");
        fixture(texts, "squid.common", "combined");
        fixture(texts, "paloalto.csv", "a blocked URL");
        fixture(texts, "paloalto.csv", "a session begins at its start, in the zone of the firewall");
        fixture(texts, "fortinet.fortigate", "a request; eventtime in nanoseconds wins over the local stamp");
        fixture(texts, "fortinet.fortigate", "traffic; its stamp has no zone");
        fixture(texts, "cisco.firewall", "outbound: the second side opened it");
        fixture(texts, "checkpoint.pairs", "a connection, for Splunk");
        fixture(texts, "zscaler.nss", "behind its own stamp; the URL has no scheme");
        fixture(texts, "zscaler.json", "in the envelope of a feed");
        fixture(texts, "bluecoat.access", "the columns of the log main without header, denied");
        fixture(texts, "skyhigh.pairs", "on premises, blocked");
        fixture(texts, "umbrella.csv", "a query by a roaming computer, blocked");
        fixture(texts, "umbrella.json", "a query");
        fixture(texts, "netskope.json", "a page");
        fixture(texts, "bind.query", "a query behind a syslog header");
        fixture(texts, "unbound.query", "a query in its own file");
        fixture(texts, "dhcpd.lease", "a lease");
    }

    private static void mail(Map<String, String> texts) {
        fixture(texts, "microsoft.defender-mail", "EmailEvents");
        fixture(texts, "microsoft.message-trace", "message trace");
        fixture(texts, "microsoft.office365-mail", "audit, click");
        fixture(texts, "microsoft.office365-audit", "audit, sign-in");
        fixture(texts, "microsoft.entra", "entra sign-in, diagnostics");
        fixture(texts, "okta", "okta session start");
        fixture(texts, "proofpoint.tap", "message delivered");
        fixture(texts, "proofpoint.tap", "click permitted");
        fixture(texts, "mimecast", "API 2.0 url protect");
        fixture(texts, "cisco.asyncos", "link");
    }

    /** The first case that gives an event, for each format that has no record above. */
    private static void others(Map<String, String> texts) {
        Set<String> chosen =
                texts.keySet().stream().map(name -> name.split(" ", 2)[0]).collect(Collectors.toSet());
        Formats.of(InputLimits.DEFAULT)
                .all()
                .map(Format::name)
                .filter(format -> !chosen.contains(format) && !format.startsWith("ignored."))
                .map(Fixture::firstEvent)
                .forEach(fixture -> fixture(texts, fixture.format(), fixture.name()));
    }

    private static void fixture(Map<String, String> texts, String format, String name) {
        texts.put(format + " " + name, Fixture.raw(format, name));
    }
}
