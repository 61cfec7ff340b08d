package io.clicktrail.normalizer.windows;

import java.util.List;
import java.util.Map;

/**
 * One fixture for each Windows event that is read, and the event it must give, but for what differs from record to
 * record.
 */
public record WindowsScenario(String name, WindowsFixture fixture, String expected) {

    static final String HOST = "\"host\":{\"name\":\"ws-17.corp.example\",\"hostname\":\"WS-17.corp.example\","
            + "\"domain\":\"corp.example\",\"os\":{\"type\":\"windows\"}}";

    public static final List<WindowsScenario> ALL = List.of(
            new WindowsScenario(
                    "Sysmon 1",
                    WindowsFixture.sysmon(
                            1,
                            "RuleName",
                            "-",
                            "UtcTime",
                            "2026-03-02 10:00:05.701",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
                            "OriginalFileName",
                            "firefox.exe",
                            "CommandLine",
                            "\"C:\\Program Files\\Mozilla Firefox\\firefox.exe\" -url \"https://a.example/?x=1&y=<2>\"",
                            "CurrentDirectory",
                            "C:\\Users\\ada\\",
                            "User",
                            "CORP\\ada",
                            "LogonId",
                            "0x529ae3",
                            "IntegrityLevel",
                            "Medium",
                            "Hashes",
                            "SHA1=9D317F48BA264346D1BA2DA10B0893B156FA69BF,"
                                    + "MD5=66D34277F992DB4CA8561FD1A5C483E4,IMPHASH=EEC7642CF938691D739D1F9BED0DF74D",
                            "ParentProcessGuid",
                            "{5AA13A44-B135-68FE-025F-000000004002}",
                            "ParentProcessId",
                            "1292",
                            "ParentImage",
                            "C:\\Program Files\\Microsoft Office\\OUTLOOK.EXE",
                            "ParentCommandLine",
                            "OUTLOOK.EXE"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"1",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "start":"2026-03-02T10:00:05.701Z",\
                    "executable":"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe","name":"firefox.exe",\
                    "pe":{"original_file_name":"firefox.exe"},\
                    "command_line":"\\"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe\\" -url \
                    \\"https://a.example/?x=1&y=<2>\\"",\
                    "working_directory":"C:\\\\Users\\\\ada\\\\","integrity_level":"Medium",\
                    "hash":{"md5":"66d34277f992db4ca8561fd1a5c483e4","sha1":"9d317f48ba264346d1ba2da10b0893b156fa69bf"}\
                    ,\
                    "parent":{"entity_id":"5aa13a44-b135-68fe-025f-000000004002","pid":1292,\
                    "executable":"C:\\\\Program Files\\\\Microsoft Office\\\\OUTLOOK.EXE",\
                    "command_line":"OUTLOOK.EXE"},"session_id":"0x529ae3"}}"""),
            new WindowsScenario(
                    "Sysmon 3",
                    WindowsFixture.sysmon(
                            3,
                            "UtcTime",
                            "2026-03-02 10:00:05.702",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
                            "User",
                            "CORP\\ada",
                            "Protocol",
                            "tcp",
                            "Initiated",
                            "true",
                            "SourceIsIpv6",
                            "false",
                            "SourceIp",
                            "10.1.2.17",
                            "SourceHostname",
                            "WS-17.corp.example",
                            "SourcePort",
                            "50123",
                            "DestinationIp",
                            "::ffff:203.0.113.9",
                            "DestinationHostname",
                            "server-9.cdn.example",
                            "DestinationPort",
                            "443",
                            "DestinationPortName",
                            "https"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.702Z","event":{"action":"network_connection","code":"3",\
                    "dataset":"windows.sysmon"},\
                    "host":{"name":"ws-17.corp.example","hostname":"WS-17.corp.example","domain":"corp.example",\
                    "ip":["10.1.2.17"],"os":{"type":"windows"}},\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe","name":"firefox.exe"},\
                    "client":{"ip":"10.1.2.17","port":50123},"destination":{"ip":"203.0.113.9","port":443},\
                    "network":{"transport":"tcp","protocol":"https","direction":"egress"}}"""),
            new WindowsScenario(
                    "Sysmon 5",
                    WindowsFixture.sysmon(
                            5,
                            "UtcTime",
                            "2026-03-02 10:00:05.703",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Windows\\explorer.exe",
                            "User",
                            "CORP\\ada"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.703Z","event":{"action":"process_end","code":"5",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Windows\\\\explorer.exe","name":"explorer.exe"}}"""),
            new WindowsScenario(
                    "Sysmon 11",
                    WindowsFixture.sysmon(
                            11,
                            "UtcTime",
                            "2026-03-02 10:00:05.704",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
                            "TargetFilename",
                            "C:\\Users\\ada\\Downloads\\Invoice.pdf.ISO",
                            "CreationUtcTime",
                            "2026-03-02 10:00:05.600",
                            "User",
                            "CORP\\ada"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.704Z","event":{"action":"file_write","code":"11",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe","name":"firefox.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.pdf.ISO","name":"Invoice.pdf.ISO",\
                    "extension":"iso"}}"""),
            new WindowsScenario(
                    "Sysmon 15",
                    WindowsFixture.sysmon(
                            15,
                            "UtcTime",
                            "2026-03-02 10:00:05.705",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
                            "TargetFilename",
                            "C:\\Users\\ada\\Downloads\\Invoice.iso:Zone.Identifier",
                            "Hash",
                            "SHA256=683574EBC203C630AF98256516D7CBC50E270E7C5A56E1D46CB9CA671B3D9F32",
                            "Contents",
                            "[ZoneTransfer]  ZoneId=3  ReferrerUrl=https://mail.example/?HostUrl=https://de"
                                    + "coy.example/  HostUrl=https://files.bad.example/Invoice.iso  "),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.705Z","event":{"action":"file_mark","code":"15",\
                    "dataset":"windows.sysmon"},%s,\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe","name":"firefox.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso","name":"Invoice.iso",\
                    "extension":"iso",\
                    "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"},\
                    "fork_name":"Zone.Identifier",\
                    "origin_url":"https://files.bad.example/Invoice.iso",\
                    "origin_referrer_url":"https://mail.example/?HostUrl=https://decoy.example/","zone_id":3,\
                    "mark":"set"}}"""),
            new WindowsScenario(
                    "Sysmon 22",
                    WindowsFixture.sysmon(
                            22,
                            "UtcTime",
                            "2026-03-02 10:00:05.706",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "QueryName",
                            "Files.Bad.example.",
                            "QueryStatus",
                            "0",
                            "QueryResults",
                            "type:  5 edge.bad.example;::ffff:203.0.113.9;2001:DB8:0:0:0:0:0:1;",
                            "Image",
                            "C:\\Program Files\\Mozilla Firefox\\firefox.exe"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.706Z","event":{"action":"dns_query","code":"22",\
                    "dataset":"windows.sysmon"},%s,\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe","name":"firefox.exe"},\
                    "dns":{"question":{"name":"files.bad.example"},"response_code":"NOERROR",\
                    "resolved_ip":["203.0.113.9","2001:db8::1"]}}"""),
            new WindowsScenario(
                    "Security 4688",
                    WindowsFixture.security(
                            4688,
                            "SubjectUserSid",
                            "S-1-5-18",
                            "SubjectUserName",
                            "WS-17$",
                            "SubjectDomainName",
                            "CORP",
                            "SubjectLogonId",
                            "0x3e7",
                            "NewProcessId",
                            "0x29d8",
                            "NewProcessName",
                            "C:\\Windows\\System32\\wscript.exe",
                            "TokenElevationType",
                            "%%1938",
                            "ProcessId",
                            "0x50c",
                            "CommandLine",
                            "wscript.exe D:\\Invoice.js",
                            "TargetUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "TargetUserName",
                            "ada",
                            "TargetDomainName",
                            "CORP",
                            "ParentProcessName",
                            "C:\\Windows\\explorer.exe",
                            "MandatoryLabel",
                            "S-1-16-8192"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"process_start","code":"4688",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "process":{"entity_id":"ws-17.corp.example:10712:1772445605731","pid":10712,\
                    "start":"2026-03-02T10:00:05.731Z",\
                    "executable":"C:\\\\Windows\\\\System32\\\\wscript.exe","name":"wscript.exe",\
                    "command_line":"wscript.exe D:\\\\Invoice.js",\
                    "integrity_level":"Medium","parent":{"pid":1292,"executable":"C:\\\\Windows\\\\explorer.exe"}}}"""),
            new WindowsScenario(
                    "Security 4624",
                    WindowsFixture.security(
                            4624,
                            "SubjectUserName",
                            "WS-17$",
                            "TargetUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "TargetUserName",
                            "ada",
                            "TargetDomainName",
                            "CORP",
                            "TargetLogonId",
                            "0x529ae3",
                            "LogonType",
                            "10",
                            "WorkstationName",
                            "JUMP-1",
                            "IpAddress",
                            "::ffff:10.1.9.4",
                            "IpPort",
                            "51022"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"logon","code":"4624",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "client":{"ip":"10.1.9.4","port":51022,"domain":"jump-1"},\
                    "logon":{"type":10,"id":"0x529ae3","ip":"10.1.9.4","begin":true}}"""),
            new WindowsScenario(
                    "Security 4634",
                    WindowsFixture.security(
                            4634,
                            "TargetUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "TargetUserName",
                            "ada",
                            "TargetDomainName",
                            "CORP",
                            "TargetLogonId",
                            "0x529ae3",
                            "LogonType",
                            "2"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"logon","code":"4634",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "logon":{"type":2,"id":"0x529ae3","begin":false}}"""),
            new WindowsScenario(
                    "Sysmon 2",
                    WindowsFixture.sysmonFileOfExplorer(
                            2,
                            "2026-03-02 10:00:05.707",
                            "C:\\Users\\ada\\a.exe",
                            "CreationUtcTime",
                            "2019-01-01 00:00:00.000",
                            "PreviousCreationUtcTime",
                            "2026-03-02 10:00:05.700"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.707Z","event":{"action":"other","code":"2",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Windows\\\\explorer.exe","name":"explorer.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\a.exe","name":"a.exe","extension":"exe"}}"""),
            new WindowsScenario(
                    "Sysmon 23",
                    WindowsFixture.sysmonFileOfExplorer(
                            23,
                            "2026-03-02 10:00:05.708",
                            "C:\\Users\\ada\\a.exe",
                            "Hashes",
                            "SHA256=683574EBC203C630AF98256516D7CBC50E270E7C5A56E1D46CB9CA671B3D9F32",
                            "IsExecutable",
                            "true",
                            "Archived",
                            "true"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.708Z","event":{"action":"other","code":"23",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Windows\\\\explorer.exe","name":"explorer.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\a.exe","name":"a.exe","extension":"exe",\
                    "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}}"""),
            new WindowsScenario(
                    "Sysmon 26",
                    WindowsFixture.sysmonFileOfExplorer(
                            26,
                            "2026-03-02 10:00:05.709",
                            "C:\\Users\\ada\\a.exe:Zone.Identifier",
                            "Hashes",
                            "SHA256=683574EBC203C630AF98256516D7CBC50E270E7C5A56E1D46CB9CA671B3D9F32",
                            "IsExecutable",
                            "false"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.709Z","event":{"action":"file_mark","code":"26",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Windows\\\\explorer.exe","name":"explorer.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\a.exe","name":"a.exe","extension":"exe",\
                    "fork_name":"Zone.Identifier","mark":"removed"}}"""),
            new WindowsScenario(
                    "Sysmon 29",
                    WindowsFixture.sysmonFileOfExplorer(
                            29,
                            "2026-03-02 10:00:05.710",
                            "C:\\Users\\ada\\a.exe",
                            "Hashes",
                            "SHA256=683574EBC203C630AF98256516D7CBC50E270E7C5A56E1D46CB9CA671B3D9F32"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.710Z","event":{"action":"file_write","code":"29",\
                    "dataset":"windows.sysmon"},%s,\
                    "user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Windows\\\\explorer.exe","name":"explorer.exe"},\
                    "file":{"path":"C:\\\\Users\\\\ada\\\\a.exe","name":"a.exe","extension":"exe",\
                    "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}}"""),
            new WindowsScenario(
                    "Security 4647",
                    WindowsFixture.security(
                            4647,
                            "TargetUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "TargetUserName",
                            "ada",
                            "TargetDomainName",
                            "CORP",
                            "TargetLogonId",
                            "0x529ae3"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"logon","code":"4647",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "logon":{"id":"0x529ae3","begin":false}}"""),
            new WindowsScenario(
                    "Security 4648",
                    WindowsFixture.security(
                            4648,
                            "SubjectUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "SubjectUserName",
                            "ada",
                            "SubjectDomainName",
                            "CORP",
                            "TargetUserName",
                            "admin",
                            "TargetDomainName",
                            "CORP",
                            "TargetServerName",
                            "SRV-1",
                            "ProcessId",
                            "0x29d8",
                            "ProcessName",
                            "C:\\Windows\\System32\\runas.exe",
                            "IpAddress",
                            "-",
                            "IpPort",
                            "-"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"logon","code":"4648",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"admin","domain":"CORP"},\
                    "process":{"pid":10712,"executable":"C:\\\\Windows\\\\System32\\\\runas.exe","name":"runas.exe"},\
                    "logon":{"begin":true}}"""),
            new WindowsScenario(
                    "Security 4768",
                    WindowsFixture.security(
                            4768,
                            "TargetUserName",
                            "ada",
                            "TargetDomainName",
                            "CORP",
                            "TargetSid",
                            "S-1-5-21-1-2-3-1104",
                            "ServiceName",
                            "krbtgt",
                            "Status",
                            "0x0",
                            "IpAddress",
                            "::ffff:10.1.2.17",
                            "IpPort",
                            "50999"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"logon","code":"4768",\
                    "dataset":"windows.security","outcome":"success"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "client":{"ip":"10.1.2.17","port":50999},\
                    "logon":{"ip":"10.1.2.17","begin":true}}"""),
            new WindowsScenario(
                    "Sysmon 13",
                    WindowsFixture.sysmon(
                            13,
                            "EventType",
                            "SetValue",
                            "UtcTime",
                            "2026-03-02 10:00:05.731",
                            "ProcessGuid",
                            "{5AA13A44-B135-68FE-035F-000000004002}",
                            "ProcessId",
                            "10712",
                            "Image",
                            "C:\\Users\\ada\\upd.exe",
                            "TargetObject",
                            "HKU\\S-1-5-21-1\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\upd",
                            "Details",
                            "C:\\Users\\ada\\upd.exe",
                            "User",
                            "CORP\\ada"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"autostart","code":"13",\
                    "dataset":"windows.sysmon"},%s,"user":{"name":"ada","domain":"CORP"},\
                    "process":{"entity_id":"5aa13a44-b135-68fe-035f-000000004002","pid":10712,\
                    "executable":"C:\\\\Users\\\\ada\\\\upd.exe","name":"upd.exe"},\
                    "autostart":{"kind":"registry_value",\
                    "location":"HKU\\\\S-1-5-21-1\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run\\\\upd",\
                    "command":"C:\\\\Users\\\\ada\\\\upd.exe"}}"""),
            new WindowsScenario(
                    "Security 4698",
                    WindowsFixture.security(
                            4698,
                            "SubjectUserSid",
                            "S-1-5-21-1-2-3-1104",
                            "SubjectUserName",
                            "ada",
                            "SubjectDomainName",
                            "CORP",
                            "TaskName",
                            "\\upd",
                            "TaskContent",
                            "<Task><Actions><Exec><Command>C:\\Users\\ada\\upd.exe</Command><Arguments>-q"
                                    + "</Arguments></Exec></Actions></Task>"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"autostart","code":"4698",\
                    "dataset":"windows.security"},%s,\
                    "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                    "autostart":{"kind":"scheduled_task","location":"\\\\upd",\
                    "command":"C:\\\\Users\\\\ada\\\\upd.exe -q"}}"""),
            new WindowsScenario(
                    "Service Control Manager 7045",
                    new WindowsFixture(
                            "Service Control Manager",
                            "System",
                            7045,
                            "2026-03-02T10:00:05.731Z",
                            Map.of("ServiceName", "upd", "ImagePath", "C:\\Users\\ada\\upd.exe")),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"autostart","code":"7045",\
                    "dataset":"windows.system"},%s,\
                    "autostart":{"kind":"service","location":"upd",\
                    "command":"C:\\\\Users\\\\ada\\\\upd.exe"}}"""),
            new WindowsScenario(
                    "Security 5156",
                    WindowsFixture.security(
                            5156,
                            "ProcessID",
                            "10712",
                            "Application",
                            "\\device\\harddiskvolume2\\windows\\explorer.exe",
                            "Direction",
                            "%%14592",
                            "SourceAddress",
                            "10.1.2.17",
                            "SourcePort",
                            "445",
                            "DestAddress",
                            "10.1.9.4",
                            "DestPort",
                            "50123",
                            "Protocol",
                            "6"),
                    """
                    {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"action":"network_connection","code":"5156",\
                    "dataset":"windows.security"},"host":{"name":"ws-17.corp.example","hostname":"WS-17.corp.example",\
                    "domain":"corp.example","ip":["10.1.2.17"],"os":{"type":"windows"}},\
                    "process":{"pid":10712,"executable":"\\\\device\\\\harddiskvolume2\\\\windows\\\\explorer.exe",\
                    "name":"explorer.exe"},\
                    "client":{"ip":"10.1.9.4","port":50123},"destination":{"ip":"10.1.2.17","port":445},\
                    "network":{"transport":"tcp","direction":"ingress"}}"""));

    public WindowsScenario {
        expected = expected.replace("%s", HOST);
    }

    @Override
    public String toString() {
        return name;
    }
}
