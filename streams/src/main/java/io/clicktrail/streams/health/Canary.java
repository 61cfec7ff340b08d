package io.clicktrail.streams.health;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;

/**
 * Takes the time that a canary has needed to get to a service. A canary is a heartbeat of a dataset of its own: it
 * comes in with the raw logs, passes every service, is never part of a chain, and ends at the alerter.
 */
public final class Canary {

    /** Dataset of canaries. */
    public static final String DATASET = "clicktrail.canary";

    /** Key under which a canary, a record without a value, follows the detections. */
    public static final String KEY = "canary";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final Timer timer;

    public Canary(MeterRegistry meters) {
        timer = Metric.CANARY.timer(meters, BUCKETS);
    }

    public static boolean is(Event event) {
        return event.getKind() == EventKind.HEARTBEAT
                && Objects.equals(event.getSource().getDataset(), DATASET);
    }

    /**
     * A canary has come.
     *
     * @param delivered when its raw record was delivered, milliseconds since 1970
     * @param now milliseconds since 1970
     */
    public void arrived(long delivered, long now) {
        timer.record(Duration.ofMillis(Math.max(0, now - delivered)));
    }
}
