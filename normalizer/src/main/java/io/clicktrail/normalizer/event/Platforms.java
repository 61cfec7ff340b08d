package io.clicktrail.normalizer.event;

import io.clicktrail.event.Platform;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Operating systems by the names that sensors give them, and by paths that only one of them has. */
public final class Platforms {

    private static final String[] MACOS_ROOTS = {
        "/Applications/", "/System/", "/Users/", "/Library/", "/private/", "/Volumes/", "/opt/homebrew/"
    };
    private static final String[] LINUX_ROOTS = {
        "/home/",
        "/root/",
        "/proc/",
        "/snap/",
        "/lib/",
        "/lib64/",
        "/usr/lib/x86_64-linux-gnu/",
        "/run/",
        "/mnt/",
        "/media/",
        "/srv/"
    };

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

    /** The platform on which a path can stand; UNKNOWN where several can have it, such as {@code /usr/bin/curl}. */
    public static Platform ofPath(@Nullable String path) {
        if (path == null || path.length() < 2) {
            return Platform.UNKNOWN;
        }
        if (path.charAt(0) == '\\' || (path.charAt(1) == ':' && isLetter(path.charAt(0)))) {
            return Platform.WINDOWS;
        }
        if (startsWithAny(path, MACOS_ROOTS)) {
            return Platform.MACOS;
        }
        return startsWithAny(path, LINUX_ROOTS) ? Platform.LINUX : Platform.UNKNOWN;
    }

    private static boolean startsWithAny(String path, String[] roots) {
        for (String root : roots) {
            if (path.startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
