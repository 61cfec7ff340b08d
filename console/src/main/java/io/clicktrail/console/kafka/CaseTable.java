package io.clicktrail.console.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.console.pipeline.JudgedWith;
import io.clicktrail.console.queue.CaseQueue;
import io.clicktrail.console.queue.CaseRow;
import io.clicktrail.console.sensors.HostSensors;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.tuning.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The last revisions of every case on disk, and what is kept in memory to find them. The memory is built from the disk
 * at a start. One thread of Kafka Streams writes; pages read at the same time.
 */
public final class CaseTable {

    /** Name of the store of cases. */
    public static final String CASES = "cases";

    /** Name of the store of sensors. */
    public static final String COVERAGE = "coverage";

    /** Most earlier revisions that are kept of a case. */
    public static final int MAX_EARLIER = 10;

    /** Name of the store of tuning. */
    public static final String TUNING = "tuning";

    /** Between the id and the number of an earlier revision in its key; no id has it. */
    private static final char EARLIER = ' ';

    private final CaseQueue queue;
    private final HostSensors sensors;
    private final JudgedWith judgedWith;
    private volatile @Nullable KeyValueStore<String, Alert> cases;
    private volatile Consumer<CaseRow> listener = row -> {};

    public CaseTable(CaseQueue queue, HostSensors sensors, JudgedWith judgedWith) {
        this.queue = queue;
        this.sensors = sensors;
        this.judgedWith = judgedWith;
    }

    /** The last revision of a case; null where the case is unknown or its table is not read yet. */
    public @Nullable Alert find(String alertId) {
        KeyValueStore<String, Alert> store = cases;
        return store == null || !queue.contains(alertId) ? null : store.get(alertId);
    }

    /**
     * The revisions of a case that are known, the last one first. Earlier ones are those that were read: the topic is
     * compacted and keeps only the last one for ever.
     */
    public List<Alert> revisions(String alertId) {
        Alert last = find(alertId);
        KeyValueStore<String, Alert> store = cases;
        if (last == null || store == null) {
            return List.of();
        }
        var all = new ArrayList<Alert>();
        try (var earlier = store.range(earlier(alertId, 0), earlier(alertId, Integer.MAX_VALUE))) {
            earlier.forEachRemaining(entry -> all.addFirst(entry.value));
        }
        all.addFirst(last);
        return all;
    }

    private static String earlier(String alertId, int revision) {
        return String.format(Locale.ROOT, "%s%c%010d", alertId, EARLIER, revision);
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
                    while (all.hasNext()) {
                        var entry = all.next();
                        if (entry.key.indexOf(EARLIER) < 0) {
                            queue.put(CaseRow.of(entry.value));
                            judgedWith.put(entry.value);
                        }
                    }
                }
                cases = store;
            }

            @Override
            public void process(Record<String, Alert> record) {
                Alert next = record.value();
                if (next == null) {
                    forget(record.key(), Integer.MAX_VALUE);
                    store.delete(record.key());
                    queue.remove(record.key());
                    return;
                }
                Alert known = store.get(record.key());
                if (known == null || next.getRevision() >= known.getRevision()) {
                    if (known != null && next.getRevision() > known.getRevision()) {
                        store.put(earlier(record.key(), known.getRevision()), known);
                        forget(record.key(), next.getRevision() - MAX_EARLIER - 1);
                    }
                    store.put(record.key(), next);
                    CaseRow row = CaseRow.of(next);
                    queue.put(row);
                    judgedWith.put(next);
                    listener.accept(row);
                }
            }

            // Deletes the earlier revisions up to a number.
            private void forget(String alertId, int upTo) {
                var old = new ArrayList<String>();
                if (upTo > 0) {
                    try (var earlier = store.range(earlier(alertId, 0), earlier(alertId, upTo))) {
                        earlier.forEachRemaining(entry -> old.add(entry.key));
                    }
                }
                old.forEach(store::delete);
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

    /** The writer of tuning. */
    public Processor<String, Tuning, Void, Void> tuning() {
        return new Processor<>() {
            @SuppressWarnings("NullAway.Init")
            private KeyValueStore<String, Tuning> store;

            @Override
            public void init(ProcessorContext<Void, Void> context) {
                store = context.getStateStore(TUNING);
                try (var all = store.all()) {
                    all.forEachRemaining(entry -> judgedWith.tuning(entry.key, entry.value));
                }
            }

            @Override
            public void process(Record<String, Tuning> record) {
                if (record.value() == null) {
                    store.delete(record.key());
                } else {
                    store.put(record.key(), record.value());
                }
                judgedWith.tuning(record.key(), record.value());
            }
        };
    }
}
