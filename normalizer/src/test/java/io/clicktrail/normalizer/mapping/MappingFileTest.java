package io.clicktrail.normalizer.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.macos.UnifiedLogPatterns;
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
import java.time.ZoneId;
import java.util.List;
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
        assertThat(reader.rejected("{\"type\":\"other\",\"ts\":1772445605}").reason())
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
                "kind: HTTP_REQUEST~kind: EMAIL~5~kind: EMAIL needs email.from or email.to",
                "time: /ts~time: ts~6~'ts' is no JSON pointer",
                "time: /ts~time: { from: /ts, zone: Mars }~6~zone: ",
                "time: /ts~time: { from: /ts, format: bbb }~6~format: ",
                "time: /ts~time: { from: /ts, form: x }~6~form: unknown key; known here are format, from, join, zone,"
                        + " zone_from",
                "client.ip: /src~client.address: /src~8~client.address: no such field of an event",
                "client.ip: /src~client.ip: /src/0~8~'/src/0': positions in arrays",
                "client.ip: /src~client.ip: { from: /src, pattern: '(' }~8~client.ip: ",
                "client.ip: /src~client.ip: { from: /src, pattern: '(a{1,999}){1,9}' }~8~client.ip: ",
                "client.ip: /src~client.ip: { from: /src, constant: x }~8~client.ip: a constant must be alone",
                "client.ip: /src~client.ip: []~8~client.ip: 1 to 100 values",
                "json: {~begins: {~1~line: a pattern is needed",
                "name: acme~nam: acme~1~nam: unknown key; known here are event, line, match, name",
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
        assertThatThrownBy(() -> MappingFiles.read(List.of(good, good)))
                .hasMessage("two formats have the name own.acme");
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
        return new TestNormalizer(new Normalizer(
                InputLimits.DEFAULT,
                TopicZones.of(zone),
                TopicColumns.NONE,
                UnifiedLogPatterns.bundled(),
                valid(text)));
    }
}
