package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EnvelopesTest {

    private static final String CONN = ZeekFixtures.CONN;
    private static final String CLOUDWATCH =
            "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":\"zeek\",\"logStream\":\"s\","
                    + "\"logEvents\":[{\"id\":\"3\",\"timestamp\":1772445660000,\"message\":%s}]}";
    private static final String SQUID =
            "1772445605.731    161 10.1.2.17 TCP_MISS/200 103701 GET http://files.bad.example/a - "
                    + "HIER_DIRECT/203.0.113.9 text/html";
    private static final WindowsFixture START =
            WindowsFixture.sysmon(5, "UtcTime", "2026-03-02 10:00:05.703", "ProcessId", "7", "Image", "C:\\x.exe");

    private final TestNormalizer reader = new TestNormalizer();

    @TestFactory
    Stream<DynamicTest> comesOffEveryRecord() {
        Map<String, String> wrapped = new LinkedHashMap<>();
        wrapped.put("byte order mark and blanks", "\uFEFF \r\n\t" + CONN + "\n\u0000");
        wrapped.put("JSON string", quoted(CONN));
        wrapped.put("JSON string in a JSON string", quoted(quoted(CONN)));
        wrapped.put("array", "[" + CONN + "]");
        wrapped.put("array of strings", "[" + quoted(CONN) + "]");
        wrapped.put(
                "Filebeat message",
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{\"type\":\"filebeat\"},\"message\":" + quoted(CONN)
                        + "}");
        wrapped.put(
                "Logstash original before message",
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"@version\":\"1\",\"message\":\"other\","
                        + "\"event\":{\"original\":"
                        + quoted(CONN) + "}}");
        wrapped.put(
                "dotted original",
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent.type\":\"filebeat\",\"event.original\":"
                        + quoted(CONN) + "}");
        wrapped.put(
                "Splunk HEC object",
                "{\"time\":1772445660.5,\"host\":\"zeek-1\",\"sourcetype\":\"bro:json\",\"event\":" + CONN + "}");
        wrapped.put("Splunk HEC string", "{\"sourcetype\":\"bro:json\",\"event\":" + quoted(CONN) + "}");
        wrapped.put("Splunk export", "{\"preview\":false,\"result\":{\"_raw\":" + quoted(CONN) + "}}");
        wrapped.put("metron", "{\"conn\": " + CONN + "}");
        wrapped.put("Azure Event Hubs", "{\"records\":[" + CONN + "]}");
        wrapped.put("Azure Event Hubs, as strings", "{\"records\":[" + quoted(CONN) + "]}");
        wrapped.put("Kafka Connect JSON", "{\"schema\":{\"type\":\"string\"},\"payload\":" + quoted(CONN) + "}");
        wrapped.put("Kafka Connect JSON without schema", "{\"schema\":null,\"payload\":" + CONN + "}");
        wrapped.put("CloudWatch subscription", CLOUDWATCH.formatted(quoted(CONN)));
        wrapped.put("CloudWatch subscription, packed", packed(CLOUDWATCH.formatted(quoted(CONN))));
        wrapped.put(
                "CloudWatch event",
                "{\"logStreamName\":\"zeek-1\",\"timestamp\":1772445660000,\"message\":" + quoted(CONN) + "}");
        wrapped.put(
                "syslog in CloudWatch in Kafka Connect",
                "{\"schema\":null,\"payload\":"
                        + CLOUDWATCH.formatted(quoted("<14>Mar  2 10:00:59 zeek-1 zeek: " + CONN)) + "}");
        wrapped.put("RFC 5424 without application", "<14>1 2026-03-02T10:00:59Z zeek-1 " + CONN);
        wrapped.put("Kafka Connect", "\u0000\u0000\u0000\u0000\u0007" + CONN);
        wrapped.put("RFC 5424", "<14>1 2026-03-02T10:00:59.003Z zeek-1 zeek 77 conn - " + CONN);
        wrapped.put(
                "RFC 5424 with data and mark",
                "<14>1 2026-03-02T10:00:59Z zeek-1 zeek - - [a@1 b=\"c\\\"]\"][d@1] \uFEFF" + CONN);
        wrapped.put("RFC 3164", "<14>Mar  2 10:00:59 zeek-1 zeek[77]: " + CONN);
        wrapped.put("RFC 3164 with a cookie", "<14>Mar  2 10:00:59 zeek-1 zeek[77]: @cee: " + CONN);
        wrapped.put("RFC 5424 with a cookie", "<14>1 2026-03-02T10:00:59.003Z zeek-1 zeek 77 conn - @cee:" + CONN);
        wrapped.put("RFC 3164 without priority", "Mar  2 10:00:59 zeek-1 zeek: " + CONN);
        wrapped.put("RFC 3164 with a blank behind the priority", "<14> Mar  2 10:00:59 zeek-1 zeek: " + CONN);
        wrapped.put("RFC 3164 with ISO stamp", "<14>2026-03-02T10:00:59.003+01:00 zeek-1 zeek: " + CONN);
        wrapped.put("RFC 3164 with a year", "<14>Mar 02 2026 10:00:59 zeek-1 zeek: " + CONN);
        wrapped.put("RFC 3164 with a year behind", "<14>Mar 02 10:00:59 2026 zeek-1 zeek: " + CONN);
        wrapped.put("RFC 3164 without host", "<14>Mar  2 10:00:59 zeek[77]: " + CONN);
        wrapped.put("RFC 3164 without host and tag", "<14>Mar  2 10:00:59 " + CONN);
        wrapped.put("priority alone", "<14>" + CONN);
        wrapped.put("two headers", "<14>Mar  2 10:01:00 relay <14>Mar  2 10:00:59 zeek-1 zeek: " + CONN);
        wrapped.put(
                "syslog in Filebeat",
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{},\"message\":"
                        + quoted("<14>Mar  2 10:00:59 zeek-1 zeek: " + CONN) + "}");
        wrapped.put("Cribl", "{\"_raw\":" + quoted(CONN) + ",\"_time\":1772445660,\"host\":\"zeek-1\"}");
        wrapped.put(
                "Docker",
                "{\"log\":" + quoted(CONN + "\n") + ",\"stream\":\"stdout\",\"time\":\"2026-03-02T10:00:59Z\"}");
        wrapped.put("Fluent Bit", "{\"date\":1772445660.1,\"log\":" + quoted(CONN) + "}");
        wrapped.put("Kubernetes", "2026-03-02T10:00:59.1Z stdout F " + CONN);
        wrapped.put("GELF", "{\"version\":\"1.1\",\"host\":\"zeek-1\",\"short_message\":" + quoted(CONN) + "}");
        wrapped.put(
                "journald",
                "{\"__REALTIME_TIMESTAMP\":\"1772445660000000\",\"_HOSTNAME\":\"zeek-1\",\"MESSAGE\":" + quoted(CONN)
                        + "}");
        wrapped.put("Vector", "{\"source_type\":\"file\",\"host\":\"zeek-1\",\"message\":" + quoted(CONN) + "}");
        wrapped.put("the only member", "{\"data\":" + quoted(CONN) + "}");
        wrapped.put(
                "search hits",
                "{\"took\":1,\"hits\":{\"hits\":[{\"_index\":\"z\",\"_id\":\"1\",\"_source\":" + CONN + "}]}}");
        wrapped.put(
                "OTLP",
                "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"scope\":{},\"logRecords\":"
                        + "[{\"timeUnixNano\":\"1772445660000000000\",\"body\":{\"stringValue\":" + quoted(CONN)
                        + "}}]}]}]}");
        String framed = "<14>1 2026-03-02T10:00:59Z zeek-1 zeek 77 conn - " + CONN;
        wrapped.put("octet counting", framed.getBytes(StandardCharsets.UTF_8).length + " " + framed);
        String id = reader.event(CONN).getEventId();
        return wrapped.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(reader.event(entry.getValue()).getEventId())
                                .isEqualTo(id)));
    }

    @TestFactory
    Stream<DynamicTest> comesOffLinesOfText() {
        return Stream.of(
                        SQUID,
                        "<134>Mar  2 10:00:59 proxy-1 squid[77]: " + SQUID,
                        "<134>Mar  2 10:00:59 proxy-1 (squid-1): " + SQUID,
                        "<134>Mar  2 10:00:59 proxy-1 " + SQUID,
                        "<134>Mar  2 10:00:59 " + SQUID,
                        "Mar  2 10:00:59 squid: " + SQUID,
                        "<134>1 2026-03-02T10:00:59Z proxy-1 squid - - - " + SQUID)
                .map(text -> DynamicTest.dynamicTest(
                        text.substring(0, 40),
                        () -> assertThat(reader.event(text).getUrl().getOriginal())
                                .isEqualTo("http://files.bad.example/a")));
    }

    @Test
    void comesOffXmlOnOneLineWithEscapes() {
        String line = "<13>Mar  2 10:00:59 ws-17 Sysmon: " + START.xml().replace("\n", "#015#012");

        assertThat(reader.event(line).getEventId())
                .isEqualTo(reader.event(START.xml()).getEventId());
    }

    @Test
    void comesOffXmlOfSeveralLinesBehindASyslogHeader() {
        assertThat(reader.event("<13>Mar  2 10:00:59 ws-17 Sysmon: " + START.xml())
                        .getCode())
                .isEqualTo("5");
    }

    @Test
    void comesOffFramesThatFollowEachOtherWithoutLineBreaks() {
        String first = "<14>1 2026-03-02T10:00:59Z zeek-1 zeek 77 conn - " + CONN;
        String second = "<14>1 2026-03-02T10:00:59Z zeek-1 zeek 77 http - " + ZeekFixtures.HTTP;

        assertThat(reader.normalized(first.length() + " " + first + second.length() + " " + second)
                        .events())
                .hasSize(2);
    }

    @Test
    void giveTheirHostAndTimeToARecordWithoutThem() {
        String query = quoted("query[A] lure.example from 10.7.1.9");

        assertThat(reader.event("{\"__REALTIME_TIMESTAMP\":\"1772445660250000\",\"_HOSTNAME\":\"gw-1\",\"MESSAGE\":"
                                + query + "}")
                        .getTime())
                .isEqualTo(Instant.parse("2026-03-02T10:01:00.250Z"));
        assertThat(reader.event("{\"log\":" + query + "}").getTags()).containsExactly("delivery_time");
    }

    @Test
    void rejectADocumentThatNestsItselfTenThousandTimesInBoundedTime() {
        String nested = "{\"message\":".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThat(reader.rejected(nested).reason()).isEqualTo(Reason.TOO_DEEP);
        String text = CONN;
        for (int i = 0; i < 8; i++) {
            text = "{\"message\":" + quoted(text) + "}";
        }
        assertThat(reader.rejected(text).reason()).isEqualTo(Reason.TOO_MANY_ENVELOPES);
    }

    @Test
    void comesOffUtf16() {
        byte[] text = START.xml().getBytes(StandardCharsets.UTF_16LE);
        var marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE});
        marked.writeBytes(text);

        assertThat(reader.read(marked.toByteArray())).isInstanceOf(Outcome.Normalized.class);
        assertThat(reader.read(text)).isInstanceOf(Outcome.Normalized.class);
        assertThat(reader.read(START.xml().getBytes(StandardCharsets.UTF_16))).isInstanceOf(Outcome.Normalized.class);
    }

    @Test
    void numberTheEventsOfOneRecord() {
        Outcome.Normalized outcome =
                reader.normalized("{\"records\":[" + CONN + "," + ZeekFixtures.HTTP + "," + CONN + "]}");

        assertThat(outcome.events())
                .extracting(event -> event.getSource().getIndex())
                .containsExactly(0, 1, 2);
        assertThat(outcome.events())
                .extracting(event -> event.getSource().getSha256())
                .containsOnly(outcome.events().getFirst().getSource().getSha256());
    }

    @Test
    void rejectABrokenElementOfAListByItselfWithItsOwnBytes() {
        String broken = "{\"hello\":\"world\"}";
        for (String list : List.of("{\"records\":[%s]}", "[%s]", "{\"schema\":null,\"payload\":[%s]}")) {
            String value = list.formatted(CONN + "," + broken + "," + ZeekFixtures.HTTP);
            Outcome.Normalized outcome = reader.normalized(value);

            assertThat(outcome.events()).hasSize(2);
            assertThat(outcome.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
                assertThat(value.substring(fault.from(), fault.to())).isEqualTo(broken);
                assertThat(fault.position()).isEqualTo(value.indexOf(broken));
            });
        }
    }

    @Test
    void rejectABrokenLogEventOfCloudWatchThatCanBeSentInAgainAlone() {
        String value = CLOUDWATCH
                .formatted(quoted("see https://a.example/"))
                .replace("]}", ",{\"id\":\"4\",\"timestamp\":1772445660000,\"message\":" + quoted(CONN) + "}]}");
        Outcome.Normalized outcome = reader.normalized(value);

        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.faults()).singleElement().satisfies(fault -> {
            String part = value.substring(fault.from(), fault.to());
            assertThat(part)
                    .isEqualTo("{\"id\":\"3\",\"timestamp\":1772445660000,\"message\":\"see https://a.example/\"}");
            assertThat(reader.event(part.replace("\"see https://a.example/\"", quoted(CONN)))
                            .getKind())
                    .isEqualTo(EventKind.NETWORK_CONNECTION);
        });
    }

    @Test
    void rejectAValueOfOtlpThatIsStrangeOrNestsItselfTooDeep() {
        String strange = "7,null,[],{\"value\":{\"stringValue\":\"https://a.example/\"}},"
                + "{\"key\":{\"a\":1}},{\"key\":\"b\",\"value\":3}";

        assertThat(otlp(strange)).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(otlp(nested(10))).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(otlp(nested(60))).isEqualTo(Reason.TOO_DEEP);
    }

    private static String nested(int lists) {
        return "{\"key\":\"a\",\"value\":" + "{\"arrayValue\":{\"values\":[".repeat(lists) + "]}}".repeat(lists) + "}";
    }

    private Reason otlp(String members) {
        return reader.rejected("{\"timeUnixNano\":\"1772445605250000000\",\"body\":{\"kvlistValue\":{\"values\":["
                        + members + "]}}}")
                .reason();
    }

    @Test
    void comeOffACompressedValue() {
        byte[] value = gzip((CONN + "\n" + ZeekFixtures.HTTP).getBytes(StandardCharsets.UTF_8));

        assertThat(((Outcome.Normalized) reader.read(value)).events()).hasSize(2);
        assertThat(reader.read(Arrays.copyOf(value, value.length / 2)))
                .isEqualTo(new Outcome.Rejected(Reason.BAD_COMPRESSION, "none", 0, 0, value.length / 2));
        assertThat(reader.rejected("{\"awslogs\":{\"data\":\"H4sI%%%\"}}").reason())
                .isEqualTo(Reason.BAD_COMPRESSION);
    }

    @Test
    void doNotExpandBeyondTheBoundOfAValue() {
        byte[] bomb = gzip(new byte[64 << 20]);
        String packed = "{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(bomb) + "\"}}";

        assertThat(((Outcome.Rejected) reader.read(bomb)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(reader.rejected(packed).reason()).isEqualTo(Reason.TOO_LARGE);
        String half = packed(" ".repeat(600 << 10) + CONN);
        Outcome.Normalized both = reader.normalized(half + "\n" + half);
        assertThat(both.events()).hasSize(1);
        assertThat(both.faults()).extracting(Outcome.Rejected::reason).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void giveHostAndTimeOnlyWhereTheRecordHasNone() {
        String bare = START.xml()
                .replaceAll("<Computer>.*</Computer>", "")
                .replaceAll("<TimeCreated [^>]*>", "")
                .replaceAll("<Data Name=\"UtcTime\">.*</Data>", "");
        Event event = reader.event("<13>Mar  2 10:00:59 WS-99 Sysmon: " + bare);

        assertThat(event.getHost().getName()).isEqualTo("ws-99");
        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:59Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.ASSUMED_YEAR);
        assertThat(reader.event("<13>Mar  2 10:00:59 WS-99 Sysmon: " + START.xml())
                        .getHost()
                        .getName())
                .isEqualTo("ws-17.corp.example");
    }

    @Test
    void nameTheHostOfAnAgentOnlyWhereItReadAFileThere() {
        String agent = "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{\"type\":\"filebeat\"},"
                + "\"host\":{\"name\":\"mac-3.corp.example\"},%s\"message\":\"[2026-03-02T10:00:05.000Z] I "
                + "santad: action=WRITE|path=/Users/ada/a.dmg|pid=7|ppid=1|process=curl|"
                + "processpath=/usr/bin/curl|uid=501|user=ada|gid=20|group=staff\"}";

        assertThat(reader.event(agent.formatted("\"log\":{\"file\":{\"path\":\"/var/db/santa/santa.log\"}},"))
                        .getHost()
                        .getName())
                .isEqualTo("mac-3.corp.example");
        assertThat(reader.event(agent.formatted("")).getHost()).isNull();
        assertThat(reader.event(agent.formatted("\"log\":{\"file\":{\"path\":\"/var/log/remote.log\"}},")
                                .replace("\"message\":\"", "\"message\":\"<13>Mar  2 10:00:59 mac-9 santad: "))
                        .getHost()
                        .getName())
                .isEqualTo("mac-9");
    }

    @Test
    void doNotTakeTheNextLineForTheirOwnRecord() {
        Outcome.Normalized outcome = reader.normalized("<13>Mar  2 10:00:59 ws-99 Sysmon: a.example.com\n" + CONN);

        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.to()).isEqualTo(47));
    }

    @Test
    void readATimeWithoutZoneInTheConfiguredOne() {
        TestNormalizer inVienna = new TestNormalizer(InputLimits.DEFAULT, ZoneId.of("Europe/Vienna"));
        Event event = inVienna.event(CONN.replace("1772445605.731204", "\"2026-03-02T11:00:05.731204\""));

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731204Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.ASSUMED_ZONE);
    }

    @Test
    void readATimeWithoutZoneInTheZoneOfItsTopic() {
        TopicZones zones = new TopicZones(ZoneId.of("UTC"), Map.of("clicktrail.raw.logs", ZoneId.of("America/Lima")));
        Event event = new TestNormalizer(new Normalizer(InputLimits.DEFAULT, zones, TopicColumns.NONE, List.of()))
                .event(CONN.replace("1772445605.731204", "\"2026-03-02T05:00:05.731204\""));

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731204Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.ASSUMED_ZONE);
    }

    @Test
    void doNotMakeAKnownFormatUnknown() {
        String withMessage = START.winlogbeat();

        assertThat(withMessage).contains("\"message\":");
        assertThat(reader.event(withMessage).getSource().getDataset()).isEqualTo("windows.sysmon");
    }

    @Test
    void areRejectedWholeWhereTheirRecordIsUnknown() {
        String wrapped = "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{},\"message\":\"hello\"}";
        Outcome.Rejected rejected = reader.rejected(wrapped);

        assertThat(rejected.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(rejected.to()).isEqualTo(wrapped.length());
    }

    @Test
    void areRejectedWhereTheyAreEmpty() {
        assertThat(reader.rejected("{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{},\"message\":\"\"}")
                        .reason())
                .isEqualTo(Reason.EMPTY);
    }

    @Test
    void areRejectedWhereTheyAreNestedTooDeep() {
        String text = CONN;
        for (int i = 0; i < 6; i++) {
            text = quoted(text);
        }

        assertThat(reader.rejected(text).reason()).isEqualTo(Reason.TOO_MANY_ENVELOPES);
    }

    @Test
    void leaveABracketOrQuoteThatBeginsNoJsonToTheText() {
        assertThat(reader.rejected(
                                "[2026-03-02T10:00:05.731Z] I other: action=EXEC|decision=ALLOW|url=https://a.example/")
                        .format())
                .isEqualTo("none");
        assertThat(reader.rejected("\"2026-03-02 10:00:05\",\"a,b\",\"https://a.example/\"")
                        .format())
                .isEqualTo("none");
    }

    private static String packed(String text) {
        byte[] bytes = gzip(text.getBytes(StandardCharsets.UTF_8));
        return "{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}}";
    }

    private static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
