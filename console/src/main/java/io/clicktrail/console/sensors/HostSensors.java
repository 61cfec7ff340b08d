package io.clicktrail.console.sensors;

import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When each sensor of a host was last heard. One thread writes, others read. */
public final class HostSensors {

    private static final int MAX_HOSTS = 200_000;
    private static final int MAX_SENSORS_OF_A_HOST = 64;
    private static final String MACOS = "macos.";

    private final Map<String, Map<String, Sensor>> hosts = new ConcurrentHashMap<>();

    /** A sensor of a host. @param kinds what it shows */
    public record Sensor(String host, String dataset, Set<EventKind> kinds, Instant lastSeen) {

        public Sensor {
            kinds = Set.copyOf(kinds);
        }

        /** What it shows, in words. */
        public String shows() {
            return kinds.stream()
                    .sorted()
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * A host of which a stage of a chain can't be seen.
     *
     * @param stages stages for which no event has ever come
     * @param lastSeen last event of any kind
     */
    public record BlindSpot(String host, List<Stage> stages, Instant lastSeen) {}

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
                            Set.of(coverage.getKind()),
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
        var kinds = EnumSet.copyOf(one.kinds());
        kinds.addAll(other.kinds());
        return new Sensor(one.host(), one.dataset(), kinds, last);
    }

    /** The hosts with a blind spot, those with most stages first. */
    public List<BlindSpot> blindSpots(int most) {
        var spots = new ArrayList<BlindSpot>();
        hosts.forEach((host, sensors) -> {
            var shown = EnumSet.noneOf(EventKind.class);
            sensors.values().forEach(sensor -> shown.addAll(sensor.kinds()));
            Platform platform = sensors.values().stream()
                            .anyMatch(sensor -> sensor.dataset().startsWith(MACOS))
                    ? Platform.MACOS
                    : Platform.UNKNOWN;
            List<Stage> missing = Stream.of(Stage.values())
                    .filter(stage -> Collections.disjoint(Sensors.kindsThatShow(stage, platform), shown))
                    .toList();
            if (!missing.isEmpty()) {
                spots.add(new BlindSpot(
                        host,
                        missing,
                        sensors.values().stream()
                                .map(Sensor::lastSeen)
                                .max(Comparator.naturalOrder())
                                .orElse(Instant.EPOCH)));
            }
        });
        spots.sort(Comparator.comparingInt((BlindSpot spot) -> -spot.stages().size())
                .thenComparing(BlindSpot::host));
        return spots.size() <= most ? spots : List.copyOf(spots.subList(0, most));
    }

    /** Number of hosts. */
    public int hosts() {
        return hosts.size();
    }
}
