package io.clicktrail.correlator.kafka;

import io.clicktrail.coverage.Coverage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Records which telemetry each host sends. */
public final class RecordSensors implements Processor<String, Coverage, Void, Void> {

    private SensorStore sensors;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        sensors = new SensorStore(context.getStateStore(CorrelatorStores.SENSORS));
    }

    @Override
    public void process(Record<String, Coverage> record) {
        var coverage = record.value();
        if (coverage != null) {
            sensors.saw(
                    coverage.getHost(),
                    coverage.getKind(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, coverage.getLastSeen()));
        }
    }
}
