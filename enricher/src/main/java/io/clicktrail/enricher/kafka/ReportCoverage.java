package io.clicktrail.enricher.kafka;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reports which telemetry each host sends, at most every five minutes of event time. What was reported is remembered in
 * memory alone: a report too many after a restart says the same again.
 */
public final class ReportCoverage implements Processor<String, Event, String, ResolutionInput> {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final int MAX_SENSORS = 100_000;

    private final LruCache<Sensor, Instant> reported = new LruCache<>(MAX_SENSORS);
    private ProcessorContext<String, ResolutionInput> context;

    @Override
    public void init(ProcessorContext<String, ResolutionInput> given) {
        context = given;
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        @Nullable Host host = event.getHost();
        if (host == null || LeaseClaims.isKey(record.key())) {
            return;
        }
        var sensor =
                new Sensor(host.getName(), event.getKind(), event.getSource().getDataset());
        Instant last = reported.get(sensor);
        if (last == null || !event.getTime().isBefore(last.plus(REFRESH))) {
            reported.put(sensor, event.getTime());
            context.forward(record.withKey(sensor.host())
                    .withValue(new ResolutionInput.Covered(
                            new Coverage(sensor.host(), sensor.kind(), sensor.dataset(), event.getTime()))));
        }
    }

    private record Sensor(String host, EventKind kind, String dataset) {}
}
