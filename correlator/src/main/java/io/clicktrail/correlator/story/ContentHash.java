package io.clicktrail.correlator.story;

import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Event;
import io.clicktrail.event.Source;
import io.clicktrail.evidence.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * SHA-256 over the Avro binary of a detection, with everything blank that two deliveries of the same logs may differ in: revision,
 * change and the coordinates of raw records.
 */
final class ContentHash {

    private ContentHash() {}

    static String of(Detection detection) {
        var content = Detection.newBuilder(detection)
                .setRevision(0)
                .setChange(DetectionChange.CREATED)
                .setContentHash("")
                .setEvidence(detection.getEvidence().stream()
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

    private static StageEvidence withoutCoordinates(StageEvidence placed) {
        var evidence = placed.getEvidence();
        var event = evidence.getEvent();
        var source = Source.newBuilder(event.getSource())
                .setTopic("")
                .setPartition(0)
                .setOffset(0)
                .setIndex(0)
                .build();
        return new StageEvidence(
                placed.getStage(),
                Evidence.newBuilder(evidence)
                        .setEvent(Event.newBuilder(event).setSource(source).build())
                        .build());
    }
}
