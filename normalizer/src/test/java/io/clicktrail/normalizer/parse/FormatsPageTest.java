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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** docs/formats.md says what the code does. */
class FormatsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Set<String> ZEEK_LOGS = Set.of(
            "zeek.conn",
            "zeek.dns",
            "zeek.http",
            "zeek.ssl",
            "zeek.quic",
            "zeek.files",
            "zeek.dhcp",
            "zeek.kerberos",
            "zeek.ntlm",
            "zeek.smtp",
            "zeek.other",
            "zeek.header");

    private static final Path PAGE = Path.of(System.getProperty("clicktrail.root", ".."), "docs", "formats.md");

    @Test
    void listsEveryFormatInTheOrderInWhichItIsTried() throws IOException {
        String order = section("## Formats by family").stream()
                .takeWhile(line -> !line.startsWith("### "))
                .collect(Collectors.joining(" "));

        assertThat(CODE.matcher(order).results().map(match -> match.group(1)))
                .containsExactlyElementsOf(formats().map(Format::name).toList());
    }

    @Test
    void hasOneRowForEachFormatInTheTableOfItsFamily() throws IOException {
        Map<String, List<String>> byHeading = new LinkedHashMap<>();
        formatRows()
                .forEach((format, row) -> byHeading
                        .computeIfAbsent(row.heading(), absent -> new ArrayList<>())
                        .add(format));
        Map<String, List<String>> byPackage = new LinkedHashMap<>();
        formats()
                .forEach(format -> byPackage
                        .computeIfAbsent(format.getClass().getPackageName(), absent -> new ArrayList<>())
                        .add(format.name()));

        assertThat(byHeading.values()).containsExactlyInAnyOrderElementsOf(byPackage.values());
    }

    @Test
    void namesInTheRowOfAFormatEveryDatasetThatItGives() throws IOException {
        Map<String, FormatRow> rows = formatRows();

        formats().forEach(format -> {
            FormatRow row = Objects.requireNonNull(rows.get(format.name()), format.name());
            String datasets = row.datasets().startsWith("as `")
                    ? Objects.requireNonNull(rows.get(row.datasets().split("`", -1)[1]))
                                    .datasets()
                            + row.datasets()
                    : row.datasets();
            assertThat(format.datasets())
                    .filteredOn(dataset -> !isIgnoredLogOfZeek(dataset))
                    .allSatisfy(dataset -> assertThat(datasets).contains("`" + dataset + "`"));
        });
    }

    /** Zeek's many logs of no use share one entry of the page, for their datasets are the names of the logs. */
    private static boolean isIgnoredLogOfZeek(String dataset) {
        return dataset.startsWith("zeek.") && !ZEEK_LOGS.contains(dataset);
    }

    @Test
    void saysWhichFieldsEachFormatGives() throws IOException {
        List<String> rows = fieldRows();
        if (Boolean.getBoolean("clicktrail.docs.accept")) {
            acceptFields(rows);
        }
        List<String> listed = section("## Fields").stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(listed).as("must be:%n%s", String.join("\n", rows)).isEqualTo(rows);
    }

    private static void acceptFields(List<String> rows) throws IOException {
        String page = Files.readString(PAGE);
        int first = page.indexOf("| `", page.indexOf("\n## Fields\n"));
        int end = page.indexOf("\n\n", first);
        Files.writeString(PAGE, page.substring(0, first) + String.join("\n", rows) + page.substring(end));
    }

    private static Stream<Format> formats() {
        return Formats.of(InputLimits.DEFAULT).all();
    }

    /** The lines below a heading, up to the next one of its rank. */
    private static List<String> section(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    private record FormatRow(String heading, String datasets) {}

    /** The rows of the families' tables, by format. */
    private static Map<String, FormatRow> formatRows() throws IOException {
        Map<String, FormatRow> rows = new LinkedHashMap<>();
        String heading = "";
        boolean isTable = false;
        for (String line : section("## Formats by family")) {
            if (line.startsWith("### ")) {
                heading = line;
            }
            isTable = line.startsWith("| Format |") || isTable && line.startsWith("|");
            if (isTable && line.startsWith("| `")) {
                String[] cells = line.split(" \\| ?", -1);
                String format = cells[0].substring(3, cells[0].length() - 1);
                assertThat(rows.put(format, new FormatRow(heading, cells[2])))
                        .as(format)
                        .isNull();
            }
        }
        return rows;
    }

    /** The fields of the whole events in the fixtures, by format. */
    private static List<String> fieldRows() {
        Map<String, Map<String, Set<String>>> byFormat = new LinkedHashMap<>();
        formats().forEach(format -> byFormat.put(format.name(), new TreeMap<>()));
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
