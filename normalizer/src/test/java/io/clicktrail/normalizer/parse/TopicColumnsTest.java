package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows whose header came in an earlier record are read by the columns that are set for their topic. */
class TopicColumnsTest {

    private static final String TOPIC = "clicktrail.raw.logs";
    private static final String ZEEK = "#path http #fields ts uid id.orig_h id.resp_h method host uri";
    private static final String ZEEK_ROW =
            "1772445606.500000\tChttpB2\t10.1.2.17\t203.0.113.9\tGET\tfiles.bad.example\t/a";
    private static final String ELFF = "#Fields: date time c-ip cs-uri-scheme cs-host cs-uri-path sc-filter-result";
    private static final String ELFF_ROW = "2026-03-02 10:00:05 10.1.2.17 https files.bad.example /a OBSERVED";
    private static final String URL = "files.bad.example/a";

    @Test
    void readsRowsOfZeekThatComeOneByOne() {
        Event event = reader(TOPIC, ZEEK).event(ZEEK_ROW);

        assertThat(event.getSource().getDataset()).isEqualTo("zeek.http");
        assertThat(event.getUrl().getOriginal()).isEqualTo("http://" + URL);
        assertThat(event.getClient().getIp()).isEqualTo("10.1.2.17");
    }

    @Test
    void takesAHeaderWithTabsAsItStandsInTheLog() {
        assertThat(reader(TOPIC, ZEEK.replace(' ', '\t'))
                        .event(ZEEK_ROW)
                        .getUrl()
                        .getOriginal())
                .isEqualTo("http://" + URL);
    }

    @Test
    void readsRowsOfBlueCoatThatComeOneByOne() {
        assertThat(reader(TOPIC, ELFF).event(ELFF_ROW).getUrl().getOriginal()).isEqualTo("https://" + URL);
    }

    @Test
    void believesTheHeaderInTheValueFirst() {
        String swapped = "#Fields: date time c-ip cs-uri-scheme cs-uri-path cs-host sc-filter-result\n"
                + "2026-03-02 10:00:05 10.1.2.17 https /b other.bad.example OBSERVED";

        assertThat(reader(TOPIC, ELFF)
                        .normalized(swapped)
                        .events()
                        .getFirst()
                        .getUrl()
                        .getOriginal())
                .isEqualTo("https://other.bad.example/b");
    }

    @Test
    void rejectsARowThatTheColumnsDoNotFit() {
        assertThat(reader(TOPIC, ELFF).rejected(ELFF_ROW + " more").reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(reader(TOPIC, ELFF).ignored("2026-03-02 10:00:05 10.1.2.17").dataset())
                .isEqualTo("other");
        assertThat(reader(TOPIC, ZEEK).rejected(ZEEK_ROW + "\tmore").reason()).isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void leavesRowsOfOtherFormatsAndTopicsAlone() {
        assertThat(reader("another", ELFF).rejected(ELFF_ROW).reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(reader(TOPIC, ELFF)
                        .event(Fixture.raw("zeek.tsv", "a query by itself"))
                        .getSource()
                        .getDataset())
                .isEqualTo("zeek.dns");
    }

    @Test
    void refusesWhatIsNoHeader() {
        assertThatThrownBy(() -> reader(TOPIC, "ts uid"))
                .hasMessage("'ts uid' is no header of a format whose rows have one");
        assertThatThrownBy(() -> reader(TOPIC, "#fields ts uid")).hasMessageContaining("is no header");
    }

    private static TestNormalizer reader(String topic, String header) {
        return new TestNormalizer(new Normalizer(
                InputLimits.DEFAULT,
                TopicZones.of(ZoneOffset.UTC),
                new TopicColumns(null, Map.of(topic, header)),
                List.of()));
    }
}
