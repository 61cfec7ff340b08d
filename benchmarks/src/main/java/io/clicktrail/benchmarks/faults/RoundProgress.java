package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.GroupOffsets;
import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;

/**
 * Waits for services by the offsets that they commit together with what they wrote, one after the other in the order of
 * an event's way. A cluster that does not answer is asked again until the deadline.
 */
final class RoundProgress implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

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

    /** Returns when a service, and each before it, has read all that was delivered. */
    void await(Service last) throws Deadline.MissedException, InterruptedException {
        for (Service service : last.andThoseBefore()) {
            await(service, service.sources(topics));
        }
    }

    @Override
    public void close() {
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
                        var offsets = GroupOffsets.of(admin, group, names);
                        if (offsets.isAtEnd(infrastructure.clients())) {
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
