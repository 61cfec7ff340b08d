package io.clicktrail.normalizer.mapping;

import com.google.re2j.Pattern;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a mapping. An operator's is re2j's, whose time is linear in the text; one that comes with the project is
 * the platform's own, which is several times as fast, on a text so short that its worst case is bounded as well.
 */
sealed interface TextPattern {

    /** The first group of the first match, or the match where the pattern has none; null where nothing matches. */
    @Nullable
    String part(String text);

    /** The named groups of the first match; null where nothing matches. */
    @Nullable
    Function<String, @Nullable String> groups(String text);

    /** The names of its groups. */
    Set<String> names();

    /** Linear in the length of the text, which is at most 64 kB. */
    record Linear(Pattern pattern) implements TextPattern {

        private static final int MAX_TEXT = 64 << 10;

        @Override
        public @Nullable String part(String text) {
            var matcher = pattern.matcher(text);
            return text.length() > MAX_TEXT || !matcher.find()
                    ? null
                    : matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
        }

        @Override
        public @Nullable Function<String, @Nullable String> groups(String text) {
            var matcher = pattern.matcher(text);
            return text.length() > MAX_TEXT || !matcher.find() ? null : matcher::group;
        }

        @Override
        public Set<String> names() {
            return pattern.namedGroups().keySet();
        }
    }

    /** For texts of at most 2,048 UTF-16 units. */
    record Bounded(java.util.regex.Pattern pattern) implements TextPattern {

        private static final int MAX_TEXT = 2048;

        static Bounded of(String text) {
            return new Bounded(java.util.regex.Pattern.compile(text.replace("(?P<", "(?<")));
        }

        @Override
        public @Nullable String part(String text) {
            var matcher = pattern.matcher(text);
            return text.length() > MAX_TEXT || !matcher.find()
                    ? null
                    : matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
        }

        @Override
        public @Nullable Function<String, @Nullable String> groups(String text) {
            var matcher = pattern.matcher(text);
            return text.length() > MAX_TEXT || !matcher.find() ? null : matcher::group;
        }

        @Override
        public Set<String> names() {
            return pattern.namedGroups().keySet();
        }
    }
}
