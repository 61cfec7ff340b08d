package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.GroupOffsets;
import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;

/**
 * Waits for services by the offsets that they commit together with what they wrote, one after the other in the order of
 * an event's way. A cluster that does not answer is asked again until the deadline.
 */
final class RoundProgress implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

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
        var group = Deployment.group(topics.prefix(), service);
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
