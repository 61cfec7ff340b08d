package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.windows.WindowsScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the fuzzing of the normalizer begins with: every longer text of its tests, which are the fixtures of all formats
 * and envelopes. A new format's fixtures are found without being named here.
 */
final class FuzzSeeds {

    private static final Path TESTS =
            Path.of(System.getProperty("clicktrail.root", ".."), "normalizer", "src", "test", "java");
    private static final int SHORTEST = 40;
    private static final int LONGEST = 16 << 10;

    /** A text block, or literals that are put together. */
    private static final Pattern TEXT = Pattern.compile(
            "\"\"\"\\n(?<block>.*?)\"\"\"|(?<literals>\"(?:[^\"\\\\\\n]++|"
                    + "\\\\.)*+\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]++|\\\\.)*+\")*+)",
            Pattern.DOTALL);

    private static final Pattern BETWEEN = Pattern.compile("(?<!\\\\)\"\\s*\\+\\s*\"");

    private FuzzSeeds() {}

    static List<byte[]> all() {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                texts.addAll(texts(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WindowsScenario.ALL.forEach(
                story -> texts.addAll(story.fixture().containers().values()));
        Fixture.all().forEach(fixture -> texts.add(fixture.raw()));
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static List<String> texts(String source) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(source);
        while (matcher.find()) {
            String block = matcher.group("block");
            String literals = matcher.group("literals");
            String text = block == null ? joined(literals) : plain(block.stripIndent());
            if (text.length() >= SHORTEST && text.length() <= LONGEST) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static String joined(String literals) {
        String inner = literals.substring(1, literals.length() - 1);
        StringBuilder whole = new StringBuilder(inner.length());
        for (String part : BETWEEN.split(inner, -1)) {
            whole.append(plain(part));
        }
        return whole.toString();
    }

    /**
     * The text of a literal; one that is none, since the source was torn at a quote of its own, is a seed as written.
     */
    private static String plain(String literal) {
        try {
            return literal.replaceAll("(?<!\\\\)\\\\u+([0-9a-fA-F]{4})", "?").translateEscapes();
        } catch (IllegalArgumentException e) {
            return literal;
        }
    }
}
