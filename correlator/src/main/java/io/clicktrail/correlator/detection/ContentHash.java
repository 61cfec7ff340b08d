package io.clicktrail.correlator.detection;

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
import org.apache.avro.Schema;
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
        var content = RecordCopies.of(detection, new Detection());
        content.put(field(Detection.getClassSchema(), "revision"), 0);
        content.put(field(Detection.getClassSchema(), "change"), DetectionChange.CREATED);
        content.put(field(Detection.getClassSchema(), "content_hash"), "");
        content.put(
                field(Detection.getClassSchema(), "evidence"),
                detection.getEvidence().stream()
                        .map(ContentHash::withoutCoordinates)
                        .toList());
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
        var source = RecordCopies.of(placed.getEvidence().getEvent().getSource(), new Source());
        source.put(field(Source.getClassSchema(), "topic"), "");
        source.put(field(Source.getClassSchema(), "partition"), 0);
        source.put(field(Source.getClassSchema(), "offset"), 0L);
        source.put(field(Source.getClassSchema(), "index"), 0);
        var event = RecordCopies.of(placed.getEvidence().getEvent(), new Event());
        event.put(field(Event.getClassSchema(), "source"), source);
        var evidence = RecordCopies.of(placed.getEvidence(), new Evidence());
        evidence.put(field(Evidence.getClassSchema(), "event"), event);
        return new StageEvidence(placed.getStage(), evidence);
    }

    private static int field(Schema schema, String name) {
        return schema.getField(name).pos();
    }
}
