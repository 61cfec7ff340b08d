package io.clicktrail.normalizer.mapping;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.function.IntUnaryOperator;
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

    /** The platform's for texts of at most 2,048 UTF-16 units. */
    record Bounded(java.util.regex.Pattern pattern, Linear linear) implements TextPattern {

        private static final int MAX_BACKTRACKED = 2048;

        static Bounded of(Pattern pattern) {
            return new Bounded(
                    java.util.regex.Pattern.compile(pattern.pattern().replace("(?P<", "(?<")), new Linear(pattern));
        }

        @Override
        public @Nullable String part(String text) {
            if (text.length() > MAX_BACKTRACKED) {
                return linear.part(text);
            }
            var matcher = pattern.matcher(text);
            return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
        }

        @Override
        public int @Nullable [] places(String text) {
            if (text.length() > MAX_BACKTRACKED) {
                return linear.places(text);
            }
            var matcher = pattern.matcher(text);
            if (!matcher.find()) {
                return null;
            }
            return TextPattern.places(matcher.groupCount(), matcher::start, matcher::end);
        }

        @Override
        public Map<String, Integer> groups() {
            return pattern.namedGroups();
        }
    }
}
