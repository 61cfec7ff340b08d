package io.clicktrail.normalizer.event;

import io.clicktrail.event.SignatureStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What sensors say of the signature of an image. */
public final class SignatureStatuses {

    private SignatureStatuses() {}

    private static final long CS_VALID = 0x1;
    private static final long CS_SIGNED = 0x20000000;

    /** CrowdStrike's SIGNATURE_FLAG_*: self-signed, test-signed, invalid chain, hash mismatch, failed check. */
    private static final long FALCON_INVALID = 1 | 1 << 2 | 1 << 10 | 1 << 11 | 1 << 14;

    private static final long FALCON_NONE = 1 << 9;

    /** A valid signature, or Apple's. */
    private static final long FALCON_VALID = 1 << 18 | 1 << 25;

    private static final long FALCON_EXPIRED = 1 << 28;
    private static final long FALCON_REVOKED = 1 << 29;

    /**
     * The status.
     *
     * @param signed whether there is a signature: {@code signed}, {@code true}; {@code unsigned}, {@code false}
     * @param verdict what became of its check: {@code verified}, {@code trusted}, {@code true}; {@code errorRevoked},
     *     {@code errorExpired} or another error; other words say nothing
     */
    public static SignatureStatus of(@Nullable String signed, @Nullable String verdict) {
        String check = lower(verdict);
        if (check.contains("revoked")) {
            return SignatureStatus.REVOKED;
        }
        if (check.contains("expired")) {
            return SignatureStatus.EXPIRED;
        }
        if (lower(signed).equals("unsigned") || lower(signed).equals("false") || check.equals("nosignature")) {
            return SignatureStatus.UNSIGNED;
        }
        return switch (check) {
            case "verified", "trusted", "true", "valid" -> SignatureStatus.VALID;
            case "" -> SignatureStatus.UNKNOWN;
            default -> check.startsWith("error") ? SignatureStatus.INVALID : SignatureStatus.UNKNOWN;
        };
    }

    /** The status by the flags of XNU's bsd/sys/codesign.h; unknown where there are none. */
    public static SignatureStatus ofAppleFlags(@Nullable Long flags) {
        if (flags == null) {
            return SignatureStatus.UNKNOWN;
        }
        if ((flags & (CS_SIGNED | CS_VALID)) == 0) {
            return SignatureStatus.UNSIGNED;
        }
        return (flags & CS_VALID) != 0 ? SignatureStatus.VALID : SignatureStatus.INVALID;
    }

    /**
     * The status by CrowdStrike's {@code SignInfoFlags}, whose bits CrowdStrike names in its community queries (Decode
     * SignInfoFlags); unknown where there are none.
     */
    public static SignatureStatus ofFalconFlags(@Nullable Long flags) {
        if (flags == null) {
            return SignatureStatus.UNKNOWN;
        }
        if ((flags & FALCON_REVOKED) != 0) {
            return SignatureStatus.REVOKED;
        }
        if ((flags & FALCON_VALID) != 0) {
            return SignatureStatus.VALID;
        }
        if ((flags & FALCON_EXPIRED) != 0) {
            return SignatureStatus.EXPIRED;
        }
        if ((flags & FALCON_INVALID) != 0) {
            return SignatureStatus.INVALID;
        }
        return (flags & FALCON_NONE) != 0 ? SignatureStatus.UNSIGNED : SignatureStatus.UNKNOWN;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
