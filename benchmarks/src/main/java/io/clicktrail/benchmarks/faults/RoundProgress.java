package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.GroupOffsets;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * Waits for services by the offsets that they commit together with what they wrote, one after the other in the order of
 * an event's way. A cluster that does not answer is asked again until the deadline.
 */
final class RoundProgress implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Topics topics;
    private final Deadline deadline;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Of services that have read everything once, and so run. The brokers answer less often than we would ask. */
    private final Map<Service, Collection<TopicPartition>> partitions = new EnumMap<>(Service.class);

    RoundProgress(Infrastructure infrastructure, Topics topics, Deadline deadline) {
        this.topics = topics;
        this.deadline = deadline;
        admin = infrastructure.admin();
        consumer = TopicReader.shortFetches(infrastructure.clients());
    }

    /** Returns when a service, and each before it, has read all that was delivered. */
    void await(Service last) throws Deadline.MissedException, InterruptedException {
        for (Service service : last.andThoseBefore()) {
            await(service, service.sources(topics));
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofSeconds(1));
    }

    private void await(Service service, Set<String> names) throws Deadline.MissedException, InterruptedException {
        var group = topics.application(service.label());
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .forever()
                .until(() -> {
                    var state = "the " + service.label() + " is to read " + names;
                    try {
                        var known = partitions.get(service);
                        var read = known == null ? GroupOffsets.partitions(admin, group, names) : known;
                        var offsets = GroupOffsets.of(admin, group, read);
                        if (offsets.isAtEnd(consumer)) {
                            partitions.put(service, read);
                            return true;
                        }
                        state = "the " + service.label() + " has to read " + offsets.left();
                    } catch (ExecutionException | KafkaException e) {
                        state += ", but the brokers do not answer: " + e.getMessage();
                    }
                    deadline.require(state);
                    return false;
                });
    }
}
