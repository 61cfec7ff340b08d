package io.clicktrail.enricher.kafka;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private static final int MAX_HOSTS = 20_000;
    private static final int MAX_SENSORS_OF_A_HOST = 64;

    private final LruCache<String, List<Sensor>> reported = new LruCache<>(MAX_HOSTS);
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
        String dataset = event.getSource().getDataset();
        if (isDue(sensorsOf(host.getName()), event.getKind(), dataset, event.getTime())) {
            context.forward(record.withKey(host.getName())
                    .withValue(new ResolutionInput.Covered(
                            new Coverage(host.getName(), event.getKind(), dataset, event.getTime()))));
        }
    }

    private List<Sensor> sensorsOf(String host) {
        List<Sensor> known = reported.get(host);
        if (known == null) {
            known = new ArrayList<>(4);
            reported.put(host, known);
        }
        return known;
    }

    /** Whether a sensor was not reported lately; remembers that it is now. */
    private static boolean isDue(List<Sensor> sensors, EventKind kind, String dataset, Instant time) {
        for (int i = 0; i < sensors.size(); i++) {
            Sensor known = sensors.get(i);
            if (known.kind() == kind && known.dataset().equals(dataset)) {
                if (time.isBefore(known.due())) {
                    return false;
                }
                sensors.remove(i);
                break;
            }
        }
        if (sensors.size() >= MAX_SENSORS_OF_A_HOST) {
            sensors.removeFirst();
        }
        sensors.add(new Sensor(kind, dataset, time.plus(REFRESH)));
        return true;
    }

    private record Sensor(EventKind kind, String dataset, Instant due) {}
}
