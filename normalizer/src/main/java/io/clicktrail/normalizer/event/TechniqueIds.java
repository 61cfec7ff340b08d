package io.clicktrail.normalizer.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ATT&amp;CK techniques (attack.mitre.org) that a product names in free text. */
public final class TechniqueIds {

    private static final int MAX_TECHNIQUES = 16;
    private static final int DIGITS = 4;
    private static final int SUB_DIGITS = 3;

    private TechniqueIds() {}

    /** The ids {@code T1204} or {@code T1204.001} in a text, in order, each once, at most 16. */
    public static List<String> in(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<String> found = new ArrayList<>(4);
        for (int at = text.indexOf('T'); at >= 0 && found.size() < MAX_TECHNIQUES; at = text.indexOf('T', at + 1)) {
            int end = at + 1 + DIGITS;
            boolean isWordStart = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (!isWordStart || !areDigits(text, at + 1, end)) {
                continue;
            }
            boolean hasSub =
                    end < text.length() && text.charAt(end) == '.' && areDigits(text, end + 1, end + 1 + SUB_DIGITS);
            String id = text.substring(at, hasSub ? end + 1 + SUB_DIGITS : end);
            if (!found.contains(id)) {
                found.add(id);
            }
        }
        return found;
    }

    private static boolean areDigits(String text, int from, int to) {
        if (to > text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to == text.length() || text.charAt(to) < '0' || text.charAt(to) > '9';
    }
}
