package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.render.AlertJson;
import io.clicktrail.detection.Detection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Fingerprints of cases. */
final class Digest {

    /** What says who made the case and where its raw records lie, but not what it says; the draft's history is constant. */
    private static final Set<String> ORIGIN =
            Set.of("content_hash", "detection_hash", "detection_revision", "producer", "source");

    private Digest() {}

    /** SHA-256 over what the draft of a case says, hex. */
    static String content(Alert draft) {
        return HexFormat.of().formatHex(sha256(AlertJson.without(draft, ORIGIN)));
    }

    /** The group of a detection: the same for all chains of one device, analytic and tenant key; 32 hex digits. */
    static String dedupKey(String tenantId, Detection detection) {
        String group =
                String.join("|", tenantId, detection.getAnalyticId(), detection.getHost(), detection.getTenantKey());
        return HexFormat.of().formatHex(sha256(group), 0, 16);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
