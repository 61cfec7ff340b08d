package io.clicktrail.normalizer.mapping;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** The use of an operator's patterns on texts of bounded length. */
final class Patterns {

    /** The longest text that a pattern is tried on, UTF-16 units. */
    static final int MAX_TEXT = 64 << 10;

    private Patterns() {}

    /** The first group of the first match, or the match where the pattern has none; null where nothing matches. */
    static @Nullable String part(@Nullable Pattern pattern, @Nullable String text) {
        if (pattern == null || text == null || text.length() > MAX_TEXT) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    }
}
