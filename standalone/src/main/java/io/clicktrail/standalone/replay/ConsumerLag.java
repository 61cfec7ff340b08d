package io.clicktrail.standalone.replay;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.terminal.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lag of the services: end offsets minus committed offsets.
 *
 * <p>A service commits offsets and output in one transaction. So when its lag is 0, all output for its input is
 * written, and the next service can be awaited, in the order of the pipeline. Committed offsets are read before end
 * offsets, so that records on a repartition topic are never missed.
 */
final class ConsumerLag implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(90);
    private static final long MAX_MARKERS = 1000;

    private final Stack stack;
    private final Admin admin;

    ConsumerLag(Stack stack) {
        this.stack = stack;
        admin = stack.admin();
    }

    /**
     * Waits until the enricher has processed everything that was delivered.
     *
     * @param progress gets the number of raw records that are done
     * @throws StackException if a service makes no progress for 90 s
     */
    void awaitEvidence(Progress progress) throws StackException {
        Topics topics = stack.topics();
        awaitNone(Service.NORMALIZER, names(topics.raw()), progress);
        // The enricher reads the leases and domains that it writes.
        awaitNone(Service.ENRICHER, names(List.of(topics.events(), topics.identities(), topics.domains())), progress);
    }

    /** Waits until the alerter has processed everything that was delivered. */
    void awaitCases(Progress progress) throws StackException {
        Topics topics = stack.topics();
        awaitEvidence(progress);
        awaitNone(Service.CORRELATOR, names(List.of(topics.evidence(), topics.coverage())), progress);
        // The alerter also reads the events and evidence that answer an analyst's questions.
        awaitNone(
                Service.ALERTER,
                names(List.of(topics.detections(), topics.events(), topics.evidence(), topics.soarFeedback())),
                progress);
    }

    @Override
    public void close() {
        admin.close();
    }

    private static Set<String> names(List<? extends Topic<?, ?>> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toSet());
    }

    private void awaitNone(Service service, Set<String> sources, Progress progress) throws StackException {
        Map<TopicPartition, Long> lastSeen = Map.of();
        long lastMove = System.nanoTime();
        try {
            Set<TopicPartition> partitions = partitionsOf(service, sources);
            while (true) {
                Map<TopicPartition, Long> committed = committed(service, partitions);
                Map<TopicPartition, Long> ends = ends(partitions);
                long left = 0;
                for (TopicPartition partition : partitions) {
                    left += Math.max(0, ends.getOrDefault(partition, 0L) - committed.getOrDefault(partition, 0L));
                }
                if (service == Service.NORMALIZER) {
                    progress.at(committed.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
                }
                if (left == 0 || (left < MAX_MARKERS && !TopicReader.holdsRecords(stack, committed, ends))) {
                    return;
                }
                if (!committed.equals(lastSeen)) {
                    lastSeen = committed;
                    lastMove = System.nanoTime();
                } else if (System.nanoTime() - lastMove > STALL_TIMEOUT.toNanos()) {
                    throw stack.failed(
                            "the " + service.label() + " has made no progress for " + STALL_TIMEOUT.toSeconds()
                                    + " s and is about " + left + " records behind",
                            null);
                }
                stack.requireHealth(POLL);
            }
        } catch (ExecutionException e) {
            throw stack.failed("the broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stack.failed("interrupted while the " + service.label() + " was processing", e);
        }
    }

    /** Partitions of the service's sources and of its repartition topics. */
    private Set<TopicPartition> partitionsOf(Service service, Set<String> sources)
            throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics().names().get().stream()
                .filter(name -> sources.contains(name)
                        || (name.startsWith(service.group() + "-") && name.endsWith("-repartition")))
                .collect(Collectors.toSet());
        Collection<TopicDescription> found =
                admin.describeTopics(names).allTopicNames().get().values();
        return found.stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> committed(Service service, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> all = admin.listConsumerGroupOffsets(service.group())
                .partitionsToOffsetAndMetadata()
                .get();
        var committed = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = all.get(partition);
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
