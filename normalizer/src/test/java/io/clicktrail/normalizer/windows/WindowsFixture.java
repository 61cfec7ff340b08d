package io.clicktrail.normalizer.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One Windows event, written in every container that collectors put it in. */
public record WindowsFixture(
        String provider, String channel, int eventId, String systemTime, Map<String, String> data) {

    public static final String COMPUTER = "WS-17.corp.example";
    public static final long RECORD_ID = 88_123;

    public static WindowsFixture sysmon(int eventId, String... pairs) {
        return new WindowsFixture(
                "Microsoft-Windows-Sysmon",
                "Microsoft-Windows-Sysmon/Operational",
                eventId,
                "2026-03-02T10:00:05.731Z",
                data(pairs));
    }

    /** An event of Sysmon on a file that explorer.exe handles for ada. */
    static WindowsFixture sysmonFileOfExplorer(int eventId, String time, String file, String... pairs) {
        List<String> all = new ArrayList<>(List.of(
                "UtcTime", time,
                "ProcessGuid", "{5AA13A44-B135-68FE-035F-000000004002}",
                "ProcessId", "10712",
                "Image", "C:\\Windows\\explorer.exe",
                "User", "CORP\\ada",
                "TargetFilename", file));
        all.addAll(List.of(pairs));
        return sysmon(eventId, all.toArray(String[]::new));
    }

    public static WindowsFixture security(int eventId, String... pairs) {
        return new WindowsFixture(
                "Microsoft-Windows-Security-Auditing", "Security", eventId, "2026-03-02T10:00:05.731Z", data(pairs));
    }

    private static Map<String, String> data(String... pairs) {
        Map<String, String> data = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put(pairs[i], pairs[i + 1]);
        }
        return data;
    }

    public WindowsFixture with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(data);
        changed.put(name, value);
        return new WindowsFixture(provider, channel, eventId, systemTime, changed);
    }

    /** As the event viewer and libevtx write it: double quotes, indented, braces about GUIDs. */
    public String xml() {
        String fields = data.entrySet().stream()
                .map(entry -> "    <Data Name=\"" + entry.getKey() + "\">" + escaped(entry.getValue()) + "</Data>\n")
                .collect(Collectors.joining());
        return """
                <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
                  <System>
                    <Provider Name="%s" Guid="{5770385f-c22a-43e0-bf4c-06f5698ffbd9}"/>
                    <EventID>%d</EventID>
                    <Version>5</Version>
                    <Keywords>0x8000000000000000</Keywords>
                    <TimeCreated SystemTime="%s"/>
                    <EventRecordID>%d</EventRecordID>
                    <Correlation/>
                    <Execution ProcessID="3308" ThreadID="4008"/>
                    <Channel>%s</Channel>
                    <Computer>%s</Computer>
                    <Security UserID="S-1-5-18"/>
                  </System>
                  <EventData>
                %s  </EventData>
                </Event>
                """.formatted(provider, eventId, systemTime, RECORD_ID, channel, COMPUTER, fields);
    }

    /** As EvtRender writes it: one line, single quotes; rendered, with qualifiers. */
    public String renderedXml() {
        return xml().replace("\n", "")
                .replaceAll(">\\s+<", "><")
                .replace('"', '\'')
                .replace("<EventID>", "<EventID Qualifiers='0'>")
                .replace(
                        "</Event>",
                        "<RenderingInfo Culture='en-US'><Message>Image: C:\\x.exe&#xD;&#xA;"
                                + "</Message><Keywords><Keyword>Audit</Keyword></Keywords></RenderingInfo></Event>");
    }

    /** As Winlogbeat writes it without its modules: every value a string. */
    public String winlogbeat() {
        String fields = data.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        return """
                {"@timestamp":"%s","@metadata":{"beat":"winlogbeat","type":"_doc","version":"8.17.0"},\
                "event":{"code":"%d","kind":"event","provider":"%s","created":"2026-03-02T10:00:07.002Z"},\
                "host":{"name":"wef01.corp.example"},"agent":{"type":"winlogbeat","version":"8.17.0"},\
                "log":{"level":"information"},"ecs":{"version":"8.0.0"},"message":"Process Create:\\nRuleName: -",\
                "winlog":{"channel":"%s","provider_name":"%s","computer_name":"%s","event_id":"%d","record_id":%d,\
                "process":{"pid":3308,"thread":{"id":4008}},"user":{"identifier":"S-1-5-18","name":"SYSTEM"},\
                "opcode":"Info",\
                "event_data":{%s}}}\
                """.formatted(systemTime, eventId, provider, channel, provider, COMPUTER, eventId, RECORD_ID, fields);
    }

    /** As some pipelines flatten it: dotted keys, event id and record id the other way round. */
    public String dottedWinlogbeat() {
        String fields = data.entrySet().stream()
                .map(entry -> quoted("winlog.event_data." + entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        return """
                {"@timestamp":"%s","winlog.channel":"%s","winlog.provider_name":"%s","winlog.computer_name":"%s",\
                "winlog.event_id":%d,"winlog.record_id":"%d","host.name":"wef01.corp.example",%s}\
                """.formatted(systemTime, channel, provider, COMPUTER, eventId, RECORD_ID, fields);
    }

    /** As evtx_dump writes it: numbers as numbers, GUIDs without braces. */
    public String evtxDump() {
        String fields = data.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + evtxValue(entry.getValue()))
                .collect(Collectors.joining(",\n      "));
        return """
                {
                  "Event": {
                    "#attributes": {"xmlns": "http://schemas.microsoft.com/win/2004/08/events/event"},
                    "System": {
                      "Provider": {"#attributes": {"Name": "%s", "Guid": "5770385F-C22A-43E0-BF4C-06F5698FFBD9"}},
                      "EventID": %d,
                      "TimeCreated": {"#attributes": {"SystemTime": "%s"}},
                      "EventRecordID": %d,
                      "Correlation": null,
                      "Execution": {"#attributes": {"ProcessID": 3308, "ThreadID": 4008}},
                      "Channel": "%s",
                      "Computer": "%s",
                      "Security": {"#attributes": {"UserID": "S-1-5-18"}}
                    },
                    "EventData": {
                      %s
                    }
                  }
                }
                """.formatted(provider, eventId, systemTime.replace("Z", "000Z"), RECORD_ID, channel, COMPUTER, fields);
    }

    /** As xmltodict writes it: attributes behind an at sign, every value a text, the data as a list. */
    public String xmltodict() {
        String fields = data.entrySet().stream()
                .map(entry -> "{\"@Name\":" + quoted(entry.getKey()) + ",\"#text\":" + quoted(entry.getValue()) + "}")
                .collect(Collectors.joining(","));
        return """
                {"Event":{"@xmlns":"http://schemas.microsoft.com/win/2004/08/events/event",\
                "System":{"Provider":{"@Name":"%s"},\
                "EventID":{"@Qualifiers":"0","#text":"%d"},"TimeCreated":{"@SystemTime":"%s"},"EventRecordID":"%d",\
                "Correlation":null,\
                "Channel":"%s","Computer":"%s"},"EventData":{"Data":[{"@Name":"Empty"},%s]}}}\
                """.formatted(provider, eventId, systemTime, RECORD_ID, channel, COMPUTER, fields);
    }

    /** As MaxPatrol's agent writes it: attributes among the elements. */
    public String maxPatrol() {
        return xmltodict()
                .replace("\"@Name\"", "\"Name\"")
                .replace("\"@SystemTime\"", "\"SystemTime\"")
                .replace("\"#text\"", "\"text\"")
                .replace("{\"@Qualifiers\":\"0\",\"text\":\"" + eventId + "\"}", "\"" + eventId + "\"");
    }

    /** As NXLog writes it: flat, with the writer's process and account. */
    public String nxlog() {
        String fields = data.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        return """
                {"EventTime":"%s","Hostname":"%s","Keywords":-9223372036854775808,"EventType":"INFO","EventID":%d,\
                "SourceName":"%s",\
                "RecordNumber":%d,"ProcessID":3308,"ThreadID":4008,"Channel":"%s","Domain":"NT AUTHORITY",\
                "AccountName":"SYSTEM",\
                "UserID":"S-1-5-18","Message":"Something:\\r\\nRuleName: -",%s,\
                "EventReceivedTime":"2026-03-02 10:00:09","SourceModuleName":"in","SourceModuleType":"im_msvistalog"}\
                """.formatted(systemTime, COMPUTER, eventId, provider, RECORD_ID, channel, fields);
    }

    /** As OpenWEC writes it: the XML in a JSON envelope. */
    public String openWec() {
        return """
                {"meta":{"IpAddress":"10.1.2.17","TimeReceived":"2026-03-02T10:00:09+00:00",\
                "Principal":"WS-17$@CORP.EXAMPLE","Node":"wec-1",\
                "Subscription":{"Uuid":"8B18D83D-2964-4F35-AC3B-6F4E6FFA727B","Name":"all"}},"data":%s}\
                """.formatted(quoted(xml()));
    }

    /** As Azure's diagnostics write it. */
    public String azure() {
        return """
                {"time":"2026-03-02T10:00:08Z","category":"WindowsEventLogsTable","level":"Informational",\
                "properties":{"Role":"vm","EventId":%d,"ProviderName":"%s","Channel":"%s","RawXml":%s}}\
                """.formatted(eventId, provider, channel, quoted(renderedXml()));
    }

    /** The containers by name. */
    public Map<String, String> containers() {
        Map<String, String> containers = new LinkedHashMap<>();
        containers.put("xml", xml());
        containers.put("rendered xml", renderedXml());
        containers.put("winlogbeat", winlogbeat());
        containers.put("dotted winlogbeat", dottedWinlogbeat());
        containers.put("evtx_dump", evtxDump());
        containers.put("xmltodict", xmltodict());
        containers.put("MaxPatrol", maxPatrol());
        containers.put("OpenWEC", openWec());
        containers.put("Azure diagnostics", azure());
        if (!data.containsKey("ProcessID")) {
            containers.put("NXLog", nxlog());
        }
        return containers;
    }

    private static String evtxValue(String value) {
        if (value.matches("[0-9]{1,9}") || value.equals("true") || value.equals("false")) {
            return value;
        }
        return quoted(
                value.matches("\\{[0-9A-Fa-f-]{36}}") ? value.substring(1, 37).toUpperCase(Locale.ROOT) : value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
