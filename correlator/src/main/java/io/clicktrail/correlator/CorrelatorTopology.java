package io.clicktrail.correlator;

import io.clicktrail.correlator.kafka.CorrelateEvidence;
import io.clicktrail.correlator.kafka.CorrelatorStores;
import io.clicktrail.correlator.kafka.Definitions;
import io.clicktrail.correlator.kafka.RecordSensors;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.topics.TuningTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The correlator's stream processing: evidence, coverage and tuning in; detections out. */
public final class CorrelatorTopology {

    private CorrelatorTopology() {}

    /** Adds the correlator to a builder. */
    public static void build(StreamsBuilder builder, Topics topics, CorrelatorSettings settings, MeterRegistry meters) {
        var stores = new CorrelatorStores();
        var definitions = new Definitions();
        TuningTopic.read(builder, topics, definitions, meters);
        builder.addStateStore(stores.sensors());
        builder.stream(topics.coverage().name(), read(topics.coverage(), "read-coverage"))
                .process(
                        RecordSensors::new,
                        Named.as("record-sensors"),
                        stores.sensors().name());
        builder.stream(topics.evidence().name(), read(topics.evidence(), "read-evidence"))
                .process(
                        with(
                                () -> new CorrelateEvidence(
                                        definitions, settings.quietAfter(), settings.settling(), meters),
                                stores.hosts(),
                                stores.evidence(),
                                stores.timers()),
                        Named.as("correlate-evidence"),
                        stores.sensors().name())
                .to(topics.detections().name(), written(topics.detections(), "write-detections"));
    }

    private static <K, V> Consumed<K, V> read(Topic<K, V> topic, String name) {
        return Consumed.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }

    private static <K, V> Produced<K, V> written(Topic<K, V> topic, String name) {
        return Produced.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }

    private static <K, V, L, W> ProcessorSupplier<K, V, L, W> with(
            Supplier<Processor<K, V, L, W>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, L, W> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(stores);
            }
        };
    }
}
