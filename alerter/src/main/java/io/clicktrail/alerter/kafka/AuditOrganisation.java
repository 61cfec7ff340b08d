package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.audit.OrganisationChanges;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
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
 * Emits an audit entry for the changes of what the organisation knows, once a minute. It takes no record: it is a child
 * of the tuning source, whose one partition makes it the only one of all instances. With what it emits it stores how
 * far it has got. Another instance that takes over goes on from there; a sum that it has begun otherwise may count
 * changes twice.
 */
public record AuditOrganisation(OrganisationChanges changes)
        implements ProcessorSupplier<String, Tuning, String, AuditEntry> {

    private static final String STORE = "audited-organisation";
    private static final String OFFSET = "offset";
    private static final Duration SPAN = Duration.ofMinutes(1);

    @Override
    public Processor<String, Tuning, String, AuditEntry> get() {
        return new Auditor(changes);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.Long())
                .withLoggingEnabled(Map.of()));
    }

    private static final class Auditor implements Processor<String, Tuning, String, AuditEntry> {

        private final OrganisationChanges changes;
        private @Nullable ProcessorContext<String, AuditEntry> context;
        private @Nullable KeyValueStore<String, Long> progress;

        Auditor(OrganisationChanges changes) {
            this.changes = changes;
        }

        @Override
        public void init(ProcessorContext<String, AuditEntry> context) {
            this.context = context;
            progress = context.getStateStore(STORE);
            if (context.taskId().partition() == 0) {
                context.schedule(SPAN, PunctuationType.WALL_CLOCK_TIME, this::emit);
            }
        }

        @Override
        public void process(Record<String, Tuning> record) {}

        private void emit(long wallClock) {
            var store = Objects.requireNonNull(progress);
            var recorded = store.get(OFFSET);
            for (var change : changes.after(recorded == null ? -1 : recorded)) {
                var entry = change.entry();
                Objects.requireNonNull(context)
                        .forward(new Record<>(
                                entry.getWho(), entry, entry.getAt().toEpochMilli()));
                store.put(OFFSET, change.last());
            }
        }
    }
}
