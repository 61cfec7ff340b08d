package io.clicktrail.console.kafka;

import io.clicktrail.console.pipeline.PipelineState;
import io.clicktrail.console.pipeline.PipelineState.RejectedReason;
import io.clicktrail.console.pipeline.PipelineState.ServiceLag;
import io.clicktrail.console.pipeline.PipelineState.TopicRate;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.topics.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the pipeline from outside, through the brokers: the ends of its topics, how far each service has read, and
 * the last rejected records. It looks when asked, at most every {@value #SECONDS_BETWEEN} seconds.
 */
public final class PipelineWatch implements AutoCloseable {

    private static final int SECONDS_BETWEEN = 3;
    private static final int TIMEOUT_SECONDS = 5;
    private static final int MAX_REJECTED = 500;
    private static final int MAX_EXAMPLE_BYTES = 300;
    private static final String REASON = "clicktrail.rejected.reason";

    private final Topics topics;
    private final Map<String, Object> clients;
    private @Nullable Admin admin;
    private @Nullable PipelineState last;
    private Map<String, Long> lastEnds = Map.of();
    private Instant lastLook = Instant.EPOCH;
    private @Nullable Instant behindSince;

    /** @param clients how to reach the brokers */
    public PipelineWatch(Topics topics, Map<String, Object> clients) {
        this.topics = topics;
        this.clients = new HashMap<>(clients);
        this.clients.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
        this.clients.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
    }

    /** The state now. Where the brokers do not answer, the state says so and has nothing else. */
    public synchronized PipelineState look() {
        Instant now = Instant.now();
        if (last != null && Duration.between(lastLook, now).toSeconds() < SECONDS_BETWEEN) {
            return last;
        }
        PipelineState state;
        try {
            state = seen(now);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            state = PipelineState.unknown(now, cause.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            state = PipelineState.unknown(now, "interrupted");
        }
        last = state;
        lastLook = now;
        return state;
    }

    private PipelineState seen(Instant now) throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, List<TopicPartition>> partitions = partitions();
        var all = partitions.values().stream().flatMap(List::stream).toList();
        Map<TopicPartition, Long> ends = ends(all);
        var lags = new ArrayList<ServiceLag>();
        for (String service : TopicPlan.SERVICES) {
            lags.add(lag(service, ends));
        }
        boolean behind = lags.stream().anyMatch(ServiceLag::isBehind);
        behindSince = !behind ? null : behindSince == null ? now : behindSince;
        return PipelineState.of(now, rates(partitions, ends, now), lags, behindSince, rejected(partitions, ends));
    }

    private Map<String, List<TopicPartition>> partitions()
            throws ExecutionException, TimeoutException, InterruptedException {
        var names = new ArrayList<>(topics.raw().stream().map(Topic::name).toList());
        names.add(topics.events().name());
        names.add(topics.evidence().name());
        names.add(topics.detections().name());
        names.add(topics.alerts().name());
        names.add(topics.rejected().name());
        var described = admin().describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var partitions = new LinkedHashMap<String, List<TopicPartition>>();
        for (String name : names) {
            var description = described.get(name);
            if (description != null) {
                partitions.put(
                        name,
                        description.partitions().stream()
                                .map(info -> new TopicPartition(name, info.partition()))
                                .toList());
            }
        }
        return partitions;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin()
                .listOffsets(partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> entry) ->
                                entry.getValue().offset()));
    }

    private ServiceLag lag(String service, Map<TopicPartition, Long> ends)
            throws ExecutionException, TimeoutException, InterruptedException {
        var committed = admin().listConsumerGroupOffsets(topics.application(service))
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        long lag = 0;
        int partitions = 0;
        for (var entry : committed.entrySet()) {
            Long end = ends.get(entry.getKey());
            if (end != null && entry.getValue() != null) {
                partitions++;
                lag += Math.max(0, end - entry.getValue().offset());
            }
        }
        return new ServiceLag(service, partitions, lag);
    }

    private List<TopicRate> rates(
            Map<String, List<TopicPartition>> partitions, Map<TopicPartition, Long> ends, Instant now) {
        var rates = new ArrayList<TopicRate>();
        var sums = new HashMap<String, Long>();
        double seconds = Duration.between(lastLook, now).toMillis() / 1000.0;
        partitions.forEach((topic, those) -> {
            long end = those.stream()
                    .mapToLong(partition -> ends.getOrDefault(partition, 0L))
                    .sum();
            Long before = lastEnds.get(topic);
            sums.put(topic, end);
            rates.add(new TopicRate(topic, end, before == null ? -1 : Math.max(0, end - before) / seconds));
        });
        lastEnds = Map.copyOf(sums);
        return rates;
    }

    /** The last rejected records of each partition, counted by reason. */
    private List<RejectedReason> rejected(
            Map<String, List<TopicPartition>> partitions, Map<TopicPartition, Long> ends) {
        List<TopicPartition> those = partitions.getOrDefault(topics.rejected().name(), List.of());
        var counts = new TreeMap<String, RejectedReason>();
        var properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_REJECTED);
        Set<TopicPartition> filled = those.stream()
                .filter(partition -> ends.getOrDefault(partition, 0L) > 0)
                .collect(Collectors.toSet());
        if (filled.isEmpty()) {
            return List.of();
        }
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(filled);
            filled.forEach(partition ->
                    consumer.seek(partition, Math.max(0, ends.getOrDefault(partition, 0L) - MAX_REJECTED)));
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() < until
                    && filled.stream()
                            .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Header reason = record.headers().lastHeader(REASON);
                    String name = reason == null ? "unknown" : new String(reason.value(), StandardCharsets.UTF_8);
                    counts.merge(
                            name,
                            new RejectedReason(name, 1, example(record)),
                            (known, next) -> new RejectedReason(name, known.count() + 1, next.example()));
                }
            }
        }
        return List.copyOf(counts.values());
    }

    private static String example(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        String text = value == null
                ? ""
                : new String(value, 0, Math.min(value.length, MAX_EXAMPLE_BYTES), StandardCharsets.UTF_8);
        return "partition " + record.partition() + " offset " + record.offset() + ": " + text;
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(clients);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
