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

    private Fingerprint() {}

    static long of(@Nullable String text) {
        return text == null ? ABSENT : of(text, 0, text.length(), Letters.AS_IS);
    }

    /** Fingerprint of a path. */
    static long ofPath(@Nullable String path, Letters letters) {
        return path == null ? ABSENT : of(path, pathStart(path, letters), path.length(), letters);
    }

    /** Fingerprint of the last segment of a path. */
    static long ofName(@Nullable String path, Letters letters) {
        return path == null ? ABSENT : of(path, nameStart(path), path.length(), letters);
    }

    /** Fingerprint of the path of a file in the folder of another file. */
    static long ofSibling(String path, String name, Letters letters) {
        return finish(mix(
                mix(SEED, path, pathStart(path, letters), nameStart(path), letters), name, 0, name.length(), letters));
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
