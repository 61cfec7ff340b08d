package io.clicktrail.enricher.file;

import io.clicktrail.evidence.ExtensionClass;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a file's name: its extension, a second extension or hidden characters that deceive, and the final
 * name of a download that a browser still writes under a temporary one.
 */
public final class FileNames {

    private static final String[] TEMPORARY = {".crdownload", ".opdownload", ".partial", ".part", ".download"};
    private static final String[] TEMPORARY_PREFIXES = {".com.google.chrome.", ".org.chromium.chromium.", "unconfirmed "
    };
    private static final String SAFARI_FOLDER = ".download";

    /** The first name of a download in Chrome and Edge: a GUID. */
    private static final Pattern CHROME_NAME =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.tmp");

    /** The name that Firefox makes up: eight letters, digits, pluses or minuses, and the extension of the file. */
    private static final Pattern FIREFOX_NAME = Pattern.compile("[A-Za-z0-9_+-]{8}(\\.[A-Za-z0-9.]{1,24})?\\.part");

    /** Since version 98 Firefox puts eight such letters between the name of the file and its extension. */
    private static final Pattern FIREFOX_PART =
            Pattern.compile("(.{1,200})\\.([A-Za-z0-9_+-]{8})(\\.[A-Za-z0-9]{1,24})");

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

    /**
     * True for the path that a browser gives an unfinished download: by its name, or below the folder {@code
     * X.download} in which Safari writes {@code X}.
     */
    public static boolean isTemporaryPath(String path) {
        return isTemporary(ofPath(path)) || isInDownloadFolder(path);
    }

    /** True for {@code X.download/X}. */
    static boolean isInDownloadFolder(String path) {
        String name = ofPath(path);
        String folder = name + SAFARI_FOLDER;
        int from = path.length() - name.length() - 1 - folder.length();
        return from > 0 && path.startsWith(folder + "/", from) && path.charAt(from - 1) == '/';
    }

    /**
     * The extension that an unfinished download will have; null where its name does not say, as {@code Unconfirmed
     * 12.crdownload} does not.
     */
    static @Nullable String promisedExtension(String temporary) {
        String lower = temporary.toLowerCase(Locale.ROOT);
        for (String prefix : TEMPORARY_PREFIXES) {
            if (lower.startsWith(prefix)) {
                return null;
            }
        }
        for (String suffix : TEMPORARY) {
            if (lower.endsWith(suffix)) {
                return extension(temporary.substring(0, temporary.length() - suffix.length()));
            }
        }
        return null;
    }

    /** True for the name that a browser gives an unfinished download. */
    public static boolean isTemporary(String name) {
        for (String suffix : TEMPORARY) {
            int at = name.length() - suffix.length();
            if (at > 0 && name.regionMatches(true, at, suffix, 0, suffix.length())) {
                return true;
            }
        }
        return startsWith(name, TEMPORARY_PREFIXES[0])
                || startsWith(name, TEMPORARY_PREFIXES[1])
                || CHROME_NAME.matcher(name).matches();
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /**
     * The name that a temporary name will be changed to; null where it is unknown, as for {@code Unconfirmed
     * 12.crdownload} and {@code k3TgX0Za.exe.part}.
     */
    public static @Nullable String finalName(String temporary) {
        if (looksRandom(temporary)) {
            return null;
        }
        String lower = temporary.toLowerCase(Locale.ROOT);
        for (String prefix : TEMPORARY_PREFIXES) {
            if (lower.startsWith(prefix)) {
                return null;
            }
        }
        for (String suffix : TEMPORARY) {
            if (lower.endsWith(suffix)) {
                String name = temporary.substring(0, temporary.length() - suffix.length());
                return extension(name) == null ? null : withoutRandom(name);
            }
        }
        return null;
    }

    /** Firefox's names hold capitals among small letters, or digits; people's names of eight letters seldom do. */
    private static boolean looksRandom(String temporary) {
        if (!FIREFOX_NAME.matcher(temporary).matches()) {
            return false;
        }
        return isMixed(temporary);
    }

    /** {@code setup.exe} for {@code setup.k3TgX0Za.exe}. */
    private static String withoutRandom(String name) {
        var parts = FIREFOX_PART.matcher(name);
        return parts.matches() && isMixed(parts.group(2)) ? parts.group(1) + parts.group(3) : name;
    }

    private static boolean isMixed(String text) {
        boolean isMixed = false;
        for (int i = 1; i < 8; i++) {
            char c = text.charAt(i);
            isMixed |= Character.isUpperCase(c) || Character.isDigit(c);
        }
        return isMixed;
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
