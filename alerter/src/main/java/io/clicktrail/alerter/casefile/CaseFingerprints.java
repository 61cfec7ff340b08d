package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Detection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** SHA-256 over the content of a case, which shows whether a revision says anything new. */
final class CaseFingerprints {

    /**
     * Fields that say who made the case and where its raw records are, but not what it says; the draft's history is
     * constant.
     */
    private static final Set<String> ORIGIN = Set.of(
            "content_hash", "detection_hash", "detection_revision", "producer", "source", "routing", "ingest_lag_ms");

    /** Positions of a record's fields that are part of the content. */
    private static final ClassValue<int[]> COUNTING = new ClassValue<>() {
        @Override
        protected int[] computeValue(Class<?> type) {
            return SpecificData.get().getSchema(type).getFields().stream()
                    .filter(field -> !ORIGIN.contains(field.name()))
                    .mapToInt(Schema.Field::pos)
                    .toArray();
        }
    };

    private static final int USUAL_BYTES = 32 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);

    private CaseFingerprints() {}

    /** SHA-256 over what the draft of a case says, hex. */
    static String content(Alert draft) {
        var digest = new CaseFingerprints();
        digest.add(draft);
        MessageDigest sha256 = sha256();
        sha256.update(digest.bytes.flip());
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** First 16 hex digits of the SHA-256 of a text. */
    static String shortOf(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    /** The group of a detection: the same for all chains of one device, analytic and tenant key; 32 hex digits. */
    static String dedupKey(String tenantId, Detection detection) {
        String group =
                String.join("|", tenantId, detection.getAnalyticId(), detection.getHost(), detection.getTenantKey());
        return HexFormat.of().formatHex(sha256().digest(group.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /**
     * Adds a value: texts and lists with their length, an absent value as -1, so that no two contents have the same
     * bytes.
     */
    private void add(@Nullable Object value) {
        switch (value) {
            case null -> number(-1);
            case String text -> text(text);
            case Integer number -> number(number);
            case Long number -> number(number);
            case Boolean flag -> number(flag ? 1 : 0);
            case Instant time -> {
                number(time.getEpochSecond());
                number(time.getNano());
            }
            case Enum<?> symbol -> text(symbol.name());
            case List<?> list -> {
                number(list.size());
                for (Object item : list) {
                    add(item);
                }
            }
            case SpecificRecord record -> {
                number(-2);
                for (int position : COUNTING.get(record.getClass())) {
                    add(record.get(position));
                }
            }
            default -> throw new IllegalStateException("no fingerprint for " + value.getClass());
        }
    }

    private void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        room(encoded.length).put(encoded);
    }

    private void number(long number) {
        room(Long.BYTES).putLong(number);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(2 * (bytes.position() + more)).put(bytes.flip());
        }
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
