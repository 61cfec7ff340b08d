package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Waits for services by the offsets that they commit together with what they wrote, one after the other in the order of
 * an event's way. A cluster that does not answer is asked again until the deadline.
 */
final class RoundProgress implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 5;
    private static final long FEW = 1000;

    private final Infrastructure infrastructure;
    private final Topics topics;
    private final Deadline deadline;
    private final Admin admin;

    RoundProgress(Infrastructure infrastructure, Topics topics, Deadline deadline) {
        this.infrastructure = infrastructure;
        this.topics = topics;
        this.deadline = deadline;
        admin = infrastructure.admin();
    }

    /** Returns when all that was delivered has become evidence, if it is any. */
    void awaitEvidence() throws Deadline.MissedException, InterruptedException {
        await(Service.NORMALIZER, topics.raw());
        // What the enricher learns of hosts and domains comes back to it.
        await(Service.ENRICHER, List.of(topics.events(), topics.identities(), topics.domains()));
    }

    /** Returns when all that was delivered has become part of a case, if it is of any. */
    void awaitCases() throws Deadline.MissedException, InterruptedException {
        awaitEvidence();
        await(Service.CORRELATOR, List.of(topics.evidence(), topics.coverage()));
        await(Service.ALERTER, List.of(topics.detections(), topics.events(), topics.evidence(), topics.soarFeedback()));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private void await(Service service, List<? extends Topic<?, ?>> sources)
            throws Deadline.MissedException, InterruptedException {
        var names = sources.stream().map(Topic::name).collect(Collectors.toSet());
        while (true) {
            var state = "the " + service.label() + " is to read " + names;
            try {
                var left = left(service, names);
                if (left.isEmpty()) {
                    return;
                }
                state = "the " + service.label() + " has to read " + left;
            } catch (ExecutionException | KafkaException e) {
                state += ", but the brokers do not answer: " + e.getMessage();
            }
            deadline.require(state);
            Thread.sleep(POLL);
        }
    }

    /** Offsets between what the service has committed and the ends of what it reads, where records are there. */
    private Map<TopicPartition, Long> left(Service service, Set<String> sources)
            throws ExecutionException, InterruptedException {
        var group = Deployment.group(topics.prefix(), service);
        var partitions = partitions(group, sources);
        // Commits before ends, so that a topic between two parts of a service can't grow unseen.
        var committed = committed(group, partitions);
        var ends = ends(partitions);
        var left = new TreeMap<TopicPartition, Long>(
                Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        ends.forEach((partition, end) -> {
            long missing = end - committed.getOrDefault(partition, 0L);
            if (missing > 0) {
                left.put(partition, missing);
            }
        });
        long all = left.values().stream().mapToLong(Long::longValue).sum();
        return all < FEW && !holdRecords(left.keySet(), committed, ends) ? Map.of() : left;
    }

    /** What also takes up offsets are the marks of transactions. */
    private boolean holdRecords(
            Set<TopicPartition> partitions, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        if (partitions.isEmpty()) {
            return false;
        }
        try (var consumer = new KafkaConsumer<>(
                infrastructure.clients(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            for (int i = 0; i < POLLS; i++) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
                if (partitions.stream()
                        .allMatch(partition -> consumer.position(partition) >= to.getOrDefault(partition, 0L))) {
                    return false;
                }
            }
            return true;
        }
    }

    private Set<TopicPartition> partitions(String group, Set<String> sources)
            throws ExecutionException, InterruptedException {
        var names = admin.listTopics().names().get().stream()
                .filter(name -> sources.contains(name) || name.startsWith(group + "-") && name.endsWith("-repartition"))
                .toList();
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> committed(String group, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var all = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var committed = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            var offset = all.get(partition);
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        }
        return committed;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var latest = partitions.stream().collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest).all().get().forEach((partition, offset) -> ends.put(partition, offset.offset()));
        return ends;
    }
}
