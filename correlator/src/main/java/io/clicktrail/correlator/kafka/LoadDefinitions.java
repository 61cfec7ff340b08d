package io.clicktrail.correlator.kafka;

import io.clicktrail.event.Platform;
import io.clicktrail.streams.Metric;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts tuning documents in force as they come; an invalid one is refused and the old one stays. */
public final class LoadDefinitions implements Processor<String, Tuning, Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadDefinitions.class);

    private final Definitions definitions;
    private final Counter refused;
    private KeyValueStore<String, Tuning> tunings;

    public LoadDefinitions(Definitions definitions, MeterRegistry meters) {
        this.definitions = definitions;
        this.refused = Metric.TUNING_REFUSED.counter(meters);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        tunings = context.getStateStore(CorrelatorStores.TUNINGS);
    }

    @Override
    public void process(Record<String, Tuning> record) {
        var tuning = record.value();
        if (tuning == null) {
            forget(record.key());
            return;
        }
        definitions.offer(tuning).ifPresentOrElse(reason -> refuse(tuning, reason), () -> {
            tunings.put(record.key(), tuning);
            LOG.atInfo()
                    .addKeyValue("platform", tuning.getPlatform())
                    .addKeyValue("version", tuning.getVersion())
                    .log("Tuning in force");
        });
    }

    private void refuse(Tuning tuning, String reason) {
        refused.increment();
        LOG.atWarn()
                .addKeyValue("platform", tuning.getPlatform())
                .addKeyValue("version", tuning.getVersion())
                .log("Tuning refused, the old one stays: {}", reason);
    }

    private void forget(String key) {
        tunings.delete(key);
        for (var platform : Platform.values()) {
            if (platform.name().equals(key)) {
                definitions.reset(platform);
            }
        }
    }
}
