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
 * What the services still have to do, read from the offsets that they commit.
 *
 * <p>A service commits its offsets in one transaction with what it wrote. So when all it reads is committed, all it
 * will ever write of that is there, and the next service can be waited for: one after the other, in the order of the
 * way of an event. Commits are read before the ends of the topics, so that a topic between two parts of one service
 * can't grow unseen.
 */
final class Backlog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long FEW = 1000;

    private final Stack stack;
    private final Admin admin;

    Backlog(Stack stack) {
        this.stack = stack;
        admin = stack.admin();
    }

    /**
     * Waits until all that was delivered has become evidence, if it is any.
     *
     * @param progress told how many raw records are done
     * @throws StackException if a service does not get on
     */
    void awaitEvidence(Progress progress) throws StackException {
        Topics topics = stack.topics();
        awaitNone(Service.NORMALIZER, names(topics.raw()), progress);
        // What the enricher learns of hosts and domains comes back to it.
        awaitNone(Service.ENRICHER, names(List.of(topics.events(), topics.identities(), topics.domains())), progress);
    }

    /** Waits until all that was delivered has become part of a case, if it is of any. */
    void awaitCases(Progress progress) throws StackException {
        Topics topics = stack.topics();
        awaitEvidence(progress);
        awaitNone(Service.CORRELATOR, names(List.of(topics.evidence(), topics.coverage())), progress);
        // Beside detections the alerter reads what answers an analyst's questions.
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
                if (left == 0 || (left < FEW && !TopicReader.holdsRecords(stack, committed, ends))) {
                    return;
                }
                if (!committed.equals(lastSeen)) {
                    lastSeen = committed;
                    lastMove = System.nanoTime();
                } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                    throw stack.failed(
                            "the " + service.label() + " has not got on for " + PATIENCE.toSeconds()
                                    + " s and has about " + left + " records to go",
                            null);
                }
                stack.requireHealth(POLL);
            }
        } catch (ExecutionException e) {
            throw stack.failed("the broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stack.failed("interrupted while the " + service.label() + " was at work", e);
        }
    }

    /** Partitions of what the service reads: its sources and the topics between its own parts. */
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
