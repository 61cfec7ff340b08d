package io.clicktrail.normalizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of a file under {@code fixtures}: {@code ## name}, the raw record over one line or several, and behind {@code =>} what becomes of it: each event as
 * JSON without id, hash and coordinates, or {@code ignored DATASET}, or {@code rejected REASON}.
 *
 * @param format the format that the file is named after
 */
public record Fixture(String format, String name, String raw, List<String> expected) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");

    public Fixture {
        expected = List.copyOf(expected);
    }

    /** Every case of every file. */
    public static List<Fixture> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The raw record of one case. */
    public static String raw(String format, String name) {
        return read(FOLDER.resolve(format + ".txt")).stream()
                .filter(fixture -> fixture.name.equals(name))
                .findFirst()
                .orElseThrow()
                .raw;
    }

    private static List<Fixture> read(Path file) {
        String format = file.getFileName().toString().replace(".txt", "");
        List<Fixture> fixtures = new ArrayList<>();
        String name = "";
        List<String> raw = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("## ")) {
                    if (!raw.isEmpty()) {
                        fixtures.add(new Fixture(format, name, String.join("\n", raw), expected));
                    }
                    name = line.substring(3);
                    raw.clear();
                    expected.clear();
                } else if (line.startsWith("=> ")) {
                    expected.add(line.substring(3));
                } else if (!line.isEmpty()) {
                    raw.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fixtures.add(new Fixture(format, name, String.join("\n", raw), expected));
        return fixtures;
    }
}
