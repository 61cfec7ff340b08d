package io.clicktrail.standalone.replay;

import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.terminal.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Waits for the services by their {@link GroupOffsets}, one after the other in the order of the pipeline. */
final class ConsumerLag implements AutoCloseable {
    /** A service that keeps up commits within 100 ms; for one that is behind, each look takes time from it. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(90);

    private final Stack stack;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> raw;

    /** What each service reads, with its repartition topics, which are there since it runs. */
    private final Map<Service, Collection<TopicPartition>> partitions = new EnumMap<>(Service.class);

    ConsumerLag(Stack stack) {
        this.stack = stack;
        admin = stack.admin();
        raw = Service.NORMALIZER.sources(stack.topics());
        consumer = TopicReader.shortFetches(TopicReader.clients(stack));
    }

    /**
     * Waits until a service has processed everything that was delivered.
     *
     * @param progress gets the number of raw records that are done
     * @throws StackException if a service makes no progress for 90 s
     */
    void await(Service last, Progress progress) throws StackException {
        for (Service service : last.andThoseBefore()) {
            if (stack.pipeline().contains(service)) {
                awaitNone(service, progress);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }

    private void awaitNone(Service service, Progress progress) throws StackException {
        String group = stack.topics().application(service.label());
        Map<TopicPartition, Long> lastSeen = Map.of();
        long lastMove = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        try {
            if (!partitions.containsKey(service)) {
                partitions.put(service, GroupOffsets.partitions(admin, group, stack.sources(service)));
            }
            var read = partitions.getOrDefault(service, List.of());
            while (true) {
                var offsets = GroupOffsets.of(admin, group, read);
                var committed = offsets.committed();
                if (service == stack.normalizing()) {
                    progress.at(committed.entrySet().stream()
                            .filter(each -> raw.contains(each.getKey().topic()))
                            .mapToLong(Map.Entry::getValue)
                            .sum());
                }
                if (offsets.isAtEnd(consumer)) {
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
                stack.requireHealth(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (ExecutionException e) {
            throw stack.failed("the broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stack.failed("interrupted while the " + service.label() + " was processing", e);
        }
    }
}
