package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.identity.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SerdesTest {

    private static final String TOPIC = "clicktrail.identities";
    private static final Lease LEASE = lease("ws-7");

    private final FakeRegistry registry = new FakeRegistry();
    private final Serde<Lease> topicSerde = new RegistrySerdes(registry).of(Lease.class);
    private final Serde<Lease> stateSerde = new StateSerdes().of(Lease.class);

    @Nested
    class OnTopics {

        @Test
        void startWithMagicByteAndIdOfTheSubject() {
            var bytes = topicSerde.serializer().serialize(TOPIC, LEASE);

            assertThat(registry.schemas).containsOnlyKeys(TOPIC + "-value#1");
            assertThat(ByteBuffer.wrap(bytes).get(0)).isZero();
            assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(1);
        }

        @Test
        void giveBackWhatWasWritten() {
            assertThat(roundTrip(topicSerde, LEASE)).isEqualTo(LEASE);
        }

        @Test
        void readTextAsJavaStrings() {
            var lease = roundTrip(topicSerde, LEASE);

            assertThat((Object) lease.get(1)).isInstanceOf(String.class);
        }

        @Test
        void keepJavaPropertiesOutOfTheRegistry() {
            topicSerde.serializer().serialize(TOPIC, LEASE);

            assertThat(registry.schemas.values())
                    .singleElement()
                    .satisfies(schema -> assertThat(schema.toString()).doesNotContain("avro.java.string"));
        }

        @Test
        void askTheRegistryOnceForEachTopicAndId() {
            for (int i = 0; i < 10; i++) {
                roundTrip(topicSerde, LEASE);
            }

            assertThat(registry.requests).hasSize(2);
        }

        @Test
        void readWithTheSchemaOfTheWriter() {
            var wider = new Schema.Parser()
                    .parse(PlainSchema.of(LEASE.getSchema())
                            .toString()
                            .replace(
                                    "\"fields\":[",
                                    "\"fields\":[{\"name\":\"site\",\"type\":\"string\",\"default\":\"\"},"));
            var id = registry.idOf("other", wider);
            var written = ByteBuffer.wrap(topicSerde.serializer().serialize(TOPIC, LEASE));
            var bytes = ByteBuffer.allocate(written.limit() + 2)
                    .put((byte) 0)
                    .putInt(id)
                    .put(new byte[] {2, 'x'})
                    .put(written.position(5))
                    .array();

            assertThat(topicSerde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(LEASE);
        }

        @Test
        void passNullThrough() {
            assertThat(topicSerde.serializer().serialize(TOPIC, null)).isNull();
            assertThat(topicSerde.deserializer().deserialize(TOPIC, (byte[]) null))
                    .isNull();
        }

        @Test
        void refuseWhatIsTooShort() {
            assertThatThrownBy(() -> topicSerde.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("Record of topic " + TOPIC + " has 4 bytes, too few for a schema id");
        }

        @Test
        void refuseAnotherMagicByte() {
            assertThatThrownBy(() -> topicSerde.deserializer().deserialize(TOPIC, "{\"a\": 1}".getBytes()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(TOPIC)
                    .hasMessageContaining("starts with byte 123");
        }

        @Test
        void refuseAnUnknownId() {
            assertThatThrownBy(() -> topicSerde.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, 99, 1}))
                    .isInstanceOf(SerializationException.class)
                    .isNotInstanceOf(RegistryException.class)
                    .hasMessageContaining("99");
        }

        @Test
        void askForAnUnknownIdOnceASecondAndFindItWhenItIsRegistered() {
            var now = new AtomicLong();
            var reader = new RegistrySerdes(registry, now::get).of(Lease.class).deserializer();
            var bytes = topicSerde.serializer().serialize(TOPIC, LEASE);
            var schemas = Map.copyOf(registry.schemas);
            registry.schemas.clear();
            registry.requests.clear();

            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> reader.deserialize(TOPIC, bytes)).isInstanceOf(SerializationException.class);
            }
            assertThat(registry.requests).containsExactly("id 1");

            registry.schemas.putAll(schemas);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(reader.deserialize(TOPIC, bytes)).isEqualTo(LEASE);
        }

        @Test
        void refuseABodyThatEndsTooEarly() {
            var bytes = topicSerde.serializer().serialize(TOPIC, LEASE);
            for (int length = 5; length < bytes.length; length++) {
                var cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> topicSerde.deserializer().deserialize(TOPIC, cut))
                        .isInstanceOf(SerializationException.class);
            }
        }

        @Test
        void leaveNothingBehindOfARecordThatDoesNotFit() {
            var broken = Lease.newBuilder(LEASE).build();
            broken.put(1, null);

            assertThatThrownBy(() -> topicSerde.serializer().serialize(TOPIC, broken))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Lease");
            assertThat(roundTrip(topicSerde, LEASE)).isEqualTo(LEASE);
        }
    }

    @Nested
    class InState {

        @Test
        void giveBackWhatWasWritten() {
            assertThat(roundTrip(stateSerde, LEASE)).isEqualTo(LEASE);
        }

        @Test
        void areAvrosSingleObjectEncoding() throws IOException {
            var bytes = stateSerde.serializer().serialize("state", LEASE);

            assertThat(Lease.getDecoder().decode(bytes)).isEqualTo(LEASE);
            assertThat(bytes).isEqualTo(LEASE.toByteBuffer().array());
        }

        @Test
        void needNoRegistry() {
            roundTrip(stateSerde, LEASE);

            assertThat(registry.requests).isEmpty();
        }

        @Test
        void passNullThrough() {
            assertThat(stateSerde.serializer().serialize("state", null)).isNull();
            assertThat(stateSerde.deserializer().deserialize("state", (byte[]) null))
                    .isNull();
        }

        @Test
        void refuseAnotherHeader() {
            assertThatThrownBy(() -> stateSerde.deserializer().deserialize("state", new byte[20]))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no single-object header");
        }

        @Test
        void refuseASchemaThatThisReleaseDoesNotKnow() {
            var bytes = stateSerde.serializer().serialize("state", LEASE);
            bytes[5]++;

            assertThatThrownBy(() -> stateSerde.deserializer().deserialize("state", bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("does not know, fingerprint");
        }
    }

    @Test
    void listsOfRecordsWithOptionalTimesAreComparable() {
        var optional = LEASE.getSchema().getField("until").schema();
        var schema = SchemaBuilder.record("Times")
                .fields()
                .name("until")
                .type(optional)
                .noDefault()
                .endRecord();
        var record = new GenericRecordBuilder(schema)
                .set("until", Instant.parse("2026-03-02T10:00:00Z"))
                .build();
        var list = Schema.createArray(schema);

        assertThat((Object) new GenericData.Array<>(list, List.of(record)))
                .isEqualTo(new GenericData.Array<>(list, List.of(record)));
    }

    @Test
    void serveManyThreadsAtOnce() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int thread = 0; thread < 8; thread++) {
            var lease = lease("ws-" + thread + "x".repeat(thread * 100));
            tasks.add(() -> {
                for (int i = 0; i < 2_000; i++) {
                    if (!lease.equals(roundTrip(topicSerde, lease)) || !lease.equals(roundTrip(stateSerde, lease))) {
                        return false;
                    }
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private static Lease roundTrip(Serde<Lease> serde, Lease lease) {
        return serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, lease));
    }

    private static Lease lease(String host) {
        return Lease.newBuilder()
                .setKey("ip:10.0.0.7")
                .setHost(host)
                .setFrom(Instant.parse("2026-03-02T10:00:00Z"))
                .setDataset("zeek.dhcp")
                .build();
    }

    private static final class FakeRegistry implements SchemaRegistry {

        private final Map<String, Schema> schemas = new HashMap<>();
        private final List<String> requests = new ArrayList<>();

        @Override
        public synchronized int idOf(String subject, Schema schema) {
            requests.add(subject);
            int id = schemas.size() + 1;
            schemas.put(subject + "#" + id, schema);
            return id;
        }

        @Override
        public synchronized Schema schemaOf(int id) {
            requests.add("id " + id);
            return schemas.entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("#" + id))
                    .findFirst()
                    .orElseThrow(() -> new SerializationException("unknown schema " + id))
                    .getValue();
        }
    }
}
