package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
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
    private final Counter refused;

    public LoadOrganisation(OrganisationTable table, MeterRegistry meters) {
        this.table = table;
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
    public void process(Record<String, OrganisationEntry> record) {
        @Nullable OrganisationEntry entry = record.value();
        if (record.key() == null) {
            return;
        }
        if (entry == null) {
            table.remove(record.key());
            return;
        }
        String problem = table.offer(record.key(), entry);
        if (problem != null) {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("source", entry.getSource())
                    .addKeyValue("kind", entry.getKind())
                    .log("Entry of the organisation refused: {}", problem);
        }
    }
}
