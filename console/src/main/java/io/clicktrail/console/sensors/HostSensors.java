package io.clicktrail.console.sensors;

import io.clicktrail.coverage.Coverage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each sensor of a host was last heard. One thread writes, others read. */
public final class HostSensors {

    private static final int MAX_HOSTS = 200_000;
    private static final int MAX_SENSORS_OF_A_HOST = 64;

    private final Map<String, Map<String, Sensor>> hosts = new ConcurrentHashMap<>();

    /** A sensor of a host. @param kind what it shows, in words */
    public record Sensor(String host, String dataset, String kind, Instant lastSeen) {}

    /** Takes what was heard of a sensor. */
    public void put(Coverage coverage) {
        if (hosts.size() >= MAX_HOSTS && !hosts.containsKey(coverage.getHost())) {
            return;
        }
        Map<String, Sensor> sensors = hosts.computeIfAbsent(coverage.getHost(), host -> new ConcurrentHashMap<>());
        String key = coverage.getDataset() + " " + coverage.getKind();
        if (sensors.size() < MAX_SENSORS_OF_A_HOST || sensors.containsKey(key)) {
            sensors.merge(
                    key,
                    new Sensor(
                            coverage.getHost(),
                            coverage.getDataset(),
                            coverage.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            coverage.getLastSeen()),
                    (known, next) -> next.lastSeen().isAfter(known.lastSeen()) ? next : known);
        }
    }

    /** The sensors of a host, those heard last first. */
    public List<Sensor> of(String host) {
        return hosts.getOrDefault(host, Map.of()).values().stream()
                .sorted(Comparator.comparing(Sensor::lastSeen).reversed().thenComparing(Sensor::dataset))
                .toList();
    }

    /** Sensors of which something was not heard since a time, the longest silent first; one entry for each sensor. */
    public List<Sensor> silentSince(Instant time, int most) {
        var silent = new ArrayList<Sensor>();
        for (Map<String, Sensor> sensors : hosts.values()) {
            Map<String, Sensor> byDataset = new HashMap<>();
            for (Sensor sensor : sensors.values()) {
                if (sensor.lastSeen().isBefore(time)) {
                    byDataset.merge(sensor.dataset(), sensor, HostSensors::joined);
                }
            }
            silent.addAll(byDataset.values());
        }
        silent.sort(Comparator.comparing(Sensor::lastSeen).thenComparing(Sensor::host));
        return silent.size() <= most ? silent : List.copyOf(silent.subList(0, most));
    }

    private static Sensor joined(Sensor one, Sensor other) {
        Instant last = one.lastSeen().isAfter(other.lastSeen()) ? one.lastSeen() : other.lastSeen();
        return new Sensor(one.host(), one.dataset(), one.kind() + ", " + other.kind(), last);
    }

    /** Number of hosts. */
    public int hosts() {
        return hosts.size();
    }
}
