package io.clicktrail.normalizer.macos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.MarkAction;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import org.junit.jupiter.api.Test;

/** Santa, the unified log and file system events. */
public class MacLogsTest {

    public static final String EXEC = "[2026-03-02T10:00:05.701Z] I santad: action=EXEC|decision=ALLOW|reason=CERT|"
            + "sha256=683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32|cert_cn=Software "
            + "Signing|quarantine_url=https://files.bad.example/a|pid=951|pidversion=2202|ppid=700|uid=501|"
            + "user=ada|gid=20|group=staff|mode=M|path=/Users/ada/Downloads/a<pipe>b|"
            + "args=/Users/ada/Downloads/a<pipe>b -x";

    public static final String UNIFIED = """
            {"traceID":1,"eventMessage":"%s","eventType":"logEvent","source":null,"formatString":"%%s",\
            "subsystem":"com.apple.launchservices","category":"open",\
            "threadID":77,"senderImageUUID":"U","messageType":"Default","processID":913,\
            "processImagePath":"/usr/bin/open","userID":501,"bootUUID":"B",\
            "machTimestamp":881231,"timestamp":"2026-03-02 11:00:05.701234+0100"}""";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAnExecutionOfSanta() {
        assertThat(EventFacts.of(reader.event(EXEC))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"EXEC",\
                "dataset":"macos.santa","outcome":"success"},"user":{"name":"ada","id":"501"},\
                "process":{"entity_id":":951:2202","pid":951,"start":"2026-03-02T10:00:05.701Z",\
                "executable":"/Users/ada/Downloads/a|b","name":"a|b","command_line":"/Users/ada/Downloads/a|b -x",\
                "hash":{"sha256":"683574ebc203c630af98256516d7cbc50e270e7c5a56e1d46cb9ca671b3d9f32"},\
                "parent":{"pid":700},"code_signature":{"subject_name":"Software Signing"}},\
                "file":{"path":"/Users/ada/Downloads/a|b","name":"a|b",\
                "origin_url":"https://files.bad.example/a"}}""");
    }

    @Test
    void namesAProcessAsEndpointSecurityDoes() {
        String shipped = "<13>1 2026-03-02T10:00:06Z mac-3.corp.example santad - - - " + EXEC;

        assertThat(reader.event(shipped).getProcess().getEntityId())
                .isEqualTo(reader.event(EndpointSecurityFixtures.shipped(EndpointSecurityFixtures.EXEC))
                        .getProcess()
                        .getEntityId());
    }

    @Test
    void readsADeniedExecutionAsAFailure() {
        assertThat(reader.event(EXEC.replace("=ALLOW", "=DENY")).getOutcome()).isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void readsWritesAndRenamesOfSanta() {
        String end = "|pid=913|pidversion=2101|ppid=1|process=firefox|"
                + "processpath=/Applications/Firefox.app/Contents/MacOS/firefox|uid=501|user=ada";
        Event write = reader.event("[2026-03-02T10:00:05.701Z] I santad: action=WRITE|path=/Users/ada/a.dmg" + end);
        Event rename = reader.event(
                "[2026-03-02T10:00:05.701Z] I santad: action=RENAME|path=/Users/ada/a.part|newpath=/Users/ada/a.dmg"
                        + end);

        assertThat(write.getFile().getPath()).isEqualTo("/Users/ada/a.dmg");
        assertThat(write.getProcess().getName()).isEqualTo("firefox");
        assertThat(rename.getFile().getPath()).isEqualTo("/Users/ada/a.dmg");
        assertThat(rename.getFile().getOriginalPath()).isEqualTo("/Users/ada/a.part");
        assertThat(reader.ignored("[2026-03-02T10:00:05.701Z] I santad: action=DELETE|path=/a" + end)
                        .dataset())
                .isEqualTo("macos.santa");
    }

    @Test
    void readsAnOpenedUrlOfTheUnifiedLog() {
        assertThat(EventFacts.of(reader.event(UNIFIED.formatted("Opening URL: <https://a.example/?x=1> with Safari"))))
                .isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701234Z","event":{"action":"url_open",\
                "dataset":"macos.unified-log"},"user":{"id":"501"},"process":{"pid":913,"executable":"/usr/bin/open",\
                "name":"open"},"destination":{"domain":"a.example"},"url":{"original":"https://a.example/?x=1"}}""");
    }

    @Test
    void readsAQuarantineOfTheUnifiedLog() {
        Event event = reader.event(UNIFIED.formatted("LSQuarantineAgentName = Safari; LSQuarantineDataURLString = "
                + "\\\"https://files.bad.example/x/Invoice.dmg\\\"; LSQuarantineOriginURLString = "
                + "\\\"https://mail.example/\\\";"));

        assertThat(event.getKind()).isEqualTo(EventKind.FILE_MARK);
        assertThat(event.getFile().getMark()).isEqualTo(MarkAction.SET);
        assertThat(event.getFile().getName()).isEqualTo("Invoice.dmg");
        assertThat(event.getFile().getOriginUrl()).isEqualTo("https://files.bad.example/x/Invoice.dmg");
        assertThat(event.getFile().getOriginReferrerUrl()).isEqualTo("https://mail.example/");
        assertThat(event.getProcess().getName()).isEqualTo("Safari");
    }

    @Test
    void ignoresOtherMessagesAndTheSummary() {
        assertThat(reader.ignored(UNIFIED.formatted("hello https://a.example")).dataset())
                .isEqualTo("macos.unified-log");
        assertThat(reader.ignored("{\"count\":3335,\"finished\":1}").dataset()).isEqualTo("macos.unified-log");
    }

    @Test
    void readsFileSystemEvents() {
        Event event = reader.event("2026-03-02T10:00:05+0000 /Users/ada/Downloads/my file.dmg Created IsFile Updated");

        assertThat(EventFacts.of(event)).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05Z","event":{"action":"file_write","dataset":"macos.fsevents"},\
                "file":{"path":"/Users/ada/Downloads/my file.dmg","name":"my file.dmg","extension":"dmg"}}""");
        assertThat(reader.ignored("2026-03-02T10:00:05+0000 /Users/ada/Downloads Created IsDir")
                        .dataset())
                .isEqualTo("macos.fsevents");
    }
}
