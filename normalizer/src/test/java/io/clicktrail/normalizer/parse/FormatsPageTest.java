package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.windows.WindowsScenario;
import io.clicktrail.streams.health.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

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
                        Formats.of(InputLimits.DEFAULT).all().map(Format::name).toList());
    }

    @Test
    void namesEveryDatasetThatGivesEvents() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Formats.of(InputLimits.DEFAULT).all().flatMap(format -> format.datasets().stream()))
                .filteredOn(dataset -> !dataset.startsWith("zeek.") || page.contains("`" + dataset + "`"))
                .allSatisfy(dataset -> assertThat(page).contains("`" + dataset + "`"))
                .contains("zeek.conn", "zeek.dns", "zeek.http", "zeek.ssl", "zeek.files", "zeek.dhcp", "zeek.other");
    }

    @Test
    void saysWhichFieldsEachFormatGives() throws IOException {
        List<String> rows = fieldRows();
        List<String> listed = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## Fields"))
                .takeWhile(line -> !line.startsWith("## ") || line.equals("## Fields"))
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(listed).as("must be:%n%s", String.join("\n", rows)).isEqualTo(rows);
    }

    /** The fields of the whole events in the fixtures, by format. */
    private static List<String> fieldRows() {
        Map<String, Map<String, Set<String>>> byFormat = new LinkedHashMap<>();
        Formats.of(InputLimits.DEFAULT).all().forEach(format -> byFormat.put(format.name(), new TreeMap<>()));
        for (Fixture fixture : Fixture.all()) {
            fixture.expected().stream()
                    .filter(expected -> expected.startsWith("{"))
                    .forEach(event ->
                            addFields(event, byFormat.computeIfAbsent(fixture.format(), absent -> new TreeMap<>())));
        }
        for (WindowsScenario story : WindowsScenario.ALL) {
            for (String container : List.of("windows.json", "windows.nxlog", "windows.winlogbeat", "windows.xml")) {
                addFields(story.expected(), byFormat.computeIfAbsent(container, absent -> new TreeMap<>()));
            }
        }
        return byFormat.entrySet().stream()
                .map(format -> "| `" + format.getKey() + "` | "
                        + format.getValue().entrySet().stream()
                                .map(group -> "**" + group.getKey() + "** " + String.join(" ", group.getValue()))
                                .collect(Collectors.joining(", "))
                        + " |")
                .toList();
    }

    private static void addFields(String event, Map<String, Set<String>> into) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), event)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    String place = parser.streamReadContext().pathAsPointer().toString();
                    String[] names = place.substring(1).replaceAll("/\\d+$", "").split("/", 2);
                    if (names.length == 2 && !names[0].equals("event")) {
                        into.computeIfAbsent(names[0], absent -> new TreeSet<>())
                                .add(names[1].replace('/', '.'));
                    }
                }
            }
        }
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
                        "`" + RecordContext.TRUNCATED + "`",
                        "`" + RecordContext.BAD_ENCODING + "`",
                        "`" + Metric.RAW_FAULTS.id() + "`",
                        "`" + Metric.EVENTS.id() + "`");
    }
}
