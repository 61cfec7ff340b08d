package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what became of each raw record: received = normalized + ignored + rejected. A record that holds nothing but pieces of events is
 * counted when its first piece is settled, as the event that this piece belongs to; until then it is received only.
 */
final class RecordCounters {

    private final MeterRegistry meters;
    private final Counter received;
    private final Counter normalized;
    private final Map<String, Counter> ignored = new HashMap<>();
    private final Map<String, Counter> rejected = new HashMap<>();
    private final Map<String, Counter> faults = new HashMap<>();
    private final Map<String, Counter> events = new HashMap<>();

    RecordCounters(MeterRegistry meters) {
        this.meters = meters;
        this.received = Metric.RAW_RECEIVED.counter(meters);
        this.normalized = Metric.RAW_NORMALIZED.counter(meters);
    }

    void received() {
        received.increment();
    }

    /** Counts a record, and the events and faults in it. */
    void count(Outcome outcome) {
        record(outcome);
        if (outcome instanceof Outcome.Normalized read) {
            contents(read);
        }
    }

    /** Counts a record alone. */
    void record(Outcome outcome) {
        switch (outcome) {
            case Outcome.Normalized read -> normalized.increment();
            case Outcome.Ignored read -> increment(ignored, Metric.RAW_IGNORED, "dataset", read.dataset());
            case Outcome.Rejected read ->
                increment(rejected, Metric.RAW_REJECTED, "reason", read.reason().name());
            case Outcome.Partial read -> {}
        }
    }

    /** Counts events and faults alone. */
    void contents(Outcome.Normalized read) {
        for (Event event : read.events()) {
            increment(events, Metric.EVENTS, "dataset", event.getSource().getDataset());
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
}
