package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.audit.AuditEntries;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.intel.Indicator;
import io.clicktrail.schemas.StateSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the changes of indicators by source, and emits one audit entry for each source and minute: a feed sets a
 * hundred thousand at once. Sources beyond {@value #MAX_SOURCES} within a minute are summed up as one.
 */
public record AuditIntel() implements ProcessorSupplier<String, Indicator, String, AuditEntry> {

    private static final String STORE = "intel-changes";
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int MAX_SOURCES = 1_000;
    private static final String OTHERS = "other sources";

    @Override
    public Processor<String, Indicator, String, AuditEntry> get() {
        return new Auditor();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new StateSerdes().of(AuditEntry.class))
                .withCachingEnabled()
                .withLoggingEnabled(Map.of()));
    }

    private static final class Auditor implements Processor<String, Indicator, String, AuditEntry> {

        private @Nullable ProcessorContext<String, AuditEntry> context;
        private @Nullable KeyValueStore<String, AuditEntry> changes;

        @Override
        public void init(ProcessorContext<String, AuditEntry> context) {
            this.context = context;
            changes = context.getStateStore(STORE);
            context.schedule(SPAN, PunctuationType.WALL_CLOCK_TIME, this::emit);
        }

        @Override
        public void process(Record<String, Indicator> record) {
            var counted = Objects.requireNonNull(changes);
            boolean removed = record.value() == null;
            String source = removed ? sourceOf(record.key()) : record.value().getSource();
            String key = source + '|' + removed;
            if (counted.get(key) == null && counted.approximateNumEntries() >= MAX_SOURCES) {
                source = OTHERS;
                key = source + '|' + removed;
            }
            AuditEntry known = counted.get(key);
            counted.put(
                    key,
                    known == null
                            ? AuditEntries.indicator(
                                    source, removed, ReadFeedback.at(Objects.requireNonNull(context), record))
                            : AuditEntry.newBuilder(known)
                                    .setCount(known.getCount() + 1)
                                    .build());
        }

        /** The key of an indicator begins with its source. */
        private static String sourceOf(@Nullable String key) {
            if (key == null || key.indexOf(' ') < 0) {
                return OTHERS;
            }
            return key.substring(0, key.indexOf(' '));
        }

        private void emit(long wallClock) {
            var counted = Objects.requireNonNull(changes);
            var all = new ArrayList<KeyValue<String, AuditEntry>>();
            try (var entries = counted.all()) {
                entries.forEachRemaining(all::add);
            }
            for (var entry : all) {
                counted.delete(entry.key);
                Objects.requireNonNull(context)
                        .forward(new Record<>(
                                entry.value.getWho(),
                                entry.value,
                                entry.value.getAt().toEpochMilli()));
            }
        }
    }
}
