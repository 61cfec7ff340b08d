package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.streams.time.DeliveryTime;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Reads each raw record and counts what became of it. */
public final class NormalizeRecord implements FixedKeyProcessor<byte[], byte[], NormalizedRecord> {

    private final Normalizer normalizer;
    private final RecordCounters counters;
    private @Nullable FixedKeyProcessorContext<byte[], NormalizedRecord> context;

    public NormalizeRecord(Normalizer normalizer, RecordCounters counters) {
        this.normalizer = normalizer;
        this.counters = counters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], NormalizedRecord> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        if (context == null) {
            throw new IllegalStateException("process before init");
        }
        RawCoordinates at = context.recordMetadata()
                .map(metadata -> new RawCoordinates(
                        metadata.topic(),
                        metadata.partition(),
                        metadata.offset(),
                        record.timestamp(),
                        !DeliveryTime.isUnknown(record.headers())))
                .orElseThrow(() -> new IllegalStateException("a source record without coordinates"));
        Outcome outcome = normalizer.normalize(record.value(), at);
        counters.received();
        counters.count(
                outcome instanceof Outcome.Partial partial && partial.rest() != null ? partial.rest() : outcome,
                record.timestamp());
        context.forward(record.withValue(new NormalizedRecord(record.value(), at, outcome, false)));
    }
}
