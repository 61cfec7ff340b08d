package io.clicktrail.console.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.console.sensors.HostSensors.BlindSpot;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostSensorsTest {

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");

    private final HostSensors sensors = new HostSensors();

    @Test
    void aHostIsBlindForTheStagesOfWhichNoEventHasEverCome() {
        heard("a", "windows.sysmon", EventKind.PROCESS_START, NOW);
        heard("a", "zeek.conn", EventKind.NETWORK_CONNECTION, NOW.minusSeconds(60));
        heard("b", "windows.sysmon", EventKind.PROCESS_START, NOW);
        heard("b", "windows.sysmon", EventKind.DNS_QUERY, NOW);
        heard("b", "windows.sysmon", EventKind.FILE_WRITE, NOW);
        heard("c", "zeek.dns", EventKind.DNS_QUERY, NOW);

        assertThat(sensors.blindSpots(10))
                .containsExactly(
                        new BlindSpot("c", List.of(Stage.CLICK, Stage.WRITE, Stage.EXECUTION), NOW),
                        new BlindSpot("a", List.of(Stage.WRITE), NOW));
        assertThat(sensors.blindSpots(1)).hasSize(1);
    }

    @Test
    void aSilentSensorIsOneLineWithAllThatItShowed() {
        heard("a", "windows.sysmon", EventKind.PROCESS_START, NOW.minusSeconds(900));
        heard("a", "windows.sysmon", EventKind.DNS_QUERY, NOW.minusSeconds(800));
        heard("a", "zeek.dns", EventKind.DNS_QUERY, NOW);

        assertThat(sensors.silentSince(NOW.minusSeconds(100), 10))
                .singleElement()
                .satisfies(sensor -> {
                    assertThat(sensor.dataset()).isEqualTo("windows.sysmon");
                    assertThat(sensor.shows()).contains("process start", "dns query");
                    assertThat(sensor.lastSeen()).isEqualTo(NOW.minusSeconds(800));
                });
    }

    private void heard(String host, String dataset, EventKind kind, Instant at) {
        sensors.put(Coverage.newBuilder()
                .setHost(host)
                .setDataset(dataset)
                .setKind(kind)
                .setLastSeen(at)
                .build());
    }
}
