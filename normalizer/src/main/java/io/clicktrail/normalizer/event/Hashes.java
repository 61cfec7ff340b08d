package io.clicktrail.normalizer.event;

import io.clicktrail.event.Hash;
import io.clicktrail.normalizer.text.Swar;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hashes in lower-case hex; what is not hex of the right length is absent. */
public final class Hashes {

    private Hashes() {}

    /** The hashes of a list such as {@code SHA1=..,MD5=..,SHA256=..,IMPHASH=..}; null where there are none. */
    public static @Nullable Hash ofList(@Nullable String list) {
        if (list == null) {
            return null;
        }
        String md5 = null;
        String sha1 = null;
        String sha256 = null;
        int from = 0;
        while (from < list.length()) {
            int comma = list.indexOf(',', from);
            int end = comma < 0 ? list.length() : comma;
            int equals = list.indexOf('=', from);
            if (equals > 0 && equals < end) {
                if (isNamed(list, from, equals, "MD5")) {
                    md5 = hex(list, equals + 1, end, 32);
                } else if (isNamed(list, from, equals, "SHA1")) {
                    sha1 = hex(list, equals + 1, end, 40);
                } else if (isNamed(list, from, equals, "SHA256")) {
                    sha256 = hex(list, equals + 1, end, 64);
                }
            }
            from = end + 1;
        }
        return build(md5, sha1, sha256);
    }

    /** The hashes of their texts; null where there are none. */
    public static @Nullable Hash of(@Nullable String md5, @Nullable String sha1, @Nullable String sha256) {
        return build(hex(md5, 32), hex(sha1, 40), hex(sha256, 64));
    }

    /** The hash of a hex text, whose algorithm follows from its length; null where it is none. */
    public static @Nullable Hash ofAny(@Nullable String text) {
        return of(text, text, text);
    }

    private static @Nullable Hash build(@Nullable String md5, @Nullable String sha1, @Nullable String sha256) {
        return md5 == null && sha1 == null && sha256 == null ? null : new Hash(md5, sha1, sha256);
    }

    private static boolean isNamed(String list, int from, int equals, String name) {
        return equals - from == name.length() && list.regionMatches(true, from, name, 0, name.length());
    }

    private static @Nullable String hex(@Nullable String text, int length) {
        return text == null || text.length() != length ? null : hex(text, 0, length, length);
    }

    private static @Nullable String hex(String text, int from, int to, int length) {
        if (to - from != length) {
            return null;
        }
        byte[] digits = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        return Swar.toLowerHex(digits) ? new String(digits, StandardCharsets.ISO_8859_1) : null;
    }
}
