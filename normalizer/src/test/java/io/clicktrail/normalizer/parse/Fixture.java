package io.clicktrail.normalizer.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One case of a file under {@code fixtures}: {@code ## name}, the raw record over one line or several, and behind
 * {@code =>} what becomes of it: each event as JSON without id, hash and coordinates, or {@code ignored DATASET}, or
 * {@code rejected REASON}.
 *
 * @param format the format that the file is named after
 */
public record Fixture(String format, String name, String raw, List<String> expected) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");
    private static final String ENDING = ".txt";

    /** Every case of every file. */
    public static List<Fixture> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted()
                    .map(file -> file.getFileName().toString().replace(ENDING, ""))
                    .flatMap(format -> of(format).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record of one case. */
    public static String raw(String format, String name) {
        return of(format).stream()
                .filter(fixture -> fixture.name.equals(name))
                .findFirst()
                .orElseThrow()
                .raw;
    }

    /** The first case of a format that gives a whole event. */
    static Fixture firstEvent(String format) {
        return of(format).stream()
                .filter(fixture -> fixture.expected.getFirst().startsWith("{"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Fixture> of(String format) {
        List<Fixture> fixtures = new ArrayList<>();
        String name = "";
        List<String> raw = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(
                Fixture.class.getResourceAsStream("/" + FOLDER.getFileName() + "/" + format + ENDING), format)) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("## ")) {
                    if (!raw.isEmpty()) {
                        fixtures.add(new Fixture(format, name, String.join("\n", raw), List.copyOf(expected)));
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
        fixtures.add(new Fixture(format, name, String.join("\n", raw), List.copyOf(expected)));
        return fixtures;
    }
}
