package io.clicktrail.correlator.chain;

import io.clicktrail.event.Platform;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits in place of a text that is only ever compared: a user, a path, a process identity. 0 is an absent text.
 *
 * <p>Equal texts always have equal fingerprints, so no link is ever lost by them. Two texts that were made to collide
 * could only add a link, on the attacker's own host.
 */
final class Fingerprint {

    static final long ABSENT = 0;

    private static final long SEED = 0x51A7_C0DE_0DE7_0066L;
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private static final String PRIVATE = "/private/";

    private static final String ZIP = ".zip";

    /** Kinds of archives that archive tools unpack to a folder of their name, longer endings first. */
    private static final String[] ARCHIVES = {
        ".tar.bz2", ".tar.zst", ".tar.gz", ".tar.xz", ".tbz2", ".tgz", ".txz", ".tar", ".rar", ".iso", ".cab", ".7z"
    };

    private Fingerprint() {}

    static long of(@Nullable String text) {
        return text == null ? ABSENT : of(text, 0, text.length(), Letters.AS_IS);
    }

    /** Fingerprint of a path. */
    static long ofPath(@Nullable String path, Letters letters) {
        return path == null ? ABSENT : ofFile(path, pathStart(path, letters), letters);
    }

    /** Fingerprint of the last segment of a path. */
    static long ofName(@Nullable String path, Letters letters) {
        return path == null ? ABSENT : ofFile(path, nameStart(path), letters);
    }

    /** Fingerprint of the path of a file in the folder of another file. */
    static long ofSibling(String path, String name, Letters letters) {
        return finish(mixName(mix(SEED, path, pathStart(path, letters), nameStart(path), letters), name, 0, letters));
    }

    private static long ofFile(String path, int from, Letters letters) {
        return path.length() == from ? ABSENT : finish(mixName(SEED, path, from, letters));
    }

    /**
     * Archives that differ only in their kind are the same: {@code a.7z} and {@code a.zip} are both unpacked to a
     * folder {@code a}, and often no log names the archive that the folder came from.
     */
    private static long mixName(long hash, String path, int from, Letters letters) {
        for (String ending : ARCHIVES) {
            int at = path.length() - ending.length();
            if (at > from && path.regionMatches(true, at, ending, 0, ending.length())) {
                return mix(mix(hash, path, from, at, letters), ZIP, 0, ZIP.length(), letters);
            }
        }
        return mix(hash, path, from, path.length(), letters);
    }

    /** On macOS {@code /tmp} and {@code /var} are links to the folders of that name in {@code /private}. */
    private static int pathStart(String path, Letters letters) {
        return letters == Letters.FOLDED_ON_MACOS && path.regionMatches(true, 0, PRIVATE, 0, PRIVATE.length())
                ? PRIVATE.length() - 1
                : 0;
    }

    private static int nameStart(String path) {
        return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
    }

    private static long of(String text, int from, int to, Letters letters) {
        return to == from ? ABSENT : finish(mix(SEED, text, from, to, letters));
    }

    private static long mix(long hash, String text, int from, int to, Letters letters) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (letters != Letters.AS_IS) {
                c = c == '/'
                        ? '\\'
                        : c < 0x80 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
            }
            hash = (hash ^ c) * STEP;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** Finalizer of MurmurHash3. */
    private static long finish(long hash) {
        hash ^= hash >>> 33;
        hash *= 0xFF51_AFD7_ED55_8CCDL;
        hash ^= hash >>> 33;
        hash *= 0xC4CE_B9FE_1A85_EC53L;
        hash ^= hash >>> 33;
        return hash == ABSENT ? 1 : hash;
    }

    /** Whether letters of different case, and the two slashes, are the same in a path. */
    enum Letters {
        AS_IS,
        FOLDED,
        FOLDED_ON_MACOS;

        static Letters of(Platform platform) {
            return switch (platform) {
                case LINUX -> AS_IS;
                case WINDOWS, UNKNOWN -> FOLDED;
                case MACOS -> FOLDED_ON_MACOS;
            };
        }
    }
}
