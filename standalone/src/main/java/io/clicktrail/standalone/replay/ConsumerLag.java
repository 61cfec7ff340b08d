package io.clicktrail.standalone.replay;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.terminal.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits for the services by their {@link GroupOffsets}, one after the other in the order of the pipeline. */
final class ConsumerLag implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(90);

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
            while (true) {
                var offsets = GroupOffsets.of(admin, service.group(), sources);
                var committed = offsets.committed();
                if (service == Service.NORMALIZER) {
                    progress.at(committed.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
                }
                if (offsets.isAtEnd(TopicReader.clients(stack))) {
                    return;
                }
                if (!committed.equals(lastSeen)) {
                    lastSeen = committed;
                    lastMove = System.nanoTime();
                } else if (System.nanoTime() - lastMove > STALL_TIMEOUT.toNanos()) {
                    throw stack.failed(
                            "the " + service.label() + " has made no progress for " + STALL_TIMEOUT.toSeconds()
                                    + " s and is about "
                                    + offsets.left().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()
                                    + " records behind",
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
}
