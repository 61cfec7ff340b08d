package io.clicktrail.streams.topics;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.schemas.tuning.SilencingTuning;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.tuning.Tuning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies tuning documents as they arrive; an invalid one is refused and the previous one stays in force. */
public final class TuningTopic implements Processor<String, Tuning, Void, Void> {

    private static final String STORE = "tunings";
    private static final Logger LOG = LoggerFactory.getLogger(TuningTopic.class);

    private final TuningListener inForce;
    private final Counter refused;
    private final Map<Platform, Counter> forced = new EnumMap<>(Platform.class);
    private KeyValueStore<String, Tuning> documents;

    private TuningTopic(TuningListener inForce, MeterRegistry meters) {
        this.inForce = inForce;
        this.refused = Metric.TUNING_REFUSED.counter(meters);
        // A counter that appears with its first increment looks unchanged to an alert on its rise.
        for (var platform : Platform.values()) {
            forced.put(platform, Metric.TUNING_FORCED.counter(meters, "platform", platform.name()));
        }
    }

    /** Adds the tuning topic to a topology as a global table; one thread of the process applies the documents. */
    public static void read(StreamsBuilder builder, Topics topics, TuningListener inForce, MeterRegistry meters) {
        var topic = topics.tuning();
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(STORE),
                                Serdes.String(),
                                new StateSerdes().of(Tuning.class))
                        .withLoggingDisabled(),
                topic.name(),
                Consumed.with(topic.keySerde(), topic.valueSerde()).withName("read-tuning"),
                () -> new TuningTopic(inForce, meters));
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        documents = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Tuning> record) {
        var document = record.value();
        if (document == null) {
            delete(record.key());
            return;
        }
        List<String> problems = inForce.offer(document);
        if (problems.isEmpty()) {
            documents.put(record.key(), document);
            warnIfSilencing(document);
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
                    .log("Tuning refused, the previous one stays in force: {}", problems.getFirst());
        }
    }

    private void warnIfSilencing(Tuning document) {
        var silenced = SilencingTuning.problems(document);
        if (!silenced.isEmpty()) {
            Objects.requireNonNull(forced.get(document.getPlatform())).increment();
            LOG.atWarn()
                    .addKeyValue("platform", document.getPlatform())
                    .addKeyValue("version", document.getVersion())
                    .log("A forced tuning silences its platform: {}", silenced.getFirst());
        }
    }

    private void delete(String key) {
        documents.delete(key);
        for (var platform : Platform.values()) {
            if (platform.name().equals(key)) {
                inForce.reset(platform);
            }
        }
    }
}
