package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a {@code Zone.Identifier} stream, the Mark of the Web: {@code [ZoneTransfer]}, then {@code ZoneId=3},
 * {@code ReferrerUrl=..} and {@code HostUrl=..} on lines of their own, or with blanks where a collector flattened them.
 *
 * @param zoneId 0 to 4
 * @param hostUrl where the file came from; browsers that hide it write {@code about:internet}, which says nothing and
 *     is absent
 * @param referrerUrl the page that led there
 */
record ZoneTransfer(
        @Nullable Integer zoneId,
        @Nullable String hostUrl,
        @Nullable String referrerUrl) {

    /** Null where the contents are no mark. */
    static @Nullable ZoneTransfer of(@Nullable String contents) {
        if (contents == null || !contents.contains("[ZoneTransfer]")) {
            return null;
        }
        boolean hasLines = contents.strip().indexOf('\n') >= 0;
        return new ZoneTransfer(
                Numbers.within(value(contents, "ZoneId=", hasLines), 4),
                url(value(contents, "HostUrl=", hasLines)),
                url(value(contents, "ReferrerUrl=", hasLines)));
    }

    /** The value after a name that begins a word, so that no URL can smuggle in a name of its own. */
    private static @Nullable String value(String contents, String name, boolean hasLines) {
        for (int at = contents.indexOf(name); at >= 0; at = contents.indexOf(name, at + 1)) {
            if (at > 0 && !isBreak(contents.charAt(at - 1), hasLines) && contents.charAt(at - 1) != ']') {
                continue;
            }
            int from = at + name.length();
            int to = from;
            while (to < contents.length() && !isBreak(contents.charAt(to), hasLines)) {
                to++;
            }
            return contents.substring(from, to).strip();
        }
        return null;
    }

    private static boolean isBreak(char c, boolean hasLines) {
        return hasLines ? c == '\n' || c == '\r' : c <= ' ';
    }

    private static @Nullable String url(@Nullable String value) {
        return value == null || value.startsWith("about:") ? null : Placeholders.absent(value);
    }
}
