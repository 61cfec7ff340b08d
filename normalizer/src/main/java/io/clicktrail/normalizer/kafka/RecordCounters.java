package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts what became of each raw record: received = normalized + ignored + rejected. A record that holds nothing but
 * pieces of events is counted when its first piece is settled, as the event that this piece belongs to; until then it
 * is received only. All tasks of a service share it.
 */
public final class RecordCounters {

    private static final Duration[] NO_BUCKETS = {};

    /** Records choose the names of their programs, so only as many are counted by themselves. */
    private static final int MAX_PROGRAMS = 200;

    private static final String OTHERS = "others";

    private final MeterRegistry meters;
    private final Canary canary;
    private final Counter received;
    private final Counter normalized;
    private final Map<String, Counter> ignored = new ConcurrentHashMap<>();
    private final Map<String, Counter> programs = new ConcurrentHashMap<>();
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<String, Counter> faults = new ConcurrentHashMap<>();
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();

    public RecordCounters(MeterRegistry meters) {
        this.meters = meters;
        this.canary = new Canary(meters);
        this.received = Metric.RAW_RECEIVED.counter(meters);
        this.normalized = Metric.RAW_NORMALIZED.counter(meters);
    }

    void received() {
        received.increment();
    }

    /**
     * Counts a record, and the events and faults in it.
     *
     * @param delivered milliseconds since 1970
     */
    void count(Outcome outcome, long delivered) {
        record(outcome);
        if (outcome instanceof Outcome.Normalized read) {
            contents(read, delivered);
        }
    }

    /** Counts a record alone. */
    void record(Outcome outcome) {
        switch (outcome) {
            case Outcome.Normalized read -> normalized.increment();
            case Outcome.Ignored read -> {
                increment(ignored, Metric.RAW_IGNORED, "dataset", read.dataset());
                if (read.program() != null) {
                    boolean isNamed = programs.size() < MAX_PROGRAMS || programs.containsKey(read.program());
                    increment(programs, Metric.RAW_OTHER, "program", isNamed ? read.program() : OTHERS);
                }
            }
            case Outcome.Rejected read ->
                increment(rejected, Metric.RAW_REJECTED, "reason", read.reason().name());
            case Outcome.Partial read -> {}
        }
    }

    /**
     * Counts events and faults alone.
     *
     * @param delivered milliseconds since 1970
     */
    void contents(Outcome.Normalized read, long delivered) {
        long now = meters.config().clock().wallTime();
        for (Event event : read.events()) {
            String name = event.getSource().getDataset();
            Dataset dataset = datasets.get(name);
            if (dataset == null) {
                dataset = datasets.computeIfAbsent(name, text -> new Dataset(text, meters));
            }
            dataset.event(event.getTime(), delivered, now);
            if (Canary.is(event)) {
                canary.arrived(delivered, now);
            }
        }
        for (Outcome.Rejected fault : read.faults()) {
            fault(fault);
        }
    }

    /** Counts a broken document of a record that is counted elsewhere. */
    void fault(Outcome.Rejected fault) {
        increment(faults, Metric.RAW_FAULTS, "reason", fault.reason().name());
    }

    private void increment(Map<String, Counter> counters, Metric metric, String tag, String value) {
        counters.computeIfAbsent(value, text -> metric.counter(meters, tag, text))
                .increment();
    }

    /** What is known of the events of one kind of sensor. */
    private static final class Dataset {

        private final Counter events;
        private final Timer delay;
        private volatile long last;

        Dataset(String name, MeterRegistry meters) {
            events = Metric.EVENTS.counter(meters, "dataset", name);
            delay = Metric.EVENT_DELAY.timer(meters, NO_BUCKETS, "dataset", name);
            last = meters.config().clock().wallTime();
            Metric.SENSOR_SILENCE.gauge(
                    meters, () -> (meters.config().clock().wallTime() - last) / 1_000, "dataset", name);
        }

        void event(Instant time, long delivered, long now) {
            events.increment();
            delay.record(Math.max(0, delivered - time.toEpochMilli()), TimeUnit.MILLISECONDS);
            last = now;
        }
    }
}
