package io.clicktrail.normalizer.mapping;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a mapping. An operator's is re2j's, whose time is linear in the text; one that comes with the project is
 * the platform's own, which is several times as fast, on a text so short that its worst case is bounded as well, and
 * re2j's on a longer one.
 */
sealed interface TextPattern {

    /** The longest text that is looked at, UTF-16 units. */
    int MAX_TEXT = 64 << 10;

    /** The first group of the first match, or the match where the pattern has none; null where nothing matches. */
    @Nullable
    String part(String text);

    /** Where the first match and its groups begin and end, -1 for those not taken; null where nothing matches. */
    int @Nullable [] places(String text);

    /** The numbers of its named groups. */
    Map<String, Integer> groups();

    private static int[] places(int groups, IntUnaryOperator start, IntUnaryOperator end) {
        int[] places = new int[(groups + 1) * 2];
        for (int i = 0; i < places.length; i += 2) {
            places[i] = start.applyAsInt(i / 2);
            places[i + 1] = end.applyAsInt(i / 2);
        }
        return places;
    }

    /** Linear in the length of the text. */
    record Linear(Pattern pattern) implements TextPattern {

        @Override
        public @Nullable String part(String text) {
            var matcher = pattern.matcher(text);
            return text.length() > MAX_TEXT || !matcher.find()
                    ? null
                    : matcher.group(Math.min(1, matcher.groupCount()));
        }

        @Override
        public int @Nullable [] places(String text) {
            var matcher = pattern.matcher(text);
            if (text.length() > MAX_TEXT || !matcher.find()) {
                return null;
            }
            return TextPattern.places(matcher.groupCount(), matcher::start, matcher::end);
        }

        @Override
        public Map<String, Integer> groups() {
            return pattern.namedGroups();
        }
    }

    /**
     * The platform's for texts of at most 2,048 UTF-16 units.
     *
     * @param beginning what every match begins with, which is looked for first; empty where matches differ in it
     */
    record Bounded(java.util.regex.Pattern pattern, Linear linear, String beginning) implements TextPattern {

        private static final int MAX_BACKTRACKED = 2048;
        private static final String SIGNS = "\\^$.|?*+()[]{}";
        private static final String REPETITIONS = "?*+{";

        static Bounded of(Pattern pattern) {
            String text = pattern.pattern();
            return new Bounded(
                    java.util.regex.Pattern.compile(text.replace("(?P<", "(?<")), new Linear(pattern), beginning(text));
        }

        /** The characters before the first that has a meaning in patterns. */
        private static String beginning(String pattern) {
            int end = 0;
            while (end < pattern.length() && SIGNS.indexOf(pattern.charAt(end)) < 0) {
                end++;
            }
            boolean isRepeated = end < pattern.length() && REPETITIONS.indexOf(pattern.charAt(end)) >= 0;
            return pattern.indexOf('|') >= 0 ? "" : pattern.substring(0, isRepeated ? Math.max(0, end - 1) : end);
        }

        private @Nullable Matcher find(String text) {
            int start = beginning.isEmpty() ? 0 : text.indexOf(beginning);
            Matcher matcher = start < 0 ? null : pattern.matcher(text);
            return matcher != null && matcher.find(start) ? matcher : null;
        }

        @Override
        public @Nullable String part(String text) {
            if (text.length() > MAX_BACKTRACKED) {
                return linear.part(text);
            }
            Matcher matcher = find(text);
            return matcher == null ? null : matcher.group(Math.min(1, matcher.groupCount()));
        }

        @Override
        public int @Nullable [] places(String text) {
            if (text.length() > MAX_BACKTRACKED) {
                return linear.places(text);
            }
            Matcher matcher = find(text);
            return matcher == null ? null : TextPattern.places(matcher.groupCount(), matcher::start, matcher::end);
        }

        @Override
        public Map<String, Integer> groups() {
            return pattern.namedGroups();
        }
    }
}
