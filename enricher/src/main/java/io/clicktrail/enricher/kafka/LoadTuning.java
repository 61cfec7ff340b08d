package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Platform;
import io.clicktrail.streams.Metric;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts tuning documents in force as they come; an invalid one is refused and the old one stays. */
public final class LoadTuning implements Processor<String, Tuning, Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadTuning.class);

    private final TuningTable tunings;
    private final Counter refused;
    private KeyValueStore<String, Tuning> documents;

    public LoadTuning(TuningTable tunings, MeterRegistry meters) {
        this.tunings = tunings;
        this.refused = Metric.TUNING_REFUSED.counter(meters);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        documents = context.getStateStore(EnricherStores.TUNINGS);
    }

    @Override
    public void process(Record<String, Tuning> record) {
        @Nullable Tuning document = record.value();
        if (document == null) {
            delete(record.key());
            return;
        }
        List<String> problems = tunings.offer(document);
        if (problems.isEmpty()) {
            documents.put(record.key(), document);
            LOG.atInfo()
                    .addKeyValue("platform", document.getPlatform())
                    .addKeyValue("version", document.getVersion())
                    .log("Tuning in force");
        } else {
            refused.increment();
            LOG.atWarn()
                    .addKeyValue("platform", document.getPlatform())
                    .addKeyValue("version", document.getVersion())
                    .addKeyValue("problems", problems.size())
                    .log("Tuning refused, the old one stays: {}", problems.getFirst());
        }
    }

    private void delete(String key) {
        documents.delete(key);
        for (Platform platform : Platform.values()) {
            if (platform.name().equals(key)) {
                tunings.reset(platform);
            }
        }
    }
}
