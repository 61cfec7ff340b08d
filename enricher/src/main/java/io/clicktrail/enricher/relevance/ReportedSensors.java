package io.clicktrail.enricher.relevance;

import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which telemetry each host was seen to send in the last five minutes of event time, for at most {@value #MAX_HOSTS}
 * hosts of {@value #MAX_SENSORS_OF_A_HOST} sensors. Not safe for several threads.
 */
public final class ReportedSensors {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final int MAX_HOSTS = 20_000;
    private static final int MAX_SENSORS_OF_A_HOST = 64;

    private final LruCache<String, List<Sensor>> reported = new LruCache<>(MAX_HOSTS);

    /**
     * Whether an event shows a sensor of a host that no event has shown lately; remembers that it does.
     *
     * @param key key of the event
     */
    public boolean isDue(String key, Event event) {
        @Nullable Host host = event.getHost();
        return host != null
                && !LeaseClaims.isKey(key)
                && isDue(
                        sensorsOf(host.getName()),
                        event.getKind(),
                        event.getSource().getDataset(),
                        event.getTime());
    }

    private List<Sensor> sensorsOf(String host) {
        List<Sensor> known = reported.get(host);
        if (known == null) {
            known = new ArrayList<>(4);
            reported.put(host, known);
        }
        return known;
    }

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
