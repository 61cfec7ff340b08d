package io.clicktrail.normalizer.windows;

import java.util.LinkedHashMap;
import java.util.Map;

/** Winlogbeat's records after its Sysmon and Security modules, by the name of the scenario. */
final class EcsFixtures {

    static final Map<String, String> ALL = new LinkedHashMap<>();

    private static final String PROCESS = "\"entity_id\":\"{5aa13a44-b135-68fe-035f-000000004002}\",\"pid\":10712,"
            + "\"name\":\"firefox.exe\",\"executable\":\"C:\\\\Program Files\\\\Mozilla "
            + "Firefox\\\\firefox.exe\"";

    static {
        sysmon("Sysmon 1", 1, "2026-03-02T10:00:05.701Z", "\"IntegrityLevel\":\"Medium\"", """
                "process":{%s,"pe":{"original_file_name":"firefox.exe"},\
                "command_line":"\\"C:\\\\Program Files\\\\Mozilla Firefox\\\\firefox.exe\\" -url \
                \\"https://a.example/?x=1&y=<2>\\"",\
                "args":["firefox.exe"],"working_directory":"C:\\\\Users\\\\ada\\\\",\
                "hash":{"sha1":"9d317f48ba264346d1ba2da10b0893b156fa69bf","md5":"66d34277f992db4ca8561fd1a5c483e4"},\
                "parent":{"entity_id":"{5aa13a44-b135-68fe-025f-000000004002}","pid":1292,\
                "executable":"C:\\\\Program Files\\\\Microsoft Office\\\\OUTLOOK.EXE","command_line":"OUTLOOK.EXE"}},\
                "user":{"id":"S-1-5-18","name":"ada","domain":"CORP"}""".formatted(PROCESS));
        sysmon("Sysmon 3", 3, "2026-03-02T10:00:05.702Z", "\"SourceIsIpv6\":\"false\"", """
                "process":{%s},"user":{"id":"S-1-5-18","name":"ada","domain":"CORP"},\
                "source":{"ip":"10.1.2.17","port":50123,"domain":"WS-17.corp.example"},\
                "destination":{"ip":"203.0.113.9","port":443,"domain":"server-9.cdn.example"},\
                "network":{"transport":"tcp","protocol":"https","direction":"egress","type":"ipv4"}\
                """.formatted(PROCESS));
        sysmon("Sysmon 5", 5, "2026-03-02T10:00:05.703Z", "", """
                "process":{"entity_id":"{5aa13a44-b135-68fe-035f-000000004002}","pid":10712,\
                "executable":"C:\\\\Windows\\\\explorer.exe"},\
                "user":{"id":"S-1-5-18","name":"ada","domain":"CORP"}""");
        sysmon(
                "Sysmon 11",
                11,
                "2026-03-02T10:00:05.704Z",
                "\"CreationUtcTime\":\"2026-03-02 10:00:05.600\"",
                """
                "process":{%s},"user":{"id":"S-1-5-18","name":"ada","domain":"CORP"},\
                "file":{"path":"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.pdf.ISO","name":"Invoice.pdf.ISO",\
                "extension":"ISO"}""".formatted(PROCESS));
        sysmon("Sysmon 15", 15, "2026-03-02T10:00:05.705Z", """
                "Contents":"[ZoneTransfer]  ZoneId=3  ReferrerUrl=https://mail.example/?HostUrl=https://decoy.example/ \
                 \
                HostUrl=https://files.bad.example/Invoice.iso  \"""", """
                "process":{%s},"file":{"path":"C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso:Zone.Identifier",\
                "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}\
                """.formatted(PROCESS));
        sysmon("Sysmon 22", 22, "2026-03-02T10:00:05.706Z", "", """
                "process":{%s},"sysmon":{"dns":{"status":"SUCCESS"}},\
                "dns":{"question":{"name":"Files.Bad.example."},"answers":[{"data":"edge.bad.example","type":"CNAME"}],\
                "resolved_ip":["203.0.113.9","2001:db8::1"]}""".formatted(PROCESS));
        security("Security 4688", 4688, """
                "process":{"pid":10712,"name":"wscript.exe","executable":"C:\\\\Windows\\\\System32\\\\wscript.exe",\
                "command_line":"wscript.exe D:\\\\Invoice.js","parent":{"pid":1292,\
                "executable":"C:\\\\Windows\\\\explorer.exe"}},\
                "user":{"name":"WS-17$","domain":"CORP","id":"S-1-5-18",\
                "target":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"}}\
                """, "\"MandatoryLabel\":\"S-1-16-8192\"");
        security("Security 4624", 4624, """
                "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"},\
                "source":{"ip":"10.1.9.4","port":51022,"domain":"JUMP-1"}\
                """, "\"logon\":{\"id\":\"0x529ae3\",\"type\":\"RemoteInteractive\"}");
        security("Security 4634", 4634, """
                "user":{"name":"ada","domain":"CORP","id":"S-1-5-21-1-2-3-1104"}\
                """, "\"logon\":{\"id\":\"0x529ae3\",\"type\":\"Interactive\"}");
        sysmon("Sysmon 29", 29, "2026-03-02T10:00:05.710Z", "", """
                "process":{"entity_id":"{5aa13a44-b135-68fe-035f-000000004002}","pid":10712,\
                "executable":"C:\\\\Windows\\\\explorer.exe"},\
                "user":{"id":"S-1-5-18","name":"ada","domain":"CORP"},"file":{"path":"C:\\\\Users\\\\ada\\\\a.exe",\
                "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"}}""");
        security("Security 5156", 5156, """
                "process":{"pid":10712,"executable":"\\\\device\\\\harddiskvolume2\\\\windows\\\\explorer.exe"},\
                "source":{"ip":"10.1.2.17","port":445},"destination":{"ip":"10.1.9.4","port":50123},\
                "network":{"iana_number":"6","direction":"ingress"}""", "\"Empty\":\"\"");
    }

    private EcsFixtures() {}

    private static void sysmon(String name, int code, String time, String eventData, String ecs) {
        ALL.put(name, """
                {"@timestamp":"%s","event":{"code":"%d","provider":"Microsoft-Windows-Sysmon","module":"sysmon"},\
                "host":{"name":"wef01.corp.example"},%s,\
                "winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon",\
                "computer_name":"WS-17.corp.example","event_id":%d,"record_id":"88123",\
                "user":{"identifier":"S-1-5-18"},"event_data":{%s}}}""".formatted(time, code, ecs, code, eventData));
    }

    private static void security(String name, int code, String ecs, String winlog) {
        String inside = winlog.startsWith("\"logon\"") ? winlog : "\"event_data\":{" + winlog + "}";
        ALL.put(name, """
                {"@timestamp":"2026-03-02T10:00:05.731Z","event":{"code":"%d",\
                "provider":"Microsoft-Windows-Security-Auditing"},%s,\
                "winlog":{"channel":"Security","provider_name":"Microsoft-Windows-Security-Auditing",\
                "computer_name":"WS-17.corp.example","event_id":"%d","record_id":88123,%s}}\
                """.formatted(code, ecs, code, inside));
    }
}
