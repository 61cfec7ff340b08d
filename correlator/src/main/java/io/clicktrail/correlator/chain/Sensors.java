package io.clicktrail.correlator.chain;

import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What is known of the sensors of one host. */
@FunctionalInterface
public interface Sensors {

    /** How long before a chain a sensor may last have been heard and still count as alive. */
    Duration ALIVE = Duration.ofMinutes(60);

    /** What shows which stage depends on the platform: on macOS a link is handed over without starting a process. */
    static List<EventKind> kindsThatShow(Stage stage, Platform platform) {
        return switch (stage) {
            case CLICK ->
                platform == Platform.MACOS
                        ? List.of(EventKind.URL_OPEN)
                        : List.of(EventKind.PROCESS_START, EventKind.URL_OPEN);
            case EGRESS -> List.of(EventKind.NETWORK_CONNECTION, EventKind.DNS_QUERY, EventKind.HTTP_REQUEST);
            case WRITE -> List.of(EventKind.FILE_WRITE, EventKind.FILE_MARK);
            case EXECUTION -> List.of(EventKind.PROCESS_START);
        };
    }

    /** Latest event time, microseconds since 1970, of any event of the host that could show the stage. */
    OptionalLong lastSeen(Stage stage);

    /** Why a stage was not seen in a chain that began at this event time, microseconds since 1970. */
    default MissingReason whyMissing(Stage stage, long chainBegan) {
        var seen = lastSeen(stage);
        if (seen.isEmpty()) {
            return MissingReason.NO_SENSOR;
        }
        return seen.getAsLong() < chainBegan - ALIVE.toNanos() / 1_000
                ? MissingReason.SENSOR_SILENT
                : MissingReason.NOT_SEEN;
    }
}
