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

    /**
     * How long after the start of a chain a sensor may first be heard and still count as alive. All that came until
     * then is known when the chain closes, so what came later, or sooner than live, changes nothing.
     */
    Duration HEARD = Duration.ofMinutes(15);

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

    /**
     * Latest event time, of any event of the host that could show the stage.
     *
     * @param until what is later does not count; both in microseconds since 1970
     */
    OptionalLong lastSeen(Stage stage, long until);

    /** Why a stage was not seen in a chain that began at this event time, microseconds since 1970. */
    default MissingReason whyMissing(Stage stage, long chainBegan) {
        var seen = lastSeen(stage, chainBegan + HEARD.toNanos() / 1_000);
        if (seen.isEmpty()) {
            return MissingReason.NO_SENSOR;
        }
        return seen.getAsLong() < chainBegan - ALIVE.toNanos() / 1_000
                ? MissingReason.SENSOR_SILENT
                : MissingReason.NOT_SEEN;
    }
}
