package io.clicktrail.schemas;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serdes in the Confluent wire format: a zero byte, the schema's id as four bytes big-endian, Avro binary. The subject
 * of a topic is {@code <topic>-value}.
 *
 * <p>Source: <a
 * href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 * Confluent, wire format</a>.
 */
public final class RegistrySerdes implements AvroSerdes {

    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    public RegistrySerdes(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        var body = new AvroBody<>(type);
        return Serdes.serdeFrom(new Writer<>(body), new Reader<>(body));
    }

    /** Without {@code computeIfAbsent}: a slow lookup of one id must not block the others. */
    private Schema schemaOf(int id) {
        var known = schemas.get(id);
        if (known == null) {
            known = registry.schemaOf(id);
            schemas.put(id, known);
        }
        return known;
    }

    private final class Writer<T extends SpecificRecord> implements Serializer<T> {

        private final AvroBody<T> body;
        private final Map<String, byte[]> headersByTopic = new ConcurrentHashMap<>();

        Writer(AvroBody<T> body) {
            this.body = body;
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return value == null ? null : body.write(headerFor(topic), value);
        }

        private byte[] headerFor(String topic) {
            var known = headersByTopic.get(topic);
            if (known == null) {
                int id = registry.idOf(topic + "-value", PlainSchema.of(body.schema()));
                known = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array();
                headersByTopic.put(topic, known);
            }
            return known;
        }
    }

    private final class Reader<T extends SpecificRecord> implements Deserializer<T> {

        private final AvroBody<T> body;

        Reader(AvroBody<T> body) {
            this.body = body;
        }

        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            if (bytes.length < HEADER_BYTES) {
                throw new SerializationException(
                        "Record of topic " + topic + " has " + bytes.length + " bytes, too few for a schema id");
            }
            if (bytes[0] != MAGIC) {
                throw new SerializationException("Record of topic " + topic + " starts with byte " + bytes[0]
                        + ", not with the 0 of the Confluent wire format");
            }
            int id = ByteBuffer.wrap(bytes).getInt(1);
            return body.read(id, schemaOf(id), bytes, HEADER_BYTES);
        }
    }
}
