package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.audit.AuditEntries;
import io.clicktrail.alerter.audit.Coordinates;
import io.clicktrail.alerter.audit.OrganisationChanges;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what the organisation knows in force as it comes. The table that is looked up is the only copy; a start reads
 * the topic anew.
 */
public final class LoadOrganisation implements Processor<String, OrganisationEntry, Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadOrganisation.class);

    private final OrganisationTable table;
    private final OrganisationChanges changes;
    private final Counter refused;
    private @Nullable ProcessorContext<Void, Void> context;

    public LoadOrganisation(OrganisationTable table, OrganisationChanges changes, MeterRegistry meters) {
        this.table = table;
        this.changes = changes;
        this.refused = Metric.ORGANISATION_REFUSED.counter(meters);
    }

    /** The store that a global table must have; nothing is put into it. */
    public static StoreBuilder<KeyValueStore<String, OrganisationEntry>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("organisation"),
                        Serdes.String(),
                        new StateSerdes().of(OrganisationEntry.class))
                .withLoggingDisabled();
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, OrganisationEntry> record) {
        @Nullable OrganisationEntry entry = record.value();
        if (record.key() == null) {
            return;
        }
        @Nullable OrganisationEntry before = table.entry(record.key());
        @Nullable String problem = null;
        if (entry == null) {
            table.remove(record.key());
        } else {
            problem = table.offer(record.key(), entry);
        }
        Coordinates at = ReadFeedback.at(Objects.requireNonNull(context), record);
        changes.note(AuditEntries.organisation(record.key(), before, entry, problem, at));
        if (entry != null && problem != null) {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("source", entry.getSource())
                    .addKeyValue("kind", entry.getKind())
                    .log("Entry of the organisation refused: {}", problem);
        }
    }
}
