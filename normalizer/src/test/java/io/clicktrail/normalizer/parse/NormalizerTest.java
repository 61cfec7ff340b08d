package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.windows.WindowsFixture;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NormalizerTest {

    private static final String CONN = ZeekFixtures.CONN;
    private static final String DNS = ZeekFixtures.DNS;
    private static final String IGNORED = "{\"weird\":{\"ts\":1772445605.1,\"name\":\"x\"}}";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsDocumentsWithAndWithoutLineBreaksBetweenThem() {
        String pretty = DNS.replace(",\"", ",\n  \"");

        assertThat(reader.normalized(CONN + "\n" + pretty + CONN + "[" + DNS + "," + CONN + "]")
                        .events())
                .hasSize(5)
                .extracting(event -> event.getSource().getIndex())
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void givesADocumentTheSameIdAloneAndAmongOthers() {
        String line = "1772445605.731    161 10.1.2.17 TCP_MISS/200 1 GET http://a.example/ - "
                + "HIER_DIRECT/203.0.113.9 text/html";

        assertThat(reader.normalized(CONN + "\n" + line + "\n" + DNS)
                        .events()
                        .get(1)
                        .getEventId())
                .isEqualTo(reader.event(line).getEventId());
    }

    @Test
    void keepsTheGoodDocumentsAndHandsOnTheBadOneByItself() {
        String bad = "{\"ts\":1772445605.1,\"uid\":\"C1\",**broken**}";
        String value = CONN + "\n" + bad + "\n" + DNS + "\n" + IGNORED + "\n";
        Outcome.Normalized outcome = reader.normalized(value);

        assertThat(outcome.events()).hasSize(2);
        assertThat(outcome.skipped()).hasSize(1);
        assertThat(outcome.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.BAD_JSON);
            assertThat(value.substring(fault.from(), fault.to())).isEqualTo(bad);
            assertThat(value.charAt(fault.position())).isEqualTo('*');
        });
    }

    @Test
    void keepsWhatStandsBeforeTheBreakInAnArray() {
        String value = "[" + CONN + "," + DNS.substring(0, 80);
        Outcome.Normalized outcome = reader.normalized(value);

        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.faults())
                .singleElement()
                .satisfies(fault -> assertThat(value.substring(fault.from())).isEqualTo(DNS.substring(0, 80)));
    }

    @Test
    void keepsTheGoodXmlEventsAroundABadOne() {
        String good = WindowsFixture.sysmon(5, "UtcTime", "2026-03-02 10:00:05.703", "ProcessId", "7")
                .xml();
        Outcome.Normalized outcome =
                reader.normalized("<Events>" + good + "<Event><System></Event>" + good + "</Events>");

        assertThat(outcome.events()).hasSize(2);
        assertThat(outcome.faults())
                .singleElement()
                .extracting(Outcome.Rejected::reason)
                .isEqualTo(Reason.BAD_XML);
    }

    @Test
    void rejectsARecordInWhichNothingIsGood() {
        Outcome.Rejected rejected = reader.rejected(IGNORED + "\n{\"a\":1}");

        assertThat(rejected.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(rejected.from()).isZero();
    }

    @Test
    void ignoresARecordInWhichEverythingIsOfNoUse() {
        assertThat(reader.ignored(IGNORED + "\n" + IGNORED).dataset()).isEqualTo("zeek.weird");
    }

    @Test
    void handsOnUnknownLinesThatFollowEachOtherAsOne() {
        Outcome.Normalized outcome = reader.normalized("foo\nbar\n\nbaz\n" + CONN + "\nqux");

        assertThat(outcome.faults())
                .extracting(fault -> fault.to() - fault.from())
                .containsExactly(12, 3);
    }

    @Test
    void stopsAtTheMostDocumentsAndHandsOnTheRest() {
        TestNormalizer few = new TestNormalizer(new InputLimits(1 << 20, 64, 32_767, 256, 3, 100, 4), ZoneOffset.UTC);
        Outcome.Normalized outcome = few.normalized((CONN + "\n").repeat(5));

        assertThat(outcome.events()).hasSize(3);
        assertThat(outcome.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.TOO_MANY);
            assertThat(fault.from()).isEqualTo((CONN.length() + 1) * 3);
        });
    }

    @Test
    void rejectsWhatIsNoValue() {
        assertThat(((Outcome.Rejected) new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC)
                                .normalize(null, new RawCoordinates("t", 0, 0, 0)))
                        .reason())
                .isEqualTo(Reason.EMPTY);
        assertThat(reader.rejected("").reason()).isEqualTo(Reason.EMPTY);
        assertThat(reader.rejected(" \n\u0000").reason()).isEqualTo(Reason.EMPTY);
    }

    @Test
    void readsAHeartbeatAsOfItsDelivery() {
        Event event = reader.event("{\"clicktrail.heartbeat\":\"p1-17\"}");

        assertThat(event.getKind()).isEqualTo(EventKind.HEARTBEAT);
        assertThat(event.getTime()).isEqualTo(TestNormalizer.DELIVERED);
        assertThat(reader.event("{\"clicktrail.heartbeat\":\"p1-18\"}").getEventId())
                .isNotEqualTo(event.getEventId());
    }

    @Test
    void marksATimeFarFromTheDeliveryAsSuspect() {
        assertThat(reader.event(CONN.replace("1772445605", "1772446300")).getTimeQuality())
                .as("10 minutes 40 seconds ahead")
                .isEqualTo(TimeQuality.SUSPECT);
        assertThat(reader.event(CONN.replace("1772445605", "1772446200")).getTimeQuality())
                .isEqualTo(TimeQuality.EXACT);
        assertThat(reader.event(CONN.replace("1772445605", "1771840805")).getTimeQuality())
                .as("a week and a minute ago")
                .isEqualTo(TimeQuality.SUSPECT);
    }

    @Test
    void marksEveryTimeAsSuspectWhereTheDeliveryIsUnknown() {
        var arrived = new RawCoordinates("clicktrail.raw.logs", 0, 7, TestNormalizer.DELIVERED.toEpochMilli(), false);
        Outcome outcome = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC)
                .normalize(CONN.getBytes(StandardCharsets.UTF_8), arrived);

        assertThat(((Outcome.Normalized) outcome).events().getFirst().getTimeQuality())
                .isEqualTo(TimeQuality.SUSPECT);
    }

    @Test
    void trustsAnyTimeOfARecordThatWasNeverDelivered() {
        Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);
        Outcome outcome = normalizer.normalize(
                CONN.replace("1772445605", "1272445605").getBytes(StandardCharsets.UTF_8),
                new RawCoordinates("conn.log", 0, 7, RawCoordinates.UNKNOWN_DELIVERY));

        assertThat(((Outcome.Normalized) outcome).events().getFirst().getTimeQuality())
                .isEqualTo(TimeQuality.EXACT);
    }

    @Test
    void cutsALongFieldAndSaysSo() {
        TestNormalizer narrow = new TestNormalizer(new InputLimits(1 << 20, 64, 256, 256, 100, 100, 4), ZoneOffset.UTC);
        WindowsFixture start = WindowsFixture.sysmon(
                1, "UtcTime", "2026-03-02 10:00:05.703", "CommandLine", "x".repeat(255) + "\uD83D\uDE00".repeat(100));

        for (String text : start.containers().values()) {
            Event event = narrow.event(text);
            assertThat(event.getProcess().getCommandLine()).isEqualTo("x".repeat(255));
            assertThat(event.getTags()).containsExactly("truncated");
        }
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        byte[] value = CONN.replace("SF", "\u00C9").getBytes(StandardCharsets.ISO_8859_1);
        Outcome.Normalized outcome = (Outcome.Normalized) reader.read(value);

        assertThat(outcome.events().getFirst().getTags()).containsExactly("bad_encoding");
    }

    @Test
    void takesTheLastOfAKeyThatOccursTwice() {
        assertThat(reader.event(CONN.replace("\"proto\":\"tcp\"", "\"proto\":[\"a\",\"b\"],\"proto\":\"udp\""))
                        .getNetwork()
                        .getTransport())
                .isEqualTo("udp");
    }

    @Test
    void forgetsEveryDocumentBeforeTheNext() {
        Event after =
                reader.normalized(ZeekFixtures.HTTP + "\n" + CONN).events().get(1);

        assertThat(after.getHttp()).isNull();
        assertThat(after.getEventId()).isEqualTo(reader.event(CONN).getEventId());
    }

    @Test
    void handsOnEachEnvelopeWhoseRecordIsUnknown() {
        String envelope = "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{},\"message\":\"line one\\nline two\"}";
        Outcome.Normalized outcome = reader.normalized(CONN + "\n" + envelope + "\n" + DNS + "\n[" + envelope + "]");

        assertThat(outcome.faults())
                .extracting(fault -> fault.to() - fault.from())
                .containsExactly(envelope.length(), envelope.length());
    }
}
