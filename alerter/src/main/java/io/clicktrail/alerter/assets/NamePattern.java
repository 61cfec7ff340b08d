package io.clicktrail.alerter.assets;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name, or a pattern of names: {@code srv-*}, {@code *.lab.example}, {@code *admin*}. Case does not matter.
 *
 * @param text not only stars; stars at the beginning or the end only
 */
public record NamePattern(String text) {

    private static final int MAX = 255;

    public NamePattern {
        text = text.strip().toLowerCase(Locale.ROOT);
        String fixed = fixed(text);
        if (fixed.isEmpty() || fixed.indexOf('*') >= 0 || text.length() > MAX) {
            throw new IllegalArgumentException("name is '" + text + "' but must be at most " + MAX
                    + " characters, with a * at its beginning or end where many are meant");
        }
    }

    /** Fails where an entry of the settings has no name. */
    static void require(@Nullable NamePattern name) {
        if (name == null) {
            throw new IllegalArgumentException("name is absent but must be given");
        }
    }

    /** True where a name matches. @param name in lower case */
    boolean fits(String name) {
        boolean anyBefore = text.startsWith("*");
        boolean anyAfter = text.endsWith("*");
        String fixed = fixed(text);
        if (anyBefore) {
            return anyAfter ? name.contains(fixed) : name.endsWith(fixed);
        }
        return anyAfter ? name.startsWith(fixed) : name.equals(fixed);
    }

    private static String fixed(String text) {
        int from = text.startsWith("*") ? 1 : 0;
        int to = text.endsWith("*") ? text.length() - 1 : text.length();
        return from < to ? text.substring(from, to) : "";
    }
}
