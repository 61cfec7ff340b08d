package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.assembly.AssemblyBounds;
import io.clicktrail.normalizer.assembly.FileAssembly;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.text.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Real samples, if their folder is next to the project: nothing throws, what is supported is recognised, and
 * nothing is taken for what it is not. Prints a table by folder; {@code corpus.tsv} says what is expected.
 */
@EnabledIf("hasCorpus")
class CorpusTest {

    private static final Path CORPUS = Path.of(System.getProperty("clicktrail.root", ".."), "..", "shared", "corpus");

    /** Other products' readings of the samples beside them. */
    private static final Pattern NO_SAMPLE = Pattern.compile(
            ".*([Pp]arsed|norm_\\d+\\.js|\\.golden|expected\\.json|osquery-parsed\\.json|\\.yaml|MANIFEST\\.tsv)");

    private static final String OTHER_FORMAT = "ignored.other";
    private static final String OTHER = "other";
    private static final long DELIVERED = Instant.parse("2026-03-02T10:01:00Z").toEpochMilli();
    private static final Map<String, Tally> TALLIES = new TreeMap<>();
    private static final Map<String, Row> ROWS = new TreeMap<>();

    static boolean hasCorpus() {
        return Files.isDirectory(CORPUS);
    }

    @BeforeAll
    static void readTheCorpus() throws IOException {
        try (InputStream in = Objects.requireNonNull(CorpusTest.class.getResourceAsStream("/corpus.tsv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> ROWS.put(cells[0], Row.of(cells)));
        }
        Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!NO_SAMPLE.matcher(file.toString()).matches()) {
                    String folder = CORPUS.relativize(file).getName(0).toString();
                    read(normalizer, file, TALLIES.computeIfAbsent(folder, absent -> new Tally(row(folder))));
                }
            }
        }
        System.out.printf(
                "%-30s %7s %7s %7s %8s %7s %10s  %s%n",
                "folder", "records", "events", "ignored", "rejected", "foreign", "recognised", "rejected because");
        TALLIES.forEach((folder, tally) -> System.out.printf("%-30s %s%n", folder, tally));
    }

    private static void read(Normalizer normalizer, Path file, Tally tally) throws IOException {
        RawCoordinates at = new RawCoordinates(file.toString(), 0, 0, DELIVERED);
        byte[] value = Files.readAllBytes(file);
        List<String> others = new ArrayList<>();
        Outcome outcome = normalizer.normalize(value, at, others(others));
        if (outcome instanceof Outcome.Rejected && isLines(value)) {
            others.clear();
            lines(new String(value, StandardCharsets.UTF_8)).forEach(line -> {
                byte[] record = line.getBytes(StandardCharsets.UTF_8);
                tally.add(normalizer.normalize(record, at, others(others)), record);
            });
            others.forEach(tally::unread);
            return;
        }
        others.forEach(tally::unread);
        tally.add(outcome, value);
        if (outcome instanceof Outcome.Partial partial) {
            var assembly = new FileAssembly(
                    Normalizer.assembler(InputLimits.DEFAULT, AssemblyBounds.DEFAULT), AssemblyBounds.DEFAULT);
            assembly.take(partial, value, at).forEach(settled -> tally.add(settled.outcome(), value));
            assembly.finish().forEach(settled -> tally.add(settled.outcome(), value));
        }
    }

    /** Collects what is left aside although no format knows it: in the folder of a format it counts as not read. */
    private static RecordTrace others(List<String> into) {
        return new RecordTrace() {
            @Override
            public void enter(String envelope) {}

            @Override
            public void leave() {}

            @Override
            public void read(String format, Span document, Outcome outcome) {
                if (format.equals(OTHER_FORMAT)) {
                    into.add(new String(document.bytes(), document.from(), document.length(), StandardCharsets.UTF_8));
                }
            }
        };
    }

    /**
     * Whether each line is a record by itself, so that a file of which nothing gives an event can be judged by its
     * lines.
     */
    private static boolean isLines(byte[] value) {
        return value[0] != '['
                && value[0] != '<'
                && lines(new String(value, StandardCharsets.UTF_8))
                        .allMatch(line -> !line.startsWith("{") || line.endsWith("}"));
    }

    private static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    @Test
    void hasARowForEveryFolder() {
        assertThat(ROWS.keySet()).containsAll(TALLIES.keySet());
    }

    @TestFactory
    Stream<DynamicTest> recognisesWhatIsSupported() {
        return ROWS.entrySet().stream()
                .filter(row -> row.getValue().leastPercent() > 0)
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThat(tally(row.getKey()).recognisedPercent())
                                .as(tally(row.getKey()).toString())
                                .isGreaterThanOrEqualTo(row.getValue().leastPercent())));
    }

    @TestFactory
    Stream<DynamicTest> takesNothingForWhatItIsNot() {
        return ROWS.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThat(tally(row.getKey()).datasets)
                                .allMatch(
                                        row.getValue()::expects, row.getValue().toString())));
    }

    private static Tally tally(String folder) {
        return TALLIES.getOrDefault(folder, new Tally(row(folder)));
    }

    private static Row row(String folder) {
        return ROWS.getOrDefault(folder, Row.NOTHING);
    }

    /** What is expected of a folder; what is foreign belongs to no format that is supported, and counts neither way. */
    private record Row(List<String> datasets, int leastPercent, Pattern foreign) {

        private static final Row NOTHING = new Row(List.of(), 0, Pattern.compile("(?!)"));

        static Row of(String... cells) {
            return new Row(
                    Arrays.stream(cells[1].split(","))
                            .filter(each -> !each.isEmpty())
                            .toList(),
                    cells[2].equals("-") ? 0 : Integer.parseInt(cells[2]),
                    Pattern.compile(cells[3].isEmpty() ? "(?!)" : cells[3]));
        }

        boolean expects(String dataset) {
            return datasets.stream()
                    .anyMatch(each -> each.endsWith("*")
                            ? dataset.startsWith(each.substring(0, each.length() - 1))
                            : dataset.equals(each));
        }
    }

    /** What became of a folder's records; a run of unknown lines counts as its lines, without comments. */
    private static final class Tally {
        private int events;
        private int ignored;
        private int rejected;
        private int unknown;
        private int foreign;
        private final Row row;
        private final TreeSet<String> datasets = new TreeSet<>();
        private final Map<String, Integer> reasons = new TreeMap<>();

        Tally(Row row) {
            this.row = row;
        }

        void add(Outcome outcome, byte[] value) {
            switch (outcome) {
                case Outcome.Normalized normalized -> {
                    events += normalized.events().size();
                    normalized
                            .events()
                            .forEach(event -> datasets.add(event.getSource().getDataset()));
                    normalized.skipped().forEach(this::ignore);
                    normalized.faults().forEach(fault -> reject(fault, value));
                }
                case Outcome.Ignored one -> ignore(one);
                case Outcome.Rejected one -> reject(one, value);
                case Outcome.Partial partial -> {
                    if (partial.rest() != null) {
                        add(partial.rest(), value);
                    }
                }
            }
        }

        private void ignore(Outcome.Ignored one) {
            if (!one.dataset().equals(OTHER)) {
                ignored++;
                datasets.add(one.dataset());
            }
        }

        /** Counts a record of no known format that was left aside. */
        void unread(String record) {
            boolean isForeign = row.foreign.matcher(record).find();
            rejected++;
            foreign += isForeign ? 1 : 0;
            unknown += isForeign ? 0 : 1;
            reasons.merge(OTHER, 1, Integer::sum);
        }

        private void reject(Outcome.Rejected rejection, byte[] value) {
            String format = rejection.format();
            String text =
                    new String(value, rejection.from(), rejection.to() - rejection.from(), StandardCharsets.UTF_8);
            Stream<String> records = format.equals("none") ? lines(text) : Stream.of(text);
            records.forEach(record -> {
                boolean isForeign = row.foreign.matcher(record).find();
                rejected++;
                foreign += isForeign ? 1 : 0;
                unknown += !isForeign && (format.equals("none") || format.equals("json")) ? 1 : 0;
                reasons.merge(rejection.reason() + " (" + format + ")", 1, Integer::sum);
            });
        }

        int records() {
            return events + ignored + rejected;
        }

        double recognisedPercent() {
            int ours = records() - foreign;
            return ours == 0 ? 0 : 100.0 * (ours - unknown) / ours;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%7d %7d %7d %8d %7d %9.1f%%  %s",
                    records(),
                    events,
                    ignored,
                    rejected,
                    foreign,
                    recognisedPercent(),
                    reasons.isEmpty() ? "" : reasons);
        }
    }
}
