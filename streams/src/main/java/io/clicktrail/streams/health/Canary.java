package io.clicktrail.streams.health;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;

/**
 * Measures the latency of canaries. A canary is a heartbeat with a separate dataset: it is written to the raw logs,
 * passes every service, is never part of a chain, and ends at the alerter.
 */
public final class Canary {

    /** Dataset of canaries. */
    public static final String DATASET = "clicktrail.canary";

    /** Key of a canary on the topic of detections, where it is a record without a value. */
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
     * Records the arrival of a canary.
     *
     * @param delivered delivery of its raw record, milliseconds since 1970
     * @param now milliseconds since 1970
     */
    public void arrived(long delivered, long now) {
        timer.record(Duration.ofMillis(Math.max(0, now - delivered)));
    }
}
