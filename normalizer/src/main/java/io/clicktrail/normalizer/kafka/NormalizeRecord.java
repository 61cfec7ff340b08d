package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.Normalizer;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Reads each raw record and counts what became of it: received = normalized + ignored + rejected. */
public final class NormalizeRecord implements FixedKeyProcessor<byte[], byte[], ReadRecord> {

    private final Normalizer normalizer;
    private final MeterRegistry meters;
    private final Counter received;
    private final Counter normalized;
    private final Map<String, Counter> ignored = new HashMap<>();
    private final Map<String, Counter> rejected = new HashMap<>();
    private final Map<String, Counter> faults = new HashMap<>();
    private final Map<String, Counter> events = new HashMap<>();
    private @Nullable FixedKeyProcessorContext<byte[], ReadRecord> context;

    public NormalizeRecord(Normalizer normalizer, MeterRegistry meters) {
        this.normalizer = normalizer;
        this.meters = meters;
        this.received = Metric.RAW_RECEIVED.counter(meters);
        this.normalized = Metric.RAW_NORMALIZED.counter(meters);
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], ReadRecord> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        if (context == null) {
            throw new IllegalStateException("process before init");
        }
        RawCoordinates at = context.recordMetadata()
                .map(metadata -> new RawCoordinates(
                        metadata.topic(), metadata.partition(), metadata.offset(), record.timestamp()))
                .orElseThrow(() -> new IllegalStateException("a source record without coordinates"));
        Outcome outcome = normalizer.normalize(record.value(), at);
        count(outcome);
        context.forward(record.withValue(new ReadRecord(record.value(), at, outcome)));
    }

    private void count(Outcome outcome) {
        received.increment();
        switch (outcome) {
            case Outcome.Normalized read -> {
                normalized.increment();
                for (Event event : read.events()) {
                    increment(
                            events, Metric.EVENTS, "dataset", event.getSource().getDataset());
                }
                for (Outcome.Rejected fault : read.faults()) {
                    increment(
                            faults, Metric.RAW_FAULTS, "reason", fault.reason().name());
                }
            }
            case Outcome.Ignored read -> increment(ignored, Metric.RAW_IGNORED, "dataset", read.dataset());
            case Outcome.Rejected read ->
                increment(rejected, Metric.RAW_REJECTED, "reason", read.reason().name());
        }
    }

    private void increment(Map<String, Counter> counters, Metric metric, String tag, String value) {
        counters.computeIfAbsent(value, text -> metric.counter(meters, tag, text))
                .increment();
    }
}
