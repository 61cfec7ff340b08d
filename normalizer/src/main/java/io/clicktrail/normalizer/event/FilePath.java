package io.clicktrail.normalizer.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file path taken apart.
 *
 * @param path the path without the stream suffix
 * @param name what comes after the last slash or backslash
 * @param extension lower case, without the dot; null where there is none
 * @param fork the alternate data stream, for example {@code Zone.Identifier}; null for the file itself
 */
public record FilePath(
        String path,
        String name,
        @Nullable String extension,
        @Nullable String fork) {

    private static final String DATA_STREAM = ":$DATA";

    public static FilePath of(String text) {
        String path =
                text.regionMatches(true, text.length() - DATA_STREAM.length(), DATA_STREAM, 0, DATA_STREAM.length())
                        ? text.substring(0, text.length() - DATA_STREAM.length())
                        : text;
        int slash = lastSlash(path);
        int colon = slash < 0 ? -1 : path.indexOf(':', slash + 1);
        String fork = colon < 0 || colon + 1 == path.length() ? null : path.substring(colon + 1);
        if (colon >= 0) {
            path = path.substring(0, colon);
        }
        String name = path.substring(slash + 1);
        return new FilePath(path, name, extension(name), fork);
    }

    /**
     * A path of Linux or macOS: only the slash divides, a colon and a backslash are letters like others, and there are
     * no streams.
     */
    public static FilePath posix(String text) {
        String name = text.substring(text.lastIndexOf('/') + 1);
        return new FilePath(text, name, extension(name), null);
    }

    /** A path of a host whose platform is not known: one of Linux or macOS begins with a slash. */
    public static FilePath ofHost(String text) {
        return text.startsWith("/") ? posix(text) : of(text);
    }

    /**
     * The file that a download from a URL is named after: the last part of the URL's path, or the whole URL where that
     * is empty.
     */
    public static FilePath ofUrl(String url) {
        int end = url.length();
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        FilePath path = posix(url.substring(0, end));
        return path.name().isEmpty() ? posix(url) : posix(path.name());
    }

    /** The file name of a path, or null where it is absent. */
    public static @Nullable String nameOf(@Nullable String path) {
        return path == null ? null : path.substring(lastSlash(path) + 1);
    }

    /**
     * The path of a file in a folder, where sources differ on whether the folder ends with the file's name; null
     * without both.
     */
    public static @Nullable String join(@Nullable String folder, @Nullable String name) {
        if (folder == null || name == null) {
            return folder == null ? name : folder;
        }
        int slash = lastSlash(folder);
        if (folder.length() - slash - 1 == name.length()
                && folder.regionMatches(true, slash + 1, name, 0, name.length())) {
            return folder;
        }
        if (slash == folder.length() - 1) {
            return folder + name;
        }
        return folder + (folder.indexOf('/') >= 0 && folder.indexOf('\\') < 0 ? '/' : '\\') + name;
    }

    private static int lastSlash(String path) {
        int at = path.length() - 1;
        while (at >= 0 && path.charAt(at) != '\\' && path.charAt(at) != '/') {
            at--;
        }
        return at;
    }

    private static @Nullable String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot + 1 == name.length()
                ? null
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
