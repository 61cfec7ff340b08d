package io.clicktrail.enricher.file;

import io.clicktrail.evidence.ExtensionClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file's name says, and what it only pretends. */
public final class FileNames {

    private static final String[] TEMPORARY = {".crdownload", ".opdownload", ".partial", ".part", ".download"};
    private static final String[] TEMPORARY_PREFIXES = {".com.google.chrome.", ".org.chromium.chromium.", "unconfirmed "
    };
    private static final int MAX_EXTENSION = 24;

    private FileNames() {}

    /** The last part of a path with either separator. */
    public static String ofPath(String path) {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }

    /** The extension in lower case without its dot, blanks and dots after it ignored; null where there is none. */
    public static @Nullable String extension(String name) {
        int end = visibleEnd(name);
        int dot = name.lastIndexOf('.', end - 1);
        if (dot < 0 || dot == end - 1 || end - dot - 1 > MAX_EXTENSION) {
            return null;
        }
        return name.substring(dot + 1, end).toLowerCase(Locale.ROOT);
    }

    /** The extension of the last segment of a URL's path; null where it has none. */
    public static @Nullable String extensionOfUrl(String url) {
        int begin = url.indexOf("://");
        int path = url.indexOf('/', begin < 0 ? 0 : begin + 3);
        if (path < 0) {
            return null;
        }
        int end = path;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return extension(url.substring(url.lastIndexOf('/', end - 1) + 1, end));
    }

    /** True for the name that a browser gives an unfinished download. */
    public static boolean isTemporary(String name) {
        for (String suffix : TEMPORARY) {
            int at = name.length() - suffix.length();
            if (at > 0 && name.regionMatches(true, at, suffix, 0, suffix.length())) {
                return true;
            }
        }
        return startsWith(name, TEMPORARY_PREFIXES[0]) || startsWith(name, TEMPORARY_PREFIXES[1]);
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /**
     * The name that a temporary name will be changed to; null where it is unknown, as for {@code Unconfirmed
     * 12.crdownload}.
     */
    public static @Nullable String finalName(String temporary) {
        String lower = temporary.toLowerCase(Locale.ROOT);
        for (String prefix : TEMPORARY_PREFIXES) {
            if (lower.startsWith(prefix)) {
                return null;
            }
        }
        for (String suffix : TEMPORARY) {
            if (lower.endsWith(suffix)) {
                String name = temporary.substring(0, temporary.length() - suffix.length());
                return extension(name) == null ? null : name;
            }
        }
        return null;
    }

    /**
     * True for a name made to be misread: text direction overrides, blanks or dots after the extension or long blanks
     * before it, or a document's extension before one that runs.
     */
    public static boolean isDeceptive(String name, Extensions extensions) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F) {
                return true;
            }
        }
        int end = visibleEnd(name);
        int dot = name.lastIndexOf('.', end - 1);
        if (dot <= 0 || dot == end - 1) {
            return false;
        }
        if (end < name.length() && !name.substring(end).isEmpty()) {
            return true;
        }
        if (!runs(extensions, name.substring(dot + 1, end))) {
            return false;
        }
        if (dot >= 3 && name.startsWith("   ", dot - 3)) {
            return true;
        }
        String before = extension(name.substring(0, dot));
        return before != null && pretends(extensions, before);
    }

    private static boolean runs(Extensions extensions, String extension) {
        return switch (extensions.classOf(extension.toLowerCase(Locale.ROOT))) {
            case EXECUTABLE, SCRIPT, SHORTCUT -> true;
            case NONE, DOCUMENT, CONTAINER, OTHER -> false;
        };
    }

    private static boolean pretends(Extensions extensions, String extension) {
        ExtensionClass before = extensions.classOf(extension);
        return before == ExtensionClass.DOCUMENT || before == ExtensionClass.OTHER && extensions.isKnown(extension);
    }

    private static int visibleEnd(String name) {
        int end = name.length();
        while (end > 0
                && (name.charAt(end - 1) == ' ' || name.charAt(end - 1) == '.' || name.charAt(end - 1) == 0xA0)) {
            end--;
        }
        return end;
    }
}
