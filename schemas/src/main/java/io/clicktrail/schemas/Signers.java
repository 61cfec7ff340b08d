package io.clicktrail.schemas;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.Evidence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who signed the programs that evidence shows. */
public final class Signers {

    private static final int MAX_SIGNER = 200;

    private Signers() {}

    /**
     * The signer of a program in a user path that ran: {@code team EQHXZ8M8AV} or {@code subject contoso ltd}; null
     * where there is none. A signature that the sensor calls broken names nobody.
     */
    public static @Nullable String of(Evidence evidence) {
        boolean isOwn = evidence.getProcess() != null && evidence.getProcess().getImageUserWritable();
        @Nullable
        CodeSignature signature = !isOwn || evidence.getEvent().getProcess() == null
                ? null
                : evidence.getEvent().getProcess().getCodeSignature();
        if (signature == null
                || signature.getStatus() == SignatureStatus.INVALID
                || signature.getStatus() == SignatureStatus.UNSIGNED) {
            return null;
        }
        if (signature.getTeamId() != null) {
            return clipped("team " + signature.getTeamId());
        }
        return signature.getSubjectName() == null
                ? null
                : clipped("subject " + signature.getSubjectName().toLowerCase(Locale.ROOT));
    }

    private static String clipped(String signer) {
        return signer.substring(0, Math.min(MAX_SIGNER, signer.length()));
    }
}
