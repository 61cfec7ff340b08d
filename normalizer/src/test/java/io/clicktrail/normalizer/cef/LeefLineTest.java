package io.clicktrail.normalizer.cef;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeefLineTest {

    private static final String KEYS =
            "devTime=Mar 02 2026 10:00:05 UTC~src=10.1.2.17~dst=203.0.113.9~srcPort=50123~dstPort=443~proto"
                    + "=TCP~usrName=CORP\\ada~action=allow~srcBytes=10~dstBytes=20";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAConnection() {
        Event event = reader.event("LEEF:1.0|Acme|Firewall|1|permit|" + KEYS.replace('~', '\t'));

        assertThat(new EventJson().write(event))
                .isEqualTo("{\"@timestamp\":\"2026-03-02T10:00:05Z\",\"event\":{\"id\":\"" + event.getEventId()
                        + "\",\"action\":\"network_connection\",\"code\":\"permit\","
                        + "\"dataset\":\"leef.network\",\"hash\":\""
                        + event.getSource().getSha256()
                        + "\",\"outcome\":\"success\"},\"source\":{\"topic\":\"clicktrail.raw.logs\","
                        + "\"partition\":1,\"offset\":42,\"index\":0},"
                        + "\"user\":{\"name\":\"ada\",\"domain\":\"CORP\"},"
                        + "\"client\":{\"ip\":\"10.1.2.17\",\"port\":50123,\"bytes\":10},"
                        + "\"destination\":{\"ip\":\"203.0.113.9\",\"port\":443,\"bytes\":20},"
                        + "\"network\":{\"transport\":\"tcp\",\"direction\":\"unknown\",\"bytes\":30}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^", "x5E", "0x5E"})
    void readsAnyDelimiterThatVersion2Names(String delimiter) {
        Event event = reader.event("LEEF:2.0|Acme|Firewall|1|permit|" + delimiter + "|" + KEYS.replace('~', '^'));

        assertThat(event.getClient().getPort()).isEqualTo(50123);
        assertThat(event.getUser().getName()).isEqualTo("ada");
    }

    @Test
    void readsVersion2WithoutADelimiter() {
        assertThat(reader.event("LEEF:2.0|Acme|Firewall|1|permit|" + KEYS.replace('~', '\t'))
                        .getClient()
                        .getPort())
                .isEqualTo(50123);
        assertThat(reader.event("LEEF:2.0|Acme|Firewall|1|permit||" + KEYS.replace('~', '\t'))
                        .getClient()
                        .getPort())
                .isEqualTo(50123);
    }

    @Test
    void readsKeysWhoseTabsWereLostOnTheWay() {
        assertThat(reader.event("LEEF:1.0|Acme|Firewall|1|permit|" + KEYS.replace('~', ' '))
                        .getDestination()
                        .getPort())
                .isEqualTo(443);
    }

    @Test
    void readsKeysBetweenBarsAsOneFirewallSendsThem() {
        Event event =
                reader.event("<134>1 2026-03-02T10:00:59Z fw-1 LEEF:1.0|Palo Alto Networks|PAN-OS Syslog Integration|"
                        + "8.1.8|allow|cat=TRAFFIC|devTime=Mar 02 2026 10:00:05 GMT|src=10.1.2.17|dst=203.0.113.9|"
                        + "SourceUser=corp\\ada|usrName=|dstPort=443|proto=tcp");

        assertThat(event.getKind()).isEqualTo(EventKind.NETWORK_CONNECTION);
        assertThat(event.getUser().getName()).isEqualTo("ada");
        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05Z");
    }

    @Test
    void readsADayFirstDateOnlyWhereTheFormatSaysSo() {
        Event event = reader.event("LEEF:1.0|Acme|Firewall|1|permit|"
                + KEYS.replace("Mar 02 2026 10:00:05 UTC", "02/03/2026 10:00:05~devTimeFormat=dd/MM/yyyy HH:mm:ss")
                        .replace('~', '\t'));

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05Z");
        assertThat(reader.rejected("LEEF:1.0|Acme|Firewall|1|permit|"
                                + KEYS.replace("Mar 02 2026 10:00:05 UTC", "02/03/2026 10:00:05")
                                        .replace('~', '\t'))
                        .reason())
                .isEqualTo(Reason.BAD_TIME);
    }

    @Test
    void rejectsAHeaderThatBreaksOff() {
        assertThat(reader.rejected("LEEF:1.0|Acme|Firewall").reason()).isEqualTo(Reason.MISSING_FIELD);
    }
}
