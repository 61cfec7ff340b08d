package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HostileInputTest {

    private static final String CONN = ZeekFixtures.CONN;
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void rejectsJsonNestedTenThousandDeep() {
        assertThat(reader.rejected("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))
                        .reason())
                .isEqualTo(Reason.TOO_DEEP);
        assertThat(reader.rejected("[".repeat(10_000)).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void rejectsAnXmlBomb() {
        String bomb = """
                <?xml version="1.0"?>
                <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
                <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>&lol2;\
                </EventID></System></Event>
                """;

        assertThat(reader.rejected(bomb).reason()).isEqualTo(Reason.XML_DTD);
        assertThat(reader.rejected("<Event ><!DOCTYPE a [<!ENTITY x SYSTEM "
                                + "'file:///etc/passwd'>]><System><EventID>&x;</EventID></System></Event>")
                        .reason())
                .isEqualTo(Reason.BAD_XML);
        assertThat(reader.rejected("<Event ><System><EventID>&x;</EventID></System></Event>")
                        .reason())
                .isEqualTo(Reason.BAD_XML);
    }

    @Test
    void rejectsXmlThatIsTooDeepOrTooWide() {
        assertThat(reader.rejected("<Event >" + "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</Event>")
                        .reason())
                .isEqualTo(Reason.BAD_XML);
        assertThat(reader.rejected("<Event ><System " + attributes(100) + "/></Event>")
                        .reason())
                .isEqualTo(Reason.BAD_XML);
        assertThat(reader.rejected("<Event >" + "<a/>".repeat(20_000) + "</Event>")
                        .reason())
                .isEqualTo(Reason.BAD_XML);
    }

    @Test
    void rejectsAValueOfTenMegabytesUnread() {
        Outcome.Rejected rejected = reader.rejected("{\"a\":\"" + "x".repeat(10 << 20) + "\"}");

        assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void rejectsAValueOfAHundredMegabytesUnread() {
        byte[] value = new byte[100 << 20];
        Arrays.fill(value, (byte) 'x');
        value[0] = '"';
        long start = cpuNanos();

        assertThat(((Outcome.Rejected) reader.read(value)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void cutsAStringOfAllThatAValueMayHold() {
        String request = "{\"@timestamp\":\"2026-03-02T10:00:05Z\",\"event\":{\"category\":\"web\"},"
                + "\"url\":{\"original\":\"https://a.example/"
                + "x".repeat(1_000_000) + "\"}}";

        assertThat(reader.event(request).getUrl().getOriginal()).hasSize(InputLimits.DEFAULT.fieldChars());
        assertThat(reader.event(request).getTags()).contains("truncated");
    }

    @Test
    void rejectsNamesAndNumbersBeyondAllNeed() {
        assertThat(reader.rejected("{\"" + "n".repeat(100_000) + "\":1}").reason())
                .isEqualTo(Reason.TOO_LONG);
        assertThat(reader.rejected("{\"ts\":" + "1".repeat(100_000) + "}").reason())
                .isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void readsOnBesideNumbersThatFitNoType() {
        String conn = CONN.replace("1467", "99999999999999999999999999")
                .replace("50123", "-1")
                .replace(":443", ":70000");

        assertThat(reader.event(conn).getClient().getPort()).isNull();
        assertThat(reader.event(conn).getDestination().getPort()).isNull();
        assertThat(reader.event(conn).getNetwork().getBytes()).isEqualTo(45_269);
    }

    @Test
    void readsOnBesideNulsAndLoneSurrogates() {
        assertThat(reader.event(CONN.replace("\"SF\"", "\"S\\u0000F\\ud800\""))
                        .getNetwork()
                        .getTransport())
                .isEqualTo("tcp");
        assertThat(reader.event(CONN.replace("\"SF\"", "\"S\u0000F\""))
                        .getNetwork()
                        .getTransport())
                .isEqualTo("tcp");
    }

    @Test
    void rejectsJsonThatBreaksOffAnywhere() {
        for (int length = 1; length < CONN.length(); length++) {
            assertThat(reader.rejected(CONN.substring(0, length)).reason())
                    .as("cut at %d", length)
                    .isEqualTo(Reason.BAD_JSON);
        }
    }

    @Test
    void rejectsXmlThatBreaksOffAnywhere() {
        String xml = WindowsFixture.sysmon(5, "ProcessId", "7").renderedXml();
        for (int length = 1; length < xml.length(); length++) {
            assertThat(reader.read(xml.substring(0, length)))
                    .as("cut at %d", length)
                    .isInstanceOf(Outcome.Rejected.class);
        }
    }

    @TestFactory
    Stream<DynamicTest> staysFastOnWhatIsMadeToBeSlow() {
        int size = 1 << 20;
        return Stream.of(
                        "<!--\n",
                        "<Event \n",
                        "<Events \n",
                        "{\"a\":[\n",
                        "{\"a\":[1,\n{\"b\":2},",
                        "{\n",
                        "{\"a\n",
                        "[\n",
                        "[{\"a\":1},\n",
                        "\"\n",
                        "<1>",
                        "<1>Mar  2 10:00:59 ",
                        "Mar  2 10:00:59 a: Mar  2 10:00:59 \n",
                        "<13>1 - - - - - [a \"\n",
                        "1772445605.731 1 a A/1 1 G u u \n",
                        "1772445605.731 1 a A/1 1 G ",
                        "x\n{}\n",
                        "<Event></Event>",
                        "{\"event\":{\"event\":",
                        "{\"a.b.c.d.e.f.g\":1}\n",
                        "CEF:0|a|b|c|d|e|10|rt=a\n",
                        "CEF:0|a|b|c|d|e|3|a=b ",
                        "CEF:0|a|b|c|d|e|3|\\\\\\=",
                        "0|",
                        "LEEF:2.0|a|b|c|d|^|a=^",
                        "LEEF:1.0|a|b|c|d|a\n",
                        "1772445605.731 1.5 - a A/1 1 G u ",
                        "02 Mar 2026 10:00:05 (GMT",
                        "{\"event_time\":\"x\",\"processed_time\":\"x\"}\n",
                        "{\"records\":[",
                        "{\"records\":[{}]}",
                        "{\"schema\":null,\"payload\":{}}",
                        "{\"awslogs\":{\"data\":\"H4sIAAAA\"}}",
                        "{\"class_uid\":1007,\"category_uid\":1,\"activity_id\":1}",
                        "{\"@timestamp\":\"x\",\"event\":{\"category\":\"process\",\"type\":\"start\"}}",
                        "{\"event\":{}}",
                        "{\"event\":\"x\"}\n",
                        "{\"message\":\"<13>Mar  2 10:00:59 h \"}",
                        "type=UNKNOWN[1329] msg=g\n",
                        "type=SYSCALL msg=audit(1772445605.701:1): ",
                        "node=a type=PATH msg=audit(1772445605.701:1): item=0\n",
                        "1,2026/03/02 10:00:05,",
                        "date=2026-03-02 time=10:00:05 devid=a type=",
                        "%ASA-6-302013: ",
                        "time=1|hostname=a|product=b|",
                        "reason=a\tproduct=NSS\t",
                        "c-ip=1.2.3.4 cs-host=\"",
                        "status=\"403/80\" srcip=\"",
                        "\"2026-03-02 10:00:05\",\"",
                        "client @0x7f 10.1.2.17#1 (a): query: ",
                        "info: 10.1.2.17 a. TYPE ",
                        "DHCPACK on ",
                        "#Fields: date time c-ip\n",
                        "#separator \\x09\n#fields\tts\n",
                        "[2026-03-02T10:00:05.000Z] I santad: action=EXEC|",
                        "10.1.2.17 - - [02/Mar/2026:10:00:05 +0000] \"",
                        "Mon Mar  2 10:00:05 2026 Info: MID 1 ",
                        "2026-03-02T10:00:05+0000 /a ",
                        "10:00:05 a=1 10.1.2.17:1-> ff::f:",
                        "10:00:05 a.b.c@d.e=\\\\f.\\users\\..",
                        "<13>Mar  2 10:00:05 a b: c.d to:e.f from:1.2.3.4 \n",
                        "\u00E9 \n")
                .map(piece -> DynamicTest.dynamicTest(piece.replaceAll("\\s", " "), () -> {
                    String text = piece.repeat(size / piece.getBytes(StandardCharsets.UTF_8).length);
                    long start = cpuNanos();
                    Outcome outcome = reader.read(text);
                    assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(BOUND);
                    assertThat(outcome).isNotInstanceOf(Outcome.Normalized.class);
                }));
    }

    @Test
    void boundsHowMuchOneValueCanHandOn() {
        String value = (CONN + "\nunknown\n").repeat(1000);
        Outcome.Normalized outcome = (Outcome.Normalized) new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC)
                .normalize(value.getBytes(StandardCharsets.UTF_8), new RawCoordinates("t", 0, 0, 0));

        assertThat(outcome.faults()).hasSize(InputLimits.DEFAULT.faults() + 1);
        assertThat(outcome.faults().getLast().reason()).isEqualTo(Reason.TOO_MANY);
        assertThat(outcome.faults().stream()
                        .mapToInt(fault -> fault.to() - fault.from())
                        .sum())
                .isLessThanOrEqualTo(value.length());
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("='1'");
        }
        return text.toString();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
