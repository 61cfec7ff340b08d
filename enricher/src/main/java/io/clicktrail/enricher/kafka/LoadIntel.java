package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.intel.Indicator;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts indicators in force as they come. The table that is looked up is the only copy; a start reads the topic anew.
 */
public final class LoadIntel implements Processor<String, Indicator, Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadIntel.class);

    private final IntelTable table;
    private final Counter refused;

    public LoadIntel(IntelTable table, MeterRegistry meters) {
        this.table = table;
        this.refused = Metric.INTEL_REFUSED.counter(meters);
    }

    @Override
    public void process(Record<String, Indicator> record) {
        @Nullable Indicator indicator = record.value();
        if (indicator == null) {
            table.remove(record.key());
            return;
        }
        String problem = table.offer(indicator);
        if (problem != null) {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("source", indicator.getSource())
                    .addKeyValue("type", indicator.getType())
                    .log("Indicator refused: {}", problem);
        }
    }
}
