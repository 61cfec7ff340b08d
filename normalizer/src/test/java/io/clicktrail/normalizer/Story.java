package io.clicktrail.normalizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A raw record and the event that it must become, as a file under {@code stories} tells them: {@code == name}, the record, the event in one
 * line, a blank line.
 *
 * @param format the name of the file, without its ending
 * @param expected the event in ECS names, without what differs from delivery to delivery
 */
public record Story(String format, String name, String raw, String expected) {

    private static final List<String> FORMATS = List.of(
            "microsoft-defender",
            "crowdstrike",
            "sentinelone",
            "proofpoint",
            "mimecast",
            "microsoft-office365",
            "cisco-asyncos",
            "identity");

    public static List<Story> all() {
        return FORMATS.stream().flatMap(Story::of).toList();
    }

    /** The record of one story. */
    public static String raw(String format, String name) {
        return of(format).filter(story -> story.name.equals(name)).findFirst().orElseThrow().raw;
    }

    private static Stream<Story> of(String format) {
        List<Story> stories = new ArrayList<>();
        for (String block : text(format).split("(?m)^== ")) {
            String[] lines = block.strip().split("\n");
            if (lines.length >= 3) {
                stories.add(new Story(
                        format,
                        lines[0],
                        String.join("\n", List.of(lines).subList(1, lines.length - 1)),
                        lines[lines.length - 1]));
            }
        }
        return stories.stream();
    }

    private static String text(String format) {
        try (InputStream file =
                Objects.requireNonNull(Story.class.getResourceAsStream("/stories/" + format + ".txt"), format)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return format + " " + name;
    }
}
