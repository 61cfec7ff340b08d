package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.Reading;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.streams.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/formats.md says what the code does. */
class FormatsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("clicktrail.root", ".."), "docs", "formats.md");

    @Test
    void listsEveryFormatInTheOrderInWhichItIsTried() throws IOException {
        List<String> listed = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `")
                        && line.chars().filter(c -> c == '|').count() == 5)
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        assertThat(listed)
                .containsExactlyElementsOf(
                        Formats.of(Limits.DEFAULT).all().map(Format::name).toList());
    }

    @Test
    void namesEveryDatasetThatGivesEvents() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Formats.of(Limits.DEFAULT).all().flatMap(format -> format.datasets().stream()))
                .filteredOn(dataset -> !dataset.startsWith("zeek.") || page.contains("`" + dataset + "`"))
                .allSatisfy(dataset -> assertThat(page).contains("`" + dataset + "`"))
                .contains("zeek.conn", "zeek.dns", "zeek.http", "zeek.ssl", "zeek.files", "zeek.dhcp", "zeek.other");
    }

    @Test
    void explainsEveryReasonHeaderTagAndCounter() throws IOException {
        String page = Files.readString(PAGE);

        for (Reason reason : Reason.values()) {
            assertThat(page).contains("| `" + reason + "` |");
        }
        assertThat(page)
                .contains(
                        RejectedHeaders.REASON,
                        RejectedHeaders.FORMAT,
                        RejectedHeaders.POSITION,
                        RejectedHeaders.TOPIC,
                        RejectedHeaders.PARTITION,
                        RejectedHeaders.OFFSET,
                        RejectedHeaders.PART,
                        RejectedHeaders.TRUNCATED,
                        "`" + Reading.TRUNCATED + "`",
                        "`" + Reading.BAD_ENCODING + "`",
                        "`" + Metric.RAW_FAULTS.id() + "`",
                        "`" + Metric.EVENTS.id() + "`");
    }
}
