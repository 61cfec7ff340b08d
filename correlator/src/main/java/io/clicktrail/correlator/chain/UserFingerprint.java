package io.clicktrail.correlator.chain;

import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of accounts. One account has several names: {@code domain\\ada} to Windows, {@code ada} to a proxy, its
 * UPN to a mail gateway, the uid 501 to macOS. Nothing says that a uid and a login name are of different people, so
 * fingerprints of different kinds are not compared. The kind is in the two lowest bits.
 */
final class UserFingerprint {

    private static final long KIND = 3;
    private static final long LOGIN = 1;
    private static final long UPN = 2;
    private static final long ID = 3;

    private static final String SID = "s-1-";

    private UserFingerprint() {}

    /** @param key canonical key of an account in lower case: {@code domain\\name}, UPN, name, SID or uid */
    static long of(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            return Fingerprint.ABSENT;
        }
        int domain = key.lastIndexOf('\\');
        if (domain >= 0) {
            return with(key.substring(domain + 1), LOGIN);
        }
        return with(key, key.indexOf('@') > 0 ? UPN : key.startsWith(SID) || isNumber(key) ? ID : LOGIN);
    }

    private static long with(String name, long kind) {
        return Fingerprint.of(name) & ~KIND | kind;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether both are known and of one kind, and are not the same. */
    static boolean areDifferent(long a, long b) {
        return a != b && a != Fingerprint.ABSENT && b != Fingerprint.ABSENT && (a & KIND) == (b & KIND);
    }
}
