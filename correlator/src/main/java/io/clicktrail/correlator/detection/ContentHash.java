package io.clicktrail.correlator.detection;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.RecordCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * SHA-256 over the Avro binary of a detection, with everything blank that two deliveries of the same logs may differ
 * in: revision, change and the coordinates of raw records.
 */
final class ContentHash {

    private ContentHash() {}

    /** The hash of a detection, whatever its own field for the hash holds. */
    static String of(Detection detection) {
        var content = RecordCopy.of(detection)
                .set("revision", 0)
                .set("change", DetectionChange.CREATED)
                .set("content_hash", "")
                .set(
                        "evidence",
                        detection.getEvidence().stream()
                                .map(placed ->
                                        new StageEvidence(placed.getStage(), withoutCoordinates(placed.getEvidence())))
                                .toList())
                .set(
                        "nearby_clicks",
                        detection.getNearbyClicks().stream()
                                .map(ContentHash::withoutCoordinates)
                                .toList())
                .build();
        try {
            var bytes = new ByteArrayOutputStream(4096);
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new SpecificDatumWriter<>(Detection.class).write(content, encoder);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Evidence withoutCoordinates(Evidence evidence) {
        var event = evidence.getEvent();
        var source = RecordCopy.of(event.getSource())
                .set("topic", "")
                .set("partition", 0)
                .set("offset", 0L)
                .set("index", 0)
                .build();
        return RecordCopy.of(evidence)
                .set("event", RecordCopy.of(event).set("source", source).build())
                .build();
    }
}
