package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.streams.testkit.TopologyHarness;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class BoundedRocksDbTest {

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
        return new TopologyHarness((builder, topics, meters) -> {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore("values"), Serdes.String(), Serdes.String())
                    .withLoggingDisabled());
            builder.stream(topics.soarTier1().name(), Consumed.with(Serdes.String(), Serdes.String()))
                    .process(Keep::new, "values");
        });
    }

    private static final class Keep extends ContextualProcessor<String, String, Void, Void> {

        @Override
        public void process(Record<String, String> next) {
            KeyValueStore<String, String> values = context().getStateStore("values");
            values.put(next.key(), next.value());
        }
    }
}
