package io.clicktrail.enricher.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.schemas.StateSerdes;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

/** The stores of {@link EnrichEvents} in memory. */
final class EnrichEventsState {

    private EnrichEventsState() {}

    static void addTo(MockProcessorContext<?, ?> context) {
        var serdes = new StateSerdes();
        KeyValueStore<String, List<Process>> processes = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(EnricherStores.PROCESSES),
                        Serdes.String(),
                        EnricherStores.listOf(serdes.of(Process.class)))
                .withLoggingDisabled()
                .build();
        processes.init(context.getStateStoreContext(), processes);
        context.addStateStore(processes);
        context.addStateStore(timestamped(context, EnricherStores.ASKING_EVENTS, serdes.of(Event.class)));
        context.addStateStore(timestamped(context, EnricherStores.IMAGE_SIGNATURES, serdes.of(Event.class)));
        context.addStateStore(timestamped(context, EnricherStores.ACCOUNT_NAMES, Serdes.String()));
    }

    static <V> TimestampedKeyValueStore<String, V> timestamped(
            MockProcessorContext<?, ?> context, String name, Serde<V> values) {
        TimestampedKeyValueStore<String, V> store = Stores.timestampedKeyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
