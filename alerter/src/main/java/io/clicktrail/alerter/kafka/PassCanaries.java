package io.clicktrail.alerter.kafka;

import io.clicktrail.detection.Detection;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts detections and passes them on. A record without a value is a canary: its latency is measured, and it ends
 * here.
 */
public final class PassCanaries implements FixedKeyProcessor<String, @Nullable Detection, Detection> {

    private final Counter received;
    private final Canary canary;
    private @Nullable FixedKeyProcessorContext<String, Detection> context;

    public PassCanaries(MeterRegistry meters) {
        received = Metric.ALERTER_RECEIVED.counter(meters);
        canary = new Canary(meters);
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Detection> given) {
        context = given;
    }

    @Override
    public void process(FixedKeyRecord<String, @Nullable Detection> record) {
        var to = Objects.requireNonNull(context);
        Detection detection = record.value();
        if (detection != null) {
            received.increment();
            to.forward(record.withValue(detection));
        } else if (Canary.KEY.equals(record.key())) {
            canary.arrived(record.timestamp(), to.currentSystemTimeMs());
        }
    }
}
