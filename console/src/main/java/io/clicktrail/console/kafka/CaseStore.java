package io.clicktrail.console.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.CaseRow;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.coverage.Coverage;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The last revision of every case on disk, and what is kept in memory to find it. The memory is built from the disk at
 * a start. One thread of Kafka Streams writes; pages read at the same time.
 */
public final class CaseStore {

    /** Name of the store of cases. */
    public static final String CASES = "cases";

    /** Name of the store of sensors. */
    public static final String COVERAGE = "coverage";

    private final CaseQueue queue;
    private final HostSensors sensors;
    private volatile @Nullable KeyValueStore<String, Alert> cases;
    private volatile Consumer<CaseRow> listener = row -> {};

    public CaseStore(CaseQueue queue, HostSensors sensors) {
        this.queue = queue;
        this.sensors = sensors;
    }

    /** The last revision of a case; null where the case is unknown or its table is not read yet. */
    public @Nullable Alert find(String alertId) {
        KeyValueStore<String, Alert> store = cases;
        return store == null || !queue.contains(alertId) ? null : store.get(alertId);
    }

    /** What to do with every new revision; one listener, which must not block. */
    public void onRevision(Consumer<CaseRow> action) {
        listener = action;
    }

    /** The writer of cases. */
    public Processor<String, Alert, Void, Void> alerts() {
        return new Processor<>() {
            @SuppressWarnings("NullAway.Init")
            private KeyValueStore<String, Alert> store;

            @Override
            public void init(ProcessorContext<Void, Void> context) {
                store = context.getStateStore(CASES);
                try (var all = store.all()) {
                    all.forEachRemaining(entry -> queue.put(CaseRow.of(entry.value)));
                }
                cases = store;
            }

            @Override
            public void process(Record<String, Alert> record) {
                Alert next = record.value();
                if (next == null) {
                    store.delete(record.key());
                    queue.remove(record.key());
                    return;
                }
                Alert known = store.get(record.key());
                if (known == null || next.getRevision() >= known.getRevision()) {
                    store.put(record.key(), next);
                    CaseRow row = CaseRow.of(next);
                    queue.put(row);
                    listener.accept(row);
                }
            }
        };
    }

    /** The writer of sensors. */
    public Processor<String, Coverage, Void, Void> coverage() {
        return new Processor<>() {
            @SuppressWarnings("NullAway.Init")
            private KeyValueStore<String, Coverage> store;

            @Override
            public void init(ProcessorContext<Void, Void> context) {
                store = context.getStateStore(COVERAGE);
                try (var all = store.all()) {
                    all.forEachRemaining(entry -> sensors.put(entry.value));
                }
            }

            @Override
            public void process(Record<String, Coverage> record) {
                if (record.value() == null) {
                    store.delete(record.key());
                } else {
                    store.put(
                            record.key() + " " + record.value().getKind() + " "
                                    + record.value().getDataset(),
                            record.value());
                    sensors.put(record.value());
                }
            }
        };
    }
}
