package io.clicktrail.enricher.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ATT&CK technique that a run of an image is. Hosts of several script languages have one technique for each, by
 * what their command line names.
 */
public final class ImageTechnique {

    private static final Pattern ID = Pattern.compile("T\\d{4}(\\.\\d{3})?");
    private static final char PART = ':';

    private final String plain;
    private final Map<String, String> byArgument;

    private ImageTechnique(String plain, Map<String, String> byArgument) {
        this.plain = plain;
        this.byArgument = byArgument;
    }

    /**
     * Reads the technique's column of the process list: {@code T1059.001}, or {@code T1059.005 .js:T1059.007} where
     * the second holds for command lines with {@code .js}.
     *
     * @return null where there is no word
     * @throws IllegalArgumentException for an id that is none of ATT&CK
     */
    static @Nullable ImageTechnique of(List<String> words) {
        if (words.isEmpty()) {
            return null;
        }
        Map<String, String> byArgument = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            int part = word.indexOf(PART);
            byArgument.put(word.substring(0, Math.max(part, 0)).toLowerCase(Locale.ROOT), id(word.substring(part + 1)));
        }
        return new ImageTechnique(id(words.getFirst()), byArgument);
    }

    /** The technique of a run with this command line. */
    String of(@Nullable String commandLine) {
        if (commandLine == null || byArgument.isEmpty()) {
            return plain;
        }
        String line = commandLine.toLowerCase(Locale.ROOT);
        for (var argument : byArgument.entrySet()) {
            if (line.contains(argument.getKey())) {
                return argument.getValue();
            }
        }
        return plain;
    }

    private static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "technique is '" + text + "' but must be an id of ATT&CK such as T1059.001");
        }
        return text;
    }
}
