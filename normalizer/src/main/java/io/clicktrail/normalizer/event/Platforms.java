package io.clicktrail.normalizer.event;

import io.clicktrail.event.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operating systems by the names that sensors give them, and by paths that only one of them has. */
public final class Platforms {

    private static final Set<String> MACOS_ROOTS =
            Set.of("Applications", "System", "Users", "Library", "private", "Volumes");
    private static final Set<String> LINUX_ROOTS =
            Set.of("home", "root", "proc", "snap", "lib", "lib64", "run", "mnt", "media", "srv");
    private static final String HOMEBREW = "/opt/homebrew/";
    private static final List<String> LINUX_FOLDERS =
            List.of("/usr/lib/", "/usr/share/", "/usr/games/", "/opt/google/", "/opt/microsoft/");

    private Platforms() {}

    /** The platform of a name such as {@code Windows11}, {@code Win}, {@code Mac} or {@code linux}. */
    public static Platform named(@Nullable String name) {
        if (name == null) {
            return Platform.UNKNOWN;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("win")) {
            return Platform.WINDOWS;
        }
        if (lower.startsWith("mac") || lower.startsWith("osx") || lower.startsWith("os x") || lower.equals("darwin")) {
            return Platform.MACOS;
        }
        return lower.startsWith("lin") ? Platform.LINUX : Platform.UNKNOWN;
    }

    /** The platform that can have a path; UNKNOWN where several can have it, such as {@code /usr/bin/curl}. */
    public static Platform ofPath(@Nullable String path) {
        if (path == null || path.length() < 2) {
            return Platform.UNKNOWN;
        }
        if (path.charAt(0) == '\\' || (path.charAt(1) == ':' && isLetter(path.charAt(0)))) {
            return Platform.WINDOWS;
        }
        int end = path.charAt(0) == '/' ? path.indexOf('/', 1) : -1;
        if (end < 0) {
            return Platform.UNKNOWN;
        }
        String first = path.substring(1, end);
        if (MACOS_ROOTS.contains(first) || path.startsWith(HOMEBREW)) {
            return Platform.MACOS;
        }
        return LINUX_ROOTS.contains(first) || LINUX_FOLDERS.stream().anyMatch(path::startsWith)
                ? Platform.LINUX
                : Platform.UNKNOWN;
    }

    /** The platform of the first path that only one can have; UNKNOWN where there is none. */
    static Platform ofPaths(@Nullable String... paths) {
        for (String path : paths) {
            Platform platform = ofPath(path);
            if (platform != Platform.UNKNOWN) {
                return platform;
            }
        }
        return Platform.UNKNOWN;
    }

    private static boolean isLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
