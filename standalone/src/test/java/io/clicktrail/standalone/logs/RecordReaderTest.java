package io.clicktrail.standalone.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final int LIMIT = 1000;

    @Test
    void takesEachLineAsARecord() throws IOException {
        assertThat(records("<134>Oct 14 09:12:08 proxy squid: a b c\r\n\n"
                        + "  1760433128.114  80 10.0.0.7 TCP_TUNNEL/200\nlast"))
                .containsExactly(
                        "<134>Oct 14 09:12:08 proxy squid: a b c",
                        "1760433128.114  80 10.0.0.7 TCP_TUNNEL/200",
                        "last");
    }

    @Test
    void putsTheHeaderOfTheFileBeforeEachOfItsRows() throws IOException {
        assertThat(records("#separator \\x09\n#path\tssl\n#fields\tts\tuid\n#types\ttime\tstring\n1.5\tCa\n2.5\tCb\n"
                        + "#path\tdns\n#fields\tuid\n Cc\n#close\t2026\n"))
                .containsExactly(
                        "#separator \\x09",
                        "#path\tssl",
                        "#fields\tts\tuid",
                        "#types\ttime\tstring",
                        "#path\tssl\n#fields\tts\tuid\n1.5\tCa",
                        "#path\tssl\n#fields\tts\tuid\n2.5\tCb",
                        "#path\tdns",
                        "#fields\tuid",
                        "#path\tdns\n#fields\tuid\nCc",
                        "#close\t2026");
        assertThat(records("#Software: x\n#Fields: date c-ip\n2026-03-02 10.0.0.7\n{\"a\":1}\n"))
                .containsExactly(
                        "#Software: x", "#Fields: date c-ip", "#Fields: date c-ip\n2026-03-02 10.0.0.7", "{\"a\":1}");
    }

    @Test
    void putsNoHeaderThatIsTooLongBeforeARow() throws IOException {
        String fields = "#fields\t" + "x".repeat(LIMIT - 20);

        assertThat(records(fields + "\n" + "y".repeat(20) + "\n")).containsExactly(fields, "y".repeat(20));
    }

    @Test
    void takesAJsonDocumentAsARecordHoweverManyLinesItHas() throws IOException {
        assertThat(records("{\"a\": {\n  \"b\": \"}\\\"{\"\n}}\n{\"c\":1}{\"d\":[2]}"))
                .containsExactly("{\"a\": {\n  \"b\": \"}\\\"{\"\n}}", "{\"c\":1}", "{\"d\":[2]}");
    }

    @Test
    void takesTheElementsOfAJsonArrayApart() throws IOException {
        assertThat(records("[\n  {\"a\":[1]},\n{\"b\":2}\n]\n")).containsExactly("{\"a\":[1]}", "{\"b\":2}");
        assertThat(records("[{\"a\":1},{\"b\":2}]")).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(records("[]")).isEmpty();
    }

    @Test
    void readsABracketThatOpensNoArrayAsText() throws IOException {
        assertThat(records("[2026-10-14T09:12:08Z] I santad: action=EXEC\n[x]\n"))
                .containsExactly("[2026-10-14T09:12:08Z] I santad: action=EXEC", "[x]");
    }

    @Test
    void losesNoGoodDocumentAfterABrokenOne() throws IOException {
        assertThat(records("{\"a\":{\"b\":1,\n{\"c\":2}\n{\"d\":\"cut off\n{\"e\":3}\n"))
                .containsExactly("{\"a\":{\"b\":1,", "{\"c\":2}", "{\"d\":\"cut off", "{\"e\":3}");
    }

    @Test
    void takesXmlEventsApart() throws IOException {
        assertThat(records("<?xml version=\"1.0\"?>\n<!-- exported -->\n<Events><Event xmlns='x'>\n<EventData>\n"
                        + "<Data Name='a>'>1</Data></EventData></Event>\n"
                        + "<Event>2<![CDATA[</Event>]]></Event ></Events>\n"))
                .containsExactly(
                        "<Event xmlns='x'>\n<EventData>\n<Data Name='a>'>1</Data></EventData></Event>",
                        "<Event>2<![CDATA[</Event>]]></Event >");
    }

    @Test
    void losesNoGoodEventAfterABrokenOne() throws IOException {
        assertThat(records("<Event><System>\n<Event>2</Event>\n<Event/>\n</stray>\n<!-- never closed"))
                .containsExactly("<Event><System>", "<Event>2</Event>", "<Event/>", "</stray>", "<!-- never closed");
    }

    @Test
    void handsOverADocumentWithADocumentTypeWhole() throws IOException {
        String bomb = "<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n]>\n<lolz>&lol;</lolz>";
        assertThat(records("<?xml version=\"1.0\"?>\n" + bomb)).containsExactly(bomb);
    }

    @Test
    void cutsWhatIsLongerThanTheLimitAndGoesOnBehindIt() throws IOException {
        String filler = "x".repeat(3 * LIMIT);
        for (String longOne :
                List.of(filler, "{\"a\":\"" + filler + "\"}", "<Event><Data>" + filler + "</Data><Data/></Event>")) {
            try (var reader = reader(new ByteArrayInputStream(bytes("first\n" + longOne + "\nlast")), LIMIT)) {
                assertThat(all(reader)).containsExactly("first", longOne.substring(0, LIMIT), "last");
                assertThat(reader.oversized()).isEqualTo(1);
            }
        }
    }

    @Test
    void readsAcrossTheEdgesOfItsBuffer() throws IOException {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 4000; i++) {
            expected.add(
                    switch (i % 3) {
                        case 0 -> "{\"number\":" + i + ",\"nested\":{\"text\":\"" + "}".repeat(i % 50) + "\"}}";
                        case 1 -> "<Event><Data>" + "y".repeat(i % 70) + "</Data></Event>";
                        default -> "line " + i;
                    });
        }
        byte[] file = bytes(String.join("\n", expected));
        try (var reader = reader(new Trickle(file), LIMIT)) {
            assertThat(all(reader)).isEqualTo(expected);
        }
    }

    private static List<String> records(String text) throws IOException {
        try (var reader = reader(new ByteArrayInputStream(bytes(text)), LIMIT)) {
            return all(reader);
        }
    }

    private static RecordReader reader(InputStream in, int limit) {
        return new RecordReader(in, limit, () -> 0);
    }

    private static List<String> all(RecordReader reader) throws IOException {
        var records = new ArrayList<String>();
        for (byte[] record = reader.read(); record != null; record = reader.read()) {
            records.add(new String(record, StandardCharsets.UTF_8));
        }
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Gives a few bytes at a time, as a slow disk may. */
    private static final class Trickle extends ByteArrayInputStream {
        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 7));
        }
    }
}
