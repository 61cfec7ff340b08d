package io.clicktrail.enricher.kafka;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what is known of domains' past in force as it comes. The table that is looked up is the only copy; a start reads
 * the topic anew.
 */
public final class LoadDomainHistory implements Processor<String, DomainHistory, Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadDomainHistory.class);

    private final DomainHistoryTable table;
    private final Counter refused;

    public LoadDomainHistory(DomainHistoryTable table, MeterRegistry meters) {
        this.table = table;
        this.refused = Metric.DOMAIN_HISTORY_REFUSED.counter(meters);
    }

    @Override
    public void process(Record<String, DomainHistory> record) {
        @Nullable DomainHistory entry = record.value();
        if (entry == null) {
            table.remove(record.key());
            return;
        }
        String problem = table.offer(entry);
        if (problem != null) {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("source", entry.getSource())
                    .addKeyValue("kind", entry.getKind())
                    .log("Entry of a domain's history refused: {}", problem);
        }
    }
}
