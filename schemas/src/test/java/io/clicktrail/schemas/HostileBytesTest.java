package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that somebody else wrote, or damaged: each is a value or a {@link SerializationException}, never an error. */
class HostileBytesTest {

    private static final long SEED = Long.getLong("clicktrail.fuzz-seed", 17);
    private static final int SAMPLES = 20;
    private static final int MUTATIONS = 40;
    private static final GenericData GENERIC = new GenericData();

    static Stream<Class<? extends SpecificRecord>> types() {
        return SchemaHistoryTest.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void damagedStateIsRefusedOrRead(Class<? extends SpecificRecord> type) throws Exception {
        var serde = new StateSerdes().of(type);
        var random = new SplittableRandom(SEED);
        for (var written : SchemaHistoryTest.filesOf(TopicTypes.schema(type))) {
            var encoder = new BinaryMessageEncoder<>(GENERIC, written);
            for (var datum : new RandomData(GENERIC, written, SAMPLES, SEED)) {
                var bytes = encoder.encode(datum).array();
                for (int i = 0; i < MUTATIONS; i++) {
                    requireValueOrRefusal(serde, damaged(bytes, random));
                }
            }
        }
    }

    private static void requireValueOrRefusal(Serde<?> serde, byte[] bytes) {
        assertThatCode(() -> {
                    try {
                        assertThat(serde.deserializer().deserialize("t", bytes)).isNotNull();
                    } catch (SerializationException e) {
                        assertThat(e).hasMessageNotContaining("\n");
                    }
                })
                .as("seed %d, %s", SEED, Arrays.toString(bytes))
                .doesNotThrowAnyException();
    }

    /** Bytes changed, cut off, or with others in between. */
    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        var damaged = bytes.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                return damaged;
            }
            case 1 -> {
                return Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            default -> {
                int from = random.nextInt(damaged.length);
                for (int i = from; i < Math.min(damaged.length, from + 6); i++) {
                    damaged[i] = (byte) 0xff;
                }
                return damaged;
            }
        }
    }
}
