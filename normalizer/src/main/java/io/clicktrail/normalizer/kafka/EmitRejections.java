package io.clicktrail.normalizer.kafka;

import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Outcome.Rejected;
import java.util.Arrays;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends on what could not be read: of a rejected record its key, headers and value untouched, of a normalized one each
 * broken document by itself, so that sending a mended one in again does not send the good ones twice.
 */
public final class EmitRejections extends ContextualProcessor<byte[], NormalizedRecord, byte[], byte[]> {

    private final int mostBytes;

    /**
     * @param mostBytes the most bytes of a value that are handed on; more are cut off, and a header says so
     */
    public EmitRejections(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void process(Record<byte[], NormalizedRecord> record) {
        NormalizedRecord read = record.value();
        switch (read.outcome()) {
            case Outcome.Normalized normalized -> {
                for (Rejected fault : normalized.faults()) {
                    forward(record, fault, slice(read.value(), fault), true);
                }
            }
            case Rejected rejected -> forward(record, rejected, read.value(), read.isPart());
            case Outcome.Ignored ignored -> {}
            case Outcome.Partial partial -> {}
        }
    }

    private void forward(
            Record<byte[], NormalizedRecord> record, Rejected rejected, byte @Nullable [] value, boolean isPart) {
        var headers = new RecordHeaders(record.headers());
        RejectedHeaders.put(headers, rejected, record.value().at());
        if (isPart) {
            RejectedHeaders.put(headers, RejectedHeaders.PART, Integer.toString(rejected.from()));
        }
        byte[] sent = value;
        if (value != null && value.length > mostBytes) {
            RejectedHeaders.put(headers, RejectedHeaders.TRUNCATED, Integer.toString(value.length));
            sent = Arrays.copyOf(value, mostBytes);
        }
        context().forward(record.withValue(sent).withHeaders(headers));
    }

    private static byte @Nullable [] slice(byte @Nullable [] value, Rejected fault) {
        return value == null ? null : Arrays.copyOfRange(value, fault.from(), fault.to());
    }
}
