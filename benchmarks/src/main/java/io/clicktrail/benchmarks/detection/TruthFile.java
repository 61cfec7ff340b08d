package io.clicktrail.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Labels as a table between tabs; its first line names the columns, in any order. {@code tier}, {@code host},
 * {@code from} and {@code to} (ISO 8601) are needed; {@code marks} are separated by bars.
 */
final class TruthFile {
    private static final List<String> COLUMNS = List.of(
            "tier",
            "host",
            "address",
            "user",
            "from",
            "to",
            "marks",
            "platform",
            "kind",
            "place",
            "half",
            "sensors",
            "stages");
    private static final String UNKNOWN = "-";
    private static final int MAX_TIER = 3;

    private TruthFile() {}

    static String text(List<Label> labels) {
        return String.join("\t", COLUMNS) + "\n"
                + labels.stream().map(label -> row(label) + "\n").collect(Collectors.joining());
    }

    private static String row(Label label) {
        return String.join(
                "\t",
                String.valueOf(label.tier()),
                label.host(),
                label.address(),
                label.user(),
                label.from().toString(),
                label.to().toString(),
                String.join("|", label.marks()),
                label.platform(),
                label.kind(),
                label.place(),
                label.half(),
                label.sensors(),
                label.stages());
    }

    /**
     * Reads a table of labels.
     *
     * @throws IllegalArgumentException with the number of the line where the table holds a mistake
     */
    static List<Label> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty");
        }
        List<String> columns = Arrays.asList(lines.getFirst().split("\t", -1));
        var labels = new ArrayList<Label>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    labels.add(label(columns, lines.get(i).split("\t", -1)));
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(labels);
    }

    private static Label label(List<String> columns, String[] cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(columns.size(), cells.length); i++) {
            row.put(columns.get(i).strip(), cells[i].strip());
        }
        int tier = Integer.parseInt(needed(row, "tier"));
        if (tier < 0 || tier > MAX_TIER) {
            throw new IllegalArgumentException("tier " + tier + " is not 0 to " + MAX_TIER);
        }
        Instant from = Instant.parse(needed(row, "from"));
        Instant to = Instant.parse(needed(row, "to"));
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("it ends before it begins");
        }
        return new Label(
                tier,
                needed(row, "host"),
                row.getOrDefault("address", ""),
                row.getOrDefault("user", ""),
                from,
                to,
                Arrays.stream(row.getOrDefault("marks", "").split("\\|", -1))
                        .filter(mark -> !mark.isBlank())
                        .toList(),
                row.getOrDefault("platform", UNKNOWN),
                row.getOrDefault("kind", UNKNOWN),
                row.getOrDefault("place", UNKNOWN),
                row.getOrDefault("half", UNKNOWN),
                row.getOrDefault("sensors", UNKNOWN),
                row.getOrDefault("stages", UNKNOWN));
    }

    private static String needed(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("no " + column);
        }
        return value;
    }
}
