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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
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
    private final Duration behindAfter;
    private @Nullable Admin admin;
    private @Nullable PipelineState last;
    private Map<String, Long> lastEnds = Map.of();
    private Instant lastLook = Instant.EPOCH;

    /**
     * Looks at nothing yet.
     *
     * @param clients how to reach the brokers
     * @param behindAfter age of an unread record from which a service is behind
     */
    public PipelineWatch(Topics topics, Map<String, Object> clients, Duration behindAfter) {
        this.topics = topics;
        this.behindAfter = behindAfter;
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

    /** Commits are read before the ends, so that what is delivered meanwhile counts as not read. */
    private PipelineState seen(Instant now) throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, List<TopicPartition>> partitions = partitions(shown());
        var committed = new LinkedHashMap<String, Map<TopicPartition, Long>>();
        var read = new HashSet<String>();
        for (String service : TopicPlan.SERVICES) {
            Map<TopicPartition, Long> offsets = committed(service);
            committed.put(service, offsets);
            offsets.keySet().forEach(partition -> read.add(partition.topic()));
        }
        read.removeAll(partitions.keySet());
        var all = new HashSet<TopicPartition>();
        partitions.values().forEach(all::addAll);
        partitions(read).values().forEach(all::addAll);
        Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
        Map<String, GroupState> groups = groups();
        var lags = new ArrayList<ServiceLag>();
        for (String service : TopicPlan.SERVICES) {
            lags.add(lag(service, groups, committed.getOrDefault(service, Map.of()), ends, now));
        }
        return PipelineState.of(now, rates(partitions, ends, now), lags, behindAfter, rejected(partitions, ends));
    }

    /** The topics whose rates and rejected records are shown. */
    private List<String> shown() {
        var names = new ArrayList<>(topics.raw().stream().map(Topic::name).toList());
        names.add(topics.events().name());
        names.add(topics.evidence().name());
        names.add(topics.detections().name());
        names.add(topics.alerts().name());
        names.add(topics.rejected().name());
        return names;
    }

    private Map<String, List<TopicPartition>> partitions(Collection<String> names)
            throws ExecutionException, TimeoutException, InterruptedException {
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

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin()
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> entry) ->
                                entry.getValue().offset()));
    }

    /** What a service has committed: of its sources, and of its repartition topics. */
    private Map<TopicPartition, Long> committed(String service)
            throws ExecutionException, TimeoutException, InterruptedException {
        var committed = new HashMap<TopicPartition, Long>();
        admin().listConsumerGroupOffsets(topics.application(service))
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** The groups of the services by name, as far as they exist. */
    private Map<String, GroupState> groups() throws ExecutionException, TimeoutException, InterruptedException {
        var states = new HashMap<String, GroupState>();
        for (GroupListing group : admin().listGroups().valid().get(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            states.put(group.groupId(), group.groupState().orElse(GroupState.UNKNOWN));
        }
        return states;
    }

    /** Every partition of a topic counts of which the service has committed any, and every one of its main source. */
    private ServiceLag lag(
            String service,
            Map<String, GroupState> groups,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> ends,
            Instant now)
            throws ExecutionException, TimeoutException, InterruptedException {
        var read = new HashSet<>(sources(service));
        committed.keySet().forEach(partition -> read.add(partition.topic()));
        List<TopicPartition> neverRead = ends.keySet().stream()
                .filter(partition -> read.contains(partition.topic()) && !committed.containsKey(partition))
                .toList();
        Map<TopicPartition, Long> from = new HashMap<>(committed);
        from.putAll(neverRead.isEmpty() ? Map.of() : offsets(neverRead, OffsetSpec.earliest()));
        long sum = 0;
        boolean records = false;
        var unread = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, Long> each : from.entrySet()) {
            long left = ends.getOrDefault(each.getKey(), 0L) - each.getValue();
            if (left > 0) {
                sum += left;
                records |= left > ServiceLag.MARKERS;
                unread.put(each.getKey(), each.getValue());
            }
        }
        boolean running = switch (groups.getOrDefault(topics.application(service), GroupState.DEAD)) {
            case STABLE, PREPARING_REBALANCE, COMPLETING_REBALANCE, ASSIGNING, RECONCILING -> true;
            case UNKNOWN, DEAD, EMPTY, NOT_READY -> false;
        };
        return new ServiceLag(
                service, committed.size(), sum, records, running, unread.isEmpty() ? null : oldest(unread, now));
    }

    private List<String> sources(String service) {
        return switch (service) {
            case "normalizer" -> topics.raw().stream().map(Topic::name).toList();
            case "enricher" -> List.of(topics.events().name());
            case "correlator" -> List.of(topics.evidence().name());
            case "alerter" -> List.of(topics.detections().name());
            default -> throw new IllegalArgumentException(service);
        };
    }

    /**
     * When the oldest of the records at these offsets was delivered, to the second. Times are delivery times and grow
     * with the offsets, so the brokers' index by time answers it: to read the records would need a right to read them.
     */
    private @Nullable Instant oldest(Map<TopicPartition, Long> offsets, Instant now)
            throws ExecutionException, TimeoutException, InterruptedException {
        var from = new HashMap<TopicPartition, Long>();
        var until = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : offsets.keySet()) {
            from.put(partition, 0L);
            until.put(partition, now.getEpochSecond() + 1);
        }
        while (from.entrySet().stream().anyMatch(each -> until.getOrDefault(each.getKey(), 0L) - each.getValue() > 1)) {
            var middle = new HashMap<TopicPartition, Long>();
            from.forEach(
                    (partition, second) -> middle.put(partition, (second + until.getOrDefault(partition, second)) / 2));
            var found = admin().listOffsets(middle.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, each -> OffsetSpec.forTimestamp(each.getValue() * 1000))))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            found.forEach((partition, first) -> {
                boolean later = first.offset() >= 0 && first.offset() <= offsets.getOrDefault(partition, 0L);
                (later ? from : until).put(partition, middle.getOrDefault(partition, 0L));
            });
        }
        return from.values().stream()
                .filter(second -> second > 0)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochSecond)
                .orElse(null);
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
