package io.clicktrail.normalizer.macos;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.clicktrail.event.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What messages of the unified log mean: patterns of text, because the log has no fields for it and the text differs
 * from one release of macOS to the next. One line is one pattern, its four columns with tabs between them:
 *
 * <ol>
 *   <li>{@code URL_OPEN} or {@code FILE_MARK}
 *   <li>file name of the process that writes the message, or {@code *}
 *   <li>a text that every such message holds, which is looked for first
 *   <li>a regular expression (RE2) with the named group {@code url}, and for a FILE_MARK optionally {@code path},
 *   {@code origin} and {@code agent}
 * </ol>
 *
 * Empty lines and those that begin with # say nothing. The first pattern that fits decides.
 */
public final class UnifiedLogPatterns {

    private static final String BUNDLED = "unified-log-patterns.tsv";
    private static final int COLUMNS = 4;
    private static final int MAX_MESSAGE = 16_384;
    private static final Set<String> GROUPS = Set.of("url", "path", "origin", "agent");

    private record Entry(EventKind kind, String process, String text, Pattern pattern, Map<String, Integer> groups) {}

    /**
     * What a message says.
     *
     * @param url the URL that was opened, or that the marked file came from
     * @param path the marked file
     * @param origin the page that led to the URL
     * @param agent the application that marked the file
     */
    record Meaning(
            EventKind kind,
            String url,
            @Nullable String path,
            @Nullable String origin,
            @Nullable String agent) {}

    private final List<Entry> entries;

    private UnifiedLogPatterns(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The patterns that this release brings along. */
    public static UnifiedLogPatterns bundled() {
        return of(List.of());
    }

    /**
     * An operator's patterns, and after them those that this release brings along.
     *
     * @throws IllegalArgumentException with the number of the line and the reason
     */
    public static UnifiedLogPatterns of(List<String> lines) {
        List<Entry> entries = parse(lines);
        try (InputStream in = Objects.requireNonNull(UnifiedLogPatterns.class.getResourceAsStream(BUNDLED), BUNDLED)) {
            entries.addAll(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new UnifiedLogPatterns(entries);
    }

    private static List<Entry> parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && line.charAt(0) != '#') {
                entries.add(entry(line, i + 1));
            }
        }
        return entries;
    }

    private static Entry entry(String line, int number) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw refused(number, "has " + columns.length + " columns, not " + COLUMNS, null);
        }
        EventKind kind = switch (columns[0]) {
            case "URL_OPEN" -> EventKind.URL_OPEN;
            case "FILE_MARK" -> EventKind.FILE_MARK;
            default -> throw refused(number, "must begin with URL_OPEN or FILE_MARK", null);
        };
        try {
            Pattern pattern = Pattern.compile(columns[3]);
            Map<String, Integer> groups = pattern.namedGroups();
            if (!groups.containsKey("url") || !GROUPS.containsAll(groups.keySet())) {
                throw refused(number, "needs the group url, and knows only url, path, origin and agent", null);
            }
            return new Entry(kind, columns[1], columns[2], pattern, groups);
        } catch (PatternSyntaxException e) {
            throw refused(number, "is no regular expression: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException refused(int number, String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException("line " + number + " of the message patterns " + reason, cause);
    }

    /** What a message of a process says, or null where no pattern fits. */
    @Nullable
    Meaning meaning(@Nullable String process, String message) {
        String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
        for (Entry entry : entries) {
            if ((entry.process().equals("*") || entry.process().equals(process)) && text.contains(entry.text())) {
                Matcher matcher = entry.pattern().matcher(text);
                String url = matcher.find() ? group(entry, matcher, "url") : null;
                if (url != null) {
                    return new Meaning(
                            entry.kind(),
                            url,
                            group(entry, matcher, "path"),
                            group(entry, matcher, "origin"),
                            group(entry, matcher, "agent"));
                }
            }
        }
        return null;
    }

    private static @Nullable String group(Entry entry, Matcher matcher, String name) {
        Integer group = entry.groups().get(name);
        String text = group == null ? null : matcher.group(group);
        return text == null || text.isEmpty() ? null : text;
    }
}
