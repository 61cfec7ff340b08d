package io.clicktrail.streams.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** Lag of a service in records and seconds, for metrics and health. */
public final class ProcessingLag {

    private final CurrentStreams streams;
    private final PendingRecords pending;

    public ProcessingLag(CurrentStreams streams, PendingRecords pending, MeterRegistry meters) {
        this.streams = streams;
        this.pending = pending;
        Metric.OLDEST_UNEVALUATED.gauge(meters, this::secondsBehind);
    }

    /** Seconds since the delivery of the oldest record that is not evaluated; 0 if there is none. */
    long secondsBehind() {
        var running = streams.get();
        if (running == null) {
            return 0;
        }
        var threads = running.metadataForLocalThreads();
        var oldest = threads.stream().allMatch(thread -> thread.threadState().equals("RUNNING"))
                ? pending.oldest(assigned(threads))
                : pending.oldest();
        return oldest.isEmpty() ? 0 : Math.max(0, System.currentTimeMillis() - oldest.getAsLong()) / 1_000;
    }

    private static Set<TopicPartition> assigned(Set<ThreadMetadata> threads) {
        var assigned = new HashSet<TopicPartition>();
        for (ThreadMetadata thread : threads) {
            thread.activeTasks().forEach(task -> assigned.addAll(task.topicPartitions()));
        }
        return assigned;
    }

    /** Largest lag of a partition in records, as of the last fetch. */
    static long recordsBehind(KafkaStreams running) {
        double most = 0;
        for (var metric : running.metrics().values()) {
            if (metric.metricName().name().equals("records-lag-max")
                    && !metric.metricName().tags().containsKey("topic")
                    && metric.metricValue() instanceof Number lag
                    && lag.doubleValue() > most) {
                most = lag.doubleValue();
            }
        }
        return (long) most;
    }
}
