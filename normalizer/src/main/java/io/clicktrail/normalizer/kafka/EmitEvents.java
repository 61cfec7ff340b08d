package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.Outcome;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Sends each event on under its key, at the delivery time of its raw record, without the raw record's headers. */
public final class EmitEvents extends ContextualProcessor<byte[], NormalizedRecord, String, Event> {

    @Override
    public void process(Record<byte[], NormalizedRecord> record) {
        if (record.value().outcome() instanceof Outcome.Normalized normalized) {
            for (Event event : normalized.events()) {
                context().forward(new Record<>(EventKeys.of(event), event, record.timestamp()));
            }
        }
    }
}
