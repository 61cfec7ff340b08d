package io.clicktrail.normalizer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.TopicColumns;
import io.clicktrail.normalizer.raw.TopicZones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/own-formats.md works as it says. */
class MappingPageTest {

    private static final Path PAGE = Path.of(System.getProperty("clicktrail.root", ".."), "docs", "own-formats.md");

    @Test
    void theExamplesOfThePageGiveTheEventsOfThePage() throws IOException {
        String page = Files.readString(PAGE);
        List<String> mappings = blocks(page, "yaml");
        List<String> records = blocks(page, "record");
        List<String> events = blocks(page, "event");

        assertThat(mappings).hasSize(2).hasSameSizeAs(records).hasSameSizeAs(events);
        for (int i = 0; i < mappings.size(); i++) {
            var reading = MappingFile.parse("page", mappings.get(i));
            assertThat(reading).isInstanceOf(MappingReading.Valid.class);
            var normalizer = new Normalizer(
                    InputLimits.DEFAULT,
                    TopicZones.of(ZoneOffset.UTC),
                    TopicColumns.NONE,
                    ((MappingReading.Valid) reading).mappings());
            String written = new EventJson().write(new TestNormalizer(normalizer).event(records.get(i)));
            assertThat(written.replaceAll("\"(id|hash)\":\"[0-9a-f]+\",", "")
                            .replaceAll(",\"hash\":\"[0-9a-f]+\"", "")
                            .replaceAll("\"source\":\\{[^}]*},", ""))
                    .isEqualTo(events.get(i));
        }
    }

    @Test
    void thePageNamesEveryKind() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(TargetField.NEEDED.keySet())
                .allSatisfy(kind -> assertThat(page).contains("`" + kind + "`"));
    }

    private static List<String> blocks(String page, String kind) {
        return Pattern.compile("```" + kind + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
