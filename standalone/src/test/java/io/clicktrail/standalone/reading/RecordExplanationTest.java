package io.clicktrail.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordExplanationTest {

    private static final String SYSMON = """
            <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
            <Provider Name='Microsoft-Windows-Sysmon'/><EventID>22</EventID><Opcode>0</Opcode>\
            <TimeCreated SystemTime='2026-03-02T10:00:05.731Z'/><EventRecordID>7</EventRecordID>\
            <Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws-17</Computer></System><EventData>\
            <Data Name='UtcTime'>2026-03-02 10:00:05.731</Data><Data Name='ProcessId'>77</Data>\
            <Data Name='QueryName'>lure.example</Data><Data Name='Mood'>gloomy</Data></EventData></Event>""";

    private final Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);

    @Test
    void namesEnvelopesFormatFieldsAndWhatIsLeftOver() {
        ExplainedDocument document = explain(
                        "<13>Mar  2 10:00:05 relay {\"host\":\"gl-1\",\"short_message\":\"" + SYSMON + "\"}")
                .getFirst();

        assertThat(document.envelopes()).containsExactly("syslog", "gelf");
        assertThat(document.format()).isEqualTo("windows.xml");
        assertThat(document.outcome()).isEqualTo("normalized as windows.sysmon DNS_QUERY");
        assertThat(document.fields())
                .contains(
                        new NamedValue("@timestamp", "2026-03-02T10:00:05.731Z"),
                        new NamedValue("host.name", "ws-17"),
                        new NamedValue("dns.question.name", "lure.example"),
                        new NamedValue("process.pid", "77"));
        assertThat(document.leftOver())
                .contains("Mood", "Opcode")
                .doesNotContain("UtcTime", "SystemTime", "ProcessId", "QueryName", "Computer");
    }

    @Test
    void namesTheLeavesOfJsonAndTheKeysOfPairs() {
        assertThat(explain("{\"topicType\":\"alert\",\"odd\":[1,{\"deep\":\"x\"}],"
                                + "\"time\":\"2026-03-02T10:00:05.731Z\","
                                + "\"host\":{\"hostname\":\"mac-3\"},"
                                + "\"match\":{\"uuid\":\"m-2\",\"facts\":[{\"human\":\"Denied\"}]}}")
                        .getFirst()
                        .leftOver())
                .containsExactly("odd", "odd.deep");
        assertThat(explain("CEF:0|Acme|Filter|1|7|Lure|9|rt=1772445605731 src=10.7.1.9 dst=198.51.100.77 cs1=blue")
                        .getFirst()
                        .leftOver())
                .containsExactly("cs1");
    }

    @Test
    void saysWhatIsIgnoredRejectedAndBroken() {
        assertThat(explain("{\"sourcetype\":\"zscalernss-audit\",\"event\":{\"a\":1}}")
                        .getFirst()
                        .outcome())
                .isEqualTo("ignored as zscaler.other: administration, scans of cloud storage and tunnels");
        assertThat(explain("what is this").getFirst())
                .isEqualTo(new ExplainedDocument(List.of(), "none", "rejected: UNKNOWN_FORMAT", List.of(), List.of()));
        assertThat(explain("{\"a\":").getFirst().outcome()).isEqualTo("rejected: BAD_JSON");
        assertThat(explain("type=CWD msg=audit(1772445605.731:77): cwd=\"/tmp\"")
                        .getFirst()
                        .outcome())
                .isEqualTo("a piece of an event whose other pieces are other records");
    }

    @Test
    void writesWordsThatMoveNoCursorAndOneLineOfJson() {
        List<ExplainedDocument> documents = List.of(new ExplainedDocument(
                List.of("syslog"),
                "cef",
                "normalized as cef.alert SECURITY_ALERT",
                List.of(new NamedValue("url.original", "https://lure.example/\u001b[2J")),
                List.of("cs1")));

        assertThat(ExplanationText.words("a.log", 3, documents)).isEqualTo("""
                a.log, record 3
                  syslog > cef: normalized as cef.alert SECURITY_ALERT
                    url.original: https://lure.example/ [2J
                    left over: cs1
                """);
        assertThat(ExplanationText.json("a.log", 3, documents))
                .isEqualTo("{\"path\":\"a.log\",\"record\":3,"
                        + "\"documents\":[{\"envelopes\":[\"syslog\"],\"format\":\"cef\","
                        + "\"outcome\":\"normalized as cef.alert SECURITY_ALERT\","
                        + "\"fields\":[{\"name\":\"url.original\","
                        + "\"value\":\"https://lure.example/\\u001B[2J\"}],\"left_over\":[\"cs1\"]}]}");
    }

    private List<ExplainedDocument> explain(String record) {
        var explanation = new RecordExplanation();
        normalizer.normalize(record.getBytes(StandardCharsets.UTF_8), new RawCoordinates("f", 0, 0, 0), explanation);
        return explanation.documents();
    }
}
