package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.heartbeat.HeartbeatTrust;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.streams.time.DeliveryTime;
import java.util.List;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Reads each raw record and counts what became of it. */
public final class NormalizeRecord implements FixedKeyProcessor<byte[], byte[], NormalizedRecord> {

    private final Normalizer normalizer;
    private final HeartbeatTrust trust;
    private final RecordCounters counters;
    private @Nullable FixedKeyProcessorContext<byte[], NormalizedRecord> context;

    public NormalizeRecord(Normalizer normalizer, HeartbeatTrust trust, RecordCounters counters) {
        this.normalizer = normalizer;
        this.trust = trust;
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
        Outcome outcome = believed(normalizer.normalize(record.value(), at), record);
        counters.received();
        counters.count(
                outcome instanceof Outcome.Partial partial && partial.rest() != null ? partial.rest() : outcome,
                record.timestamp());
        context.forward(record.withValue(new NormalizedRecord(record.value(), at, outcome, false)));
    }

    /** The outcome without the heartbeats that anybody may have written. */
    private Outcome believed(Outcome outcome, FixedKeyRecord<byte[], byte[]> record) {
        return switch (outcome) {
            case Outcome.Normalized normalized -> believed(normalized, record);
            case Outcome.Partial partial ->
                partial.rest() == null
                        ? partial
                        : new Outcome.Partial(partial.pieces(), believed(partial.rest(), record));
            case Outcome.Ignored ignored -> ignored;
            case Outcome.Rejected rejected -> rejected;
        };
    }

    private Outcome believed(Outcome.Normalized normalized, FixedKeyRecord<byte[], byte[]> record) {
        return hasHeartbeat(normalized) && !trust.trusts(record.value(), record.timestamp())
                ? without(normalized)
                : normalized;
    }

    private static boolean hasHeartbeat(Outcome.Normalized normalized) {
        List<Event> events = normalized.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).getKind() == EventKind.HEARTBEAT) {
                return true;
            }
        }
        return false;
    }

    private static Outcome without(Outcome.Normalized normalized) {
        List<Event> others = normalized.events().stream()
                .filter(event -> event.getKind() != EventKind.HEARTBEAT)
                .toList();
        if (!others.isEmpty()) {
            return new Outcome.Normalized(others, normalized.skipped(), normalized.faults());
        }
        return normalized.faults().isEmpty()
                ? new Outcome.Ignored(
                        normalized.events().getFirst().getSource().getDataset(), "heartbeat without a signature")
                : normalized.faults().getFirst();
    }
}
