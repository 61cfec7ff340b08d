package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.audit.AuditEntries;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.tuning.Tuning;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Emits an audit entry for every tuning document with what it changed. The documents of all platforms are few. */
public record AuditTuning() implements ProcessorSupplier<String, Tuning, String, AuditEntry> {

    private static final String STORE = "audited-tuning";

    @Override
    public Processor<String, Tuning, String, AuditEntry> get() {
        return new Auditor();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new StateSerdes().of(Tuning.class))
                .withLoggingEnabled(Map.of()));
    }

    private static final class Auditor implements Processor<String, Tuning, String, AuditEntry> {

        private @Nullable ProcessorContext<String, AuditEntry> context;
        private @Nullable KeyValueStore<String, Tuning> inForce;

        @Override
        public void init(ProcessorContext<String, AuditEntry> context) {
            this.context = context;
            inForce = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, Tuning> record) {
            if (record.key() == null) {
                return;
            }
            var to = Objects.requireNonNull(context);
            var documents = Objects.requireNonNull(inForce);
            AuditEntry entry = AuditEntries.tuning(
                    record.key(), documents.get(record.key()), record.value(), ReadFeedback.at(to, record));
            if (entry.getOutcome() != AuditOutcome.REFUSED) {
                documents.put(record.key(), record.value());
            }
            to.forward(record.withValue(entry));
        }
    }
}
