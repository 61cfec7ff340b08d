package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.testkit.TopologyHarness;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class BoundedRocksDbTest {

    private static final int FEW_DOZEN = 40;

    @Test
    void allStoresOfTheProcessShareOneBound() {
        try (var first = harness()) {
            var memory = BoundedRocksDb.inUse();
            try (var second = harness()) {
                assertThat(memory).isNotNull();
                assertThat(BoundedRocksDb.inUse()).isSameAs(memory);
                fill(first);
                fill(second);

                assertThat(usage()).isPositive();
            }
            assertThat(BoundedRocksDb.inUse()).isSameAs(memory);
        }
        assertThat(BoundedRocksDb.inUse()).isNull();
    }

    @Test
    void memoryStaysBelowTheBound() {
        try (var harness = harness()) {
            fill(harness);

            assertThat(usage()).isBetween(1L << 20, 70L << 20);
        }
    }

    @Test
    void storesWithLittleInThemTakeLittleOfTheBound() {
        try (var harness = harness(FEW_DOZEN)) {
            harness.input(harness.topics().soarTier1()).pipeInput("key", "x".repeat(4_000));

            assertThat(usage()).isBetween(1L, 8L << 20);
        }
    }

    @Test
    void storesTakeLittleDiskSpaceAheadForTheirListsOfFiles() {
        try (var options = new Options()) {
            options.setTableFormatConfig(new BlockBasedTableConfig());
            var setter = new BoundedRocksDb();
            setter.setConfig(
                    "values",
                    options,
                    Map.of(BoundedRocksDb.BLOCK_CACHE_BYTES, 1 << 20, BoundedRocksDb.WRITE_BUFFER_BYTES, 1 << 20));

            assertThat(options.manifestPreallocationSize()).isLessThanOrEqualTo(64 << 10);
            setter.close("values", options);
        }
    }

    private static long usage() {
        return Objects.requireNonNull(BoundedRocksDb.inUse()).cache().getUsage();
    }

    private static void fill(TopologyHarness harness) {
        var input = harness.input(harness.topics().soarTier1());
        var value = "x".repeat(10_000);
        for (int i = 0; i < 2_000; i++) {
            input.pipeInput("key-" + i, value);
        }
    }

    private static TopologyHarness harness() {
        return harness(1);
    }

    private static TopologyHarness harness(int stores) {
        String[] names =
                IntStream.range(0, stores).mapToObj(at -> "values-" + at).toArray(String[]::new);
        return new TopologyHarness((builder, topics, meters) -> {
            for (String name : names) {
                builder.addStateStore(Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String())
                        .withLoggingDisabled());
            }
            builder.stream(topics.soarTier1().name(), Consumed.with(Serdes.String(), Serdes.String()))
                    .process(() -> new Keep(names), names);
        });
    }

    private static final class Keep extends ContextualProcessor<String, String, Void, Void> {

        private final String[] stores;

        Keep(String[] stores) {
            this.stores = stores;
        }

        @Override
        public void process(Record<String, String> next) {
            for (String store : stores) {
                KeyValueStore<String, String> values = context().getStateStore(store);
                values.put(next.key(), next.value());
            }
        }
    }
}
