package io.clicktrail.schemas;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
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

    /** How long an id that the registry does not know is not asked for again; it may be registered a moment later. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** Most unknown ids that are remembered; made-up ids of a flood of records must not fill the memory. */
    private static final int MAX_UNKNOWN = 1_000;

    private final SchemaRegistry registry;
    private final LongSupplier nanoTime;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknown = new ConcurrentHashMap<>();

    public RegistrySerdes(SchemaRegistry registry) {
        this(registry, System::nanoTime);
    }

    /** @param nanoTime a clock as {@link System#nanoTime} */
    RegistrySerdes(SchemaRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
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
            requireNotUnknown(id);
            try {
                known = registry.schemaOf(id);
            } catch (RegistryException e) {
                throw e;
            } catch (SerializationException e) {
                if (unknown.size() >= MAX_UNKNOWN) {
                    unknown.clear();
                }
                unknown.put(id, nanoTime.getAsLong());
                throw e;
            }
            unknown.remove(id);
            schemas.put(id, known);
        }
        return known;
    }

    /** Records with an id that nobody knows come in batches, and one request says it of all of them. */
    private void requireNotUnknown(int id) {
        var since = unknown.get(id);
        if (since != null && nanoTime.getAsLong() - since < UNKNOWN_FOR.toNanos()) {
            throw new SerializationException("The registry did not know schema " + id + " a moment ago");
        }
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
