package io.clicktrail.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serdes for state stores and repartition topics, which do not use the registry.
 *
 * <p>A value is in Avro's single-object encoding: the marker bytes C3 01, the CRC-64-AVRO fingerprint of the writer's
 * schema as 8 bytes little-endian, and the Avro binary. The {@link SchemaHistory} finds the writer's schema of an
 * earlier release by its fingerprint, and Avro resolves it to the current one, so state needs no migration. A
 * fingerprint that is not in the history is an error: state of a newer release can't be read.
 *
 * <p>Cost: 10 bytes per value, and one map lookup to read it. Resolvers are built once per thread and writer's schema.
 *
 * <p>Source: <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro specification,
 * single-object encoding</a>.
 */
public final class StateSerdes implements AvroSerdes {

    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 0x01;
    private static final int HEADER_BYTES = 10;

    /** Serdes have no state; finding the fingerprints of a type takes milliseconds, so it is done once a process. */
    private static final Map<Class<?>, Serde<?>> KNOWN = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked") // each type has the serde of its own
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return (Serde<T>) KNOWN.computeIfAbsent(type, absent -> serde(type));
    }

    private static <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        var body = new AvroBody<>(type);
        return Serdes.serdeFrom(new Writer<>(body), new Reader<>(body, SchemaHistory.of(body.schema())));
    }

    private record Writer<T extends SpecificRecord>(AvroBody<T> body, byte[] header) implements Serializer<T> {

        Writer(AvroBody<T> body) {
            this(
                    body,
                    ByteBuffer.allocate(HEADER_BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put(MARKER_0)
                            .put(MARKER_1)
                            .putLong(SchemaNormalization.parsingFingerprint64(body.schema()))
                            .array());
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return value == null ? null : body.write(header, value);
        }
    }

    private record Reader<T extends SpecificRecord>(AvroBody<T> body, SchemaHistory history)
            implements Deserializer<T> {

        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            if (bytes.length < HEADER_BYTES || bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
                throw new SerializationException(
                        "State of " + topic + " (" + bytes.length + " bytes) has no single-object header");
            }
            long fingerprint =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
            var written = history.byFingerprint(fingerprint);
            if (written == null) {
                throw new SerializationException(
                        "State of " + topic + " was written with a schema that this release does not know, fingerprint "
                                + Long.toHexString(fingerprint));
            }
            return body.read(fingerprint, written, bytes, HEADER_BYTES);
        }
    }
}
