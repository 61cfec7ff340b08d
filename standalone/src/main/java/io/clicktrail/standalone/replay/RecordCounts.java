package io.clicktrail.standalone.replay;

import io.clicktrail.event.EventKind;
import io.clicktrail.event.Source;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.standalone.stack.ServiceContext;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of raw records by outcome.
 *
 * @param delivered records that were written to the raw topic, counted by the writer
 * @param normalized records that gave at least one event
 * @param ignored records that were parsed but are not needed
 * @param rejected records that could not be parsed, by reason
 * @param faults broken documents inside normalized records, by reason
 * @param addsUp whether the outcomes, each counted separately, add up to the delivered records
 */
public record RecordCounts(
        long delivered,
        long normalized,
        long ignored,
        Map<String, Long> rejected,
        Map<String, Long> faults,
        boolean addsUp) {

    public RecordCounts {
        rejected = Map.copyOf(rejected);
        faults = Map.copyOf(faults);
    }

    /**
     * Counts the rejected topic and reads the rest from the normalizer's counters. After a failure those count the
     * records that were processed again; then the normalized records are counted by the sources of the events.
     *
     * @param delivered raw records that were written, without heartbeats
     * @param heartbeats heartbeats, which the normalizer counts too
     */
    static RecordCounts of(Stack stack, long delivered, long heartbeats) {
        var refused = new Refused();
        TopicReader.readAll(stack, stack.topics().rejected(), record -> refused.add(record.headers()));
        Map<String, Long> rejected = refused.records;
        Map<String, Long> faults = refused.faults;
        MeterRegistry meters = normalizer(stack).meters();
        long normalized = (long) Metric.RAW_NORMALIZED.counter(meters).count() - heartbeats;
        long ignored = ignored(meters);
        if (normalized + ignored + sum(rejected) == delivered) {
            return new RecordCounts(delivered, normalized, ignored, rejected, faults, true);
        }
        long counted = normalizedRecords(stack);
        long rest = delivered - counted - sum(rejected);
        return new RecordCounts(delivered, counted, Math.max(0, rest), rejected, faults, rest >= 0 && rest <= ignored);
    }

    /**
     * Reads the numbers from the counters of a normalizer that has not failed meanwhile.
     *
     * @param heartbeats see above
     */
    static RecordCounts of(MeterRegistry meters, Refused refused, long delivered, long heartbeats) {
        long normalized = (long) Metric.RAW_NORMALIZED.counter(meters).count() - heartbeats;
        long ignored = ignored(meters);
        return new RecordCounts(
                delivered,
                normalized,
                ignored,
                refused.records,
                refused.faults,
                normalized + ignored + sum(refused.records) == delivered);
    }

    /** {@code received = normalized + ignored + rejected}, in numbers. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%,d received = %,d normalized + %,d ignored + %,d rejected",
                delivered,
                normalized,
                ignored,
                sum(rejected));
    }

    private static ServiceContext normalizer(Stack stack) {
        return stack.services().stream()
                .filter(context -> context.service() == stack.normalizing())
                .findFirst()
                .orElseThrow();
    }

    private static long normalizedRecords(Stack stack) {
        var seen = new HashMap<Integer, BitSet>();
        TopicReader.readAll(stack, stack.topics().events(), event -> {
            if (event.value().getKind() != EventKind.HEARTBEAT) {
                Source source = event.value().getSource();
                seen.computeIfAbsent(source.getPartition(), partition -> new BitSet())
                        .set(Math.toIntExact(source.getOffset()));
            }
        });
        return seen.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    private static long ignored(MeterRegistry meters) {
        long ignored = 0;
        for (Counter counter : meters.find(Metric.RAW_IGNORED.id()).counters()) {
            ignored += (long) counter.count();
        }
        return ignored;
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What stands on the topic of rejected records, by reason. */
    static final class Refused {
        private final Map<String, Long> records = new TreeMap<>();
        private final Map<String, Long> faults = new TreeMap<>();

        void add(Headers headers) {
            Map<String, Long> counts = header(headers, RejectedHeaders.PART) == null ? records : faults;
            counts.merge(String.valueOf(header(headers, RejectedHeaders.REASON)), 1L, Long::sum);
        }
    }
}
