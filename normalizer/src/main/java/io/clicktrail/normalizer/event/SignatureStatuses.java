package io.clicktrail.normalizer.event;

import io.clicktrail.event.SignatureStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What sensors say of the signature of an image. */
public final class SignatureStatuses {

    private SignatureStatuses() {}

    /**
     * The status.
     *
     * @param signed whether there is a signature: {@code signed}, {@code true}; {@code unsigned}, {@code false}
     * @param verdict what became of its check: {@code verified}, {@code trusted}, {@code true}; {@code errorRevoked},
     *     {@code errorExpired} or another error; other words say nothing
     */
    public static SignatureStatus of(@Nullable String signed, @Nullable String verdict) {
        String check = lower(verdict);
        if (lower(signed).equals("unsigned") || lower(signed).equals("false") || check.equals("nosignature")) {
            return SignatureStatus.UNSIGNED;
        }
        if (check.contains("revoked")) {
            return SignatureStatus.REVOKED;
        }
        if (check.contains("expired")) {
            return SignatureStatus.EXPIRED;
        }
        return switch (check) {
            case "verified", "trusted", "true", "valid" -> SignatureStatus.VALID;
            case "" -> SignatureStatus.UNKNOWN;
            default -> check.startsWith("error") ? SignatureStatus.INVALID : SignatureStatus.UNKNOWN;
        };
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
