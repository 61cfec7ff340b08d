package io.clicktrail.normalizer.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {

    private static final String JSON = """
        name: acme
        match:
          json: { /type: [request, "web.request"], /ts: "*" }
        event:
          kind: HTTP_REQUEST
          time: /ts
          url.original: /http/url
          client.ip: /src
          event.outcome: /verdict
        """;
    private static final String LINE = """
        name: acme.dns
        match: { contains: " q: " }
        line: '^(?P<time>\\S+ \\S+) (?P<ip>\\S+) q: (?P<name>\\S*)(?P<rest>.*)'
        event:
          kind: DNS_QUERY
          time: { from: time, format: "yyyy/dd/MM HH:mm:ss" }
          client.ip: ip
          dns.question.name: name
          dns.resolved_ip: { from: rest, pattern: 'a=(\\S+)' }
        """;

    @Test
    void readsDocumentsOfItsSignatureOnly() {
        TestNormalizer reader = reader(JSON);
        Event event = reader.event(
                "{\"type\":\"web.request\",\"ts\":1772445605,\"http\":{\"url\":\"https://bad.example:8443/a"
                        + "\"},\"src\":\"10.1.2.17\",\"verdict\":\"blocked\"}");

        assertThat(event.getSource().getDataset()).isEqualTo("own.acme");
        assertThat(event.getDestination().getDomain()).isEqualTo("bad.example");
        assertThat(event.getDestination().getPort()).isEqualTo(8443);
        assertThat(event.getOutcome()).isEqualTo(EventOutcome.FAILURE);
        assertThat(reader.rejected("{\"type\":\"other\",\"ts\":1772445605,\"url\":\"https://a.example/\"}")
                        .reason())
                .isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(reader.rejected("{\"type\":\"request\"}").reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(reader.event(ZeekFixtures.CONN).getSource().getDataset()).isEqualTo("zeek.conn");
    }

    @Test
    void findsDottedKeysWithoutTakingThemFromOtherFormats() {
        TestNormalizer reader = reader(JSON.replace("/http/url", "/http.url").replace("/ts", "/id.orig_h"));

        assertThat(reader.event("{\"type\":\"request\",\"id\":{\"orig_h\":1772445605},"
                                + "\"http.url\":\"https://bad.example/\"}")
                        .getUrl()
                        .getOriginal())
                .isEqualTo("https://bad.example/");
        assertThat(reader.event(ZeekFixtures.CONN).getSource().getDataset()).isEqualTo("zeek.conn");
    }

    @Test
    void readsLinesInTheTopicsZone() {
        Event event = reader(LINE, ZoneId.of("Europe/Vienna"))
                .event("2026/02/03 11:00:05 10.1.2.17 q: Bad.example. a=203.0.113.9");

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.ASSUMED_ZONE);
        assertThat(event.getDns().getQuestionName()).isEqualTo("bad.example");
        assertThat(event.getDns().getResolvedIp()).containsExactly("203.0.113.9");
    }

    @Test
    void rejectsWhatHasTheSignatureAndNotTheFields() {
        assertThat(reader(LINE).rejected("x q: y").reason()).isEqualTo(Reason.NO_MATCH);
        assertThat(reader(LINE)
                        .rejected("2026/99/03 11:00:05 10.1.2.17 q: a.example")
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
        assertThat(reader(LINE).rejected("2026/02/03 11:00:05 10.1.2.17 q: ").reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(reader(JSON).rejected("{\"type\":\"request\",\"ts\":1}").reason())
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void triesAPatternInTimeLinearInTheLine() {
        TestNormalizer reader = reader(LINE.replace("(?P<rest>.*)", "(?P<rest>(a*)*(a|aa)*b)"));
        String line = "2026/02/03 11:00:05 10.1.2.17 q: x" + "a".repeat(60_000);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        assertThat(reader.rejected(line).reason()).isEqualTo(Reason.NO_MATCH);
        assertThat(reader.rejected(line + "a".repeat(10_000)).reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void readsSeveralFormatsAndJsonOutOfOneFile() {
        assertThat(valid(JSON + "---\n" + LINE)).extracting(Mapping::name).containsExactly("own.acme", "own.acme.dns");
        assertThat(valid("{\"name\":\"j\",\"match\":{\"json\":{\"/a\":\"b\"}},"
                        + "\"event\":{\"kind\":\"URL_OPEN\",\"time\":\"/t\",\"url.original\":\"/u\"}}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "name: acme~name: Acme~1~name: 1 to 64 of a-z",
                "kind: HTTP_REQUEST~kind: WEB~5~kind: one of ADDRESS_LEASE, DNS_QUERY",
                "kind: HTTP_REQUEST~kind: EMAIL~5~kind: EMAIL needs email.from or email.local_id or email.message_id",
                "time: /ts~time: ts~6~'ts' is no JSON pointer",
                "time: /ts~time: { from: /ts, zone: Mars }~6~zone: ",
                "time: /ts~time: { from: /ts, format: bbb }~6~format: ",
                "time: /ts~time: { from: /ts, form: x }~6~form: unknown key; known here are day_first, format, from,"
                        + " join, zone, zone_from",
                "client.ip: /src~client.address: /src~8~client.address: no such field of an event",
                "client.ip: /src~client.ip: /src/0~8~'/src/0': positions in arrays",
                "client.ip: /src~client.ip: { from: /src, pattern: '(' }~8~client.ip: ",
                "client.ip: /src~client.ip: { from: /src, pattern: '(a{1,999}){1,9}' }~8~client.ip: ",
                "client.ip: /src~client.ip: { from: /src, constant: x }~8~client.ip: a constant must be alone",
                "client.ip: /src~client.ip: []~8~client.ip: 1 to 100 values",
                "json: {~begins: {~1~line: a pattern is needed",
                "name: acme~nam: acme~1~nam: unknown key; known here are cells, event, events, fields, line",
                "time: /ts~tim: /ts~5~time: is missing"
            })
    void saysWhereAMistakeIsAndWhat(String right, String wrong, int line, String reason) {
        MappingReading reading = MappingFile.parse("acme.yaml", JSON.replace(right, wrong));

        assertThat(reading).isInstanceOfSatisfying(MappingReading.Invalid.class, invalid -> {
            assertThat(invalid.reason()).startsWith(reason);
            assertThat(invalid.toString()).startsWith("acme.yaml:" + invalid.line() + ": ");
        });
        assertThat(((MappingReading.Invalid) reading).line())
                .as(reading.toString())
                .isBetween(line - 1, line);
    }

    @Test
    void refusesAGroupThatThePatternLacks() {
        assertThat(MappingFile.parse("a", LINE.replace("client.ip: ip", "client.ip: ipp"))
                        .toString())
                .isEqualTo("a:7: client.ip: 'line' has no group (?P<ipp>…)");
    }

    @Test
    void readsCellsByNameAndNumberAndIgnoresWhatIsOfNoUse() {
        TestNormalizer reader = reader("""
                name: acme.rows
                match: { begins: "ACME;" }
                cells: { separator: ";", columns: [product, at], least: 4 }
                fields: { time: at }
                events:
                  - { when: { "3": [web, "web*"] }, dataset: acme.web, kind: URL_OPEN, url.original: "4" }
                  - { dataset: acme.other, ignore: no web }
                """);

        assertThat(reader.event("ACME;1772445605;webmail;\"https://bad.example/;a\"")
                        .getUrl()
                        .getOriginal())
                .isEqualTo("https://bad.example/;a");
        assertThat(reader.ignored("ACME;1772445605;mail;x").dataset()).isEqualTo("own.acme.other");
        assertThat(reader.rejected("ACME;1772445605;mail").reason()).isEqualTo(Reason.NO_MATCH);
    }

    @Test
    void givesSeveralEventsOfOneRecordAndTakesTheFirstChoiceThatGivesSomething() {
        TestNormalizer reader = reader("""
                name: acme.mail
                match: { json: [{ /kind: mail, /to: "*" }, { /kind: post, /to: { not: "-" } }] }
                fields:
                  time: { from: /at, zone: UTC }
                  event.outcome:
                    - { from: /forced, values: { "true": success } }
                    - { from: /verdict, values: { ok: success, "*": failure } }
                  email.to: { from: /to, split: "|", decode: mailboxes }
                events:
                  - { also: true, kind: EMAIL, email.subject: [/subject, /title] }
                  - { when: { /url: "http*" }, kind: URL_OPEN, url.original: /url }
                """);

        List<Event> events = reader.normalized("{\"kind\":\"post\",\"at\":\"2026-03-02T10:00:05\",\"verdict\":\"bad\","
                        + "\"to\":\"\\\"Ada\\\" <ada@x.example>|bob@x.example\","
                        + "\"title\":\"Hi\",\"url\":\"https://a.example/\"}")
                .events();

        assertThat(events).extracting(Event::getKind).containsExactly(EventKind.EMAIL, EventKind.URL_OPEN);
        assertThat(events).extracting(Event::getOutcome).containsOnly(EventOutcome.FAILURE);
        assertThat(events.getFirst().getEmail().getTo()).containsExactly("ada@x.example", "bob@x.example");
        assertThat(events.getFirst().getEmail().getSubject()).isEqualTo("Hi");
        assertThat(events.getFirst().getTimeQuality()).isEqualTo(TimeQuality.EXACT);
        assertThat(reader.normalized("{\"kind\":\"mail\",\"at\":1772445605,\"to\":\"a@x.example\",\"forced\":true}")
                        .events())
                .extracting(Event::getOutcome)
                .containsExactly(EventOutcome.SUCCESS);
    }

    @Test
    void readsTheUsualPatternsOfTimesAsTheFormatterDoes() {
        assertThat(List.of("M/d/yyyy h:mm:ss a", "dd.MM.yyyy HH:mm", "MM/dd/yy HH:mm:ss", "d MMM yyyy HH:mm:ss"))
                .zipSatisfy(
                        List.of(
                                "3/31/2026 12:05:09 AM",
                                "31.03.2026 23:59",
                                "03/31/26 10:00:05",
                                "2 Mar 2026 10:00:05"),
                        (pattern, text) -> assertThat(TimePattern.of(pattern).read(text, ZoneOffset.UTC))
                                .extracting(EventTime::instant)
                                .isEqualTo(
                                        LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
                                                .toInstant(ZoneOffset.UTC)));
        assertThat(TimePattern.of("dd.MM.yyyy HH:mm").read("31.02.2026 10:61", ZoneOffset.UTC))
                .isNull();
    }

    @Test
    void readsPlainPairsAfterATextUnderTheEventsOfTheFormBefore() {
        String file = """
                name: acme.pairs
                match: { begins: "ACME " }
                pairs: { separator: "|", after: "ACME ", plain: true }
                event:
                  kind: PROCESS_START
                  time: none
                  process.instance: { from: [pid, run], join: ":", when: { run: "*" } }
                  process.pid: pid
                  process.executable: path
                  process.command_line: { from: args, replace: { "<bar>": "|" } }
                ---
                name: acme.pairs
                match: { begins: "ACME2 " }
                pairs: { separator: ";", after: "ACME2 " }
                """;

        TestNormalizer reader = reader(file, ZoneOffset.UTC);
        assertThat(reader.event("ACME pid=7|run=2|path=/bin/a:b|args=\"a\" <bar> c\\=d")
                        .getProcess())
                .satisfies(process -> {
                    assertThat(process.getEntityId()).isEqualTo(":7:2");
                    assertThat(process.getName()).isEqualTo("a:b");
                    assertThat(process.getCommandLine()).isEqualTo("\"a\" | c\\=d");
                });
        assertThat(reader.event("ACME2 pid=7;path=/bin/sh;args=\"a b\"").getProcess())
                .satisfies(process -> {
                    assertThat(process.getEntityId()).isNull();
                    assertThat(process.getCommandLine()).isEqualTo("a b");
                });
    }

    @Test
    void refusesFilesThatAreNoMapping() {
        assertThat(MappingFile.parse("a", "")).isInstanceOf(MappingReading.Invalid.class);
        assertThat(MappingFile.parse("a", "x")).isInstanceOf(MappingReading.Invalid.class);
        assertThat(MappingFile.parse("a", "a: &x [1]\nb: *x")).isInstanceOf(MappingReading.Invalid.class);
        assertThat(MappingFile.parse("a", "a: [")).isInstanceOf(MappingReading.Invalid.class);
        assertThat(MappingFile.parse("a", "[".repeat(10_000))).isInstanceOf(MappingReading.Invalid.class);
        assertThat(MappingFile.parse("a", "name: !!javax.script.ScriptEngineManager [x]"))
                .isInstanceOf(MappingReading.Invalid.class);
    }

    @Test
    void readsFilesOfAFolderOnceAndStopsAtAMistake(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), JSON);
        Path bad = Files.writeString(folder.resolve("bad.yaml"), JSON.replace("HTTP_REQUEST", "X"));

        assertThat(MappingFiles.read(List.of(good))).hasSize(1);
        assertThatThrownBy(() -> MappingFiles.read(List.of(good, bad)))
                .isInstanceOf(MappingFiles.MappingException.class)
                .hasMessageContaining("bad.yaml:5: kind: one of");
        assertThatThrownBy(() -> MappingFiles.read(List.of(good, good))).hasMessage("two files have a format own.acme");
        assertThatThrownBy(() -> MappingFiles.read(List.of(folder.resolve("none"))))
                .hasMessageContaining("cannot be read");
    }

    private static List<Mapping> valid(String text) {
        MappingReading reading = MappingFile.parse("test.yaml", text);
        assertThat(reading).isInstanceOf(MappingReading.Valid.class);
        return ((MappingReading.Valid) reading).mappings();
    }

    private static TestNormalizer reader(String text) {
        return reader(text, ZoneId.of("UTC"));
    }

    private static TestNormalizer reader(String text, ZoneId zone) {
        return new TestNormalizer(
                new Normalizer(InputLimits.DEFAULT, TopicZones.of(zone), TopicColumns.NONE, valid(text)));
    }
}
