package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EnvelopesTest {

    private static final String CONN = ZeekFixtures.CONN;
    private static final String SQUID =
            "1772445605.731    161 10.1.2.17 TCP_MISS/200 103701 GET http://files.bad.example/a - HIER_DIRECT/203.0.113.9 text/html";
    private static final WindowsFixture START =
            WindowsFixture.sysmon(5, "UtcTime", "2026-03-02 10:00:05.703", "ProcessId", "7", "Image", "C:\\x.exe");

    private final Reader reader = new Reader();

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
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"@version\":\"1\",\"message\":\"other\",\"event\":{\"original\":"
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
        wrapped.put("Kafka Connect", "\u0000\u0000\u0000\u0000\u0007" + CONN);
        wrapped.put("RFC 5424", "<14>1 2026-03-02T10:00:59.003Z zeek-1 zeek 77 conn - " + CONN);
        wrapped.put(
                "RFC 5424 with data and mark",
                "<14>1 2026-03-02T10:00:59Z zeek-1 zeek - - [a@1 b=\"c\\\"]\"][d@1] \uFEFF" + CONN);
        wrapped.put("RFC 3164", "<14>Mar  2 10:00:59 zeek-1 zeek[77]: " + CONN);
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
    void doNotTakeTheNextLineForTheirOwnRecord() {
        Outcome.Normalized outcome = reader.normalized("<13>Mar  2 10:00:59 ws-99 Sysmon:\n" + CONN);

        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.to()).isEqualTo(33));
    }

    @Test
    void readATimeWithoutZoneInTheConfiguredOne() {
        Reader inVienna = new Reader(Limits.DEFAULT, ZoneId.of("Europe/Vienna"));
        Event event = inVienna.event(CONN.replace("1772445605.731204", "\"2026-03-02T11:00:05.731204\""));

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
        assertThat(reader.rejected("[2026-03-02T10:00:05.731Z] I santad: action=EXEC|decision=ALLOW")
                        .format())
                .isEqualTo("none");
        assertThat(reader.rejected("\"2026-03-02 10:00:05\",\"a,b\",\"c\"").format())
                .isEqualTo("none");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
