package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One round: new services with topics and groups of their own play the log while the plan's faults strike. So rounds
 * know nothing of each other, and each can be run again alone.
 */
final class Round {

    private static final int PARTITIONS = 2;
    private static final int MAX_RAW_BATCH_BYTES = 15 << 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(420);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Infrastructure infrastructure;
    private final Infrastructure.Lane lane;
    private final ReferenceData reference;
    private final RawLog log;
    private final Builds builds;
    private final Consumer<String> out;

    /**
     * What all rounds share.
     *
     * @param lane of this round
     * @param builds of the services
     * @param out informed of what is broken, when it is
     */
    Round(
            Infrastructure infrastructure,
            Infrastructure.Lane lane,
            ReferenceData reference,
            RawLog log,
            Builds builds,
            Consumer<String> out) {
        this.infrastructure = infrastructure;
        this.lane = lane;
        this.reference = reference;
        this.log = log;
        this.builds = builds;
        this.out = out;
    }

    /**
     * Runs a round.
     *
     * @param prefix of its topics and groups, which no other round has
     * @param folder for state and logs
     * @throws Deadline.MissedException if not all is processed in time
     */
    Observation run(String prefix, Path folder, FaultPlan plan) throws Exception {
        var topics = infrastructure.topics(prefix);
        var deadline = Deadline.in(MAX_TIME);
        infrastructure.withAllBrokers(() -> {
            try (var admin = infrastructure.admin()) {
                new TopicPlan(
                                PARTITIONS,
                                (short) Infrastructure.BROKERS,
                                Duration.ofMillis(-1),
                                MAX_RAW_BATCH_BYTES,
                                true)
                        .create(topics, admin);
            }
        });
        reference.write(topics, infrastructure.clients());
        try (var deployment = new Deployment(infrastructure, lane, folder, builds, prefix, plan);
                var progress = new RoundProgress(infrastructure, topics, deadline);
                var playback = new RoundPlayback(infrastructure, topics, progress);
                var contents = new TopicContents(infrastructure.clients(), deadline)) {
            deployment.start();
            play(deployment, playback, plan, deadline);
            var observation = Observation.of(topics, contents);
            requireCountersAddUp(deployment);
            if (plan.moments().isEmpty()) {
                deployment.stop();
            }
            return observation;
        } finally {
            lane.heal();
            delete(prefix);
        }
    }

    private void play(Deployment deployment, RoundPlayback playback, FaultPlan plan, Deadline deadline)
            throws Exception {
        // Faults overlap, so each has a thread.
        var threads = Executors.newScheduledThreadPool(plan.moments().size());
        var tending = Executors.newSingleThreadScheduledExecutor();
        try {
            tending.scheduleWithFixedDelay(
                    () -> tend(deployment), BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            var striking = new ArrayList<Future<?>>();
            playback.play(
                    log,
                    number -> plan.moments().stream()
                            .filter(moment -> moment.delivery() == number)
                            .forEach(moment -> striking.add(strike(threads, deployment, playback, moment))),
                    () -> {
                        awaitAll(striking, deadline);
                        lane.heal();
                        infrastructure.brokers().awaitBrokers(Infrastructure.BROKERS);
                    });
        } finally {
            tending.shutdownNow();
            threads.shutdownNow();
            deployment
                    .replaced()
                    .forEach((service, times) ->
                            out.accept("the " + service + " ended by itself and was started again, times: " + times));
        }
    }

    private Future<?> strike(
            ScheduledExecutorService threads, Deployment deployment, RoundPlayback playback, FaultPlan.Moment moment) {
        return threads.schedule(
                () -> {
                    out.accept(moment.toString());
                    deployment.inject(moment.fault(), playback::poison);
                    return moment;
                },
                moment.after().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void awaitAll(List<Future<?>> striking, Deadline deadline) throws Exception {
        for (var fault : striking) {
            while (true) {
                try {
                    fault.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                    break;
                } catch (TimeoutException e) {
                    deadline.require("the end of a fault");
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A fault could not be injected", e.getCause());
                }
            }
        }
    }

    private void tend(Deployment deployment) {
        try {
            deployment.tend();
        } catch (IOException e) {
            out.accept("a service can't be started again: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code received = normalized + ignored + rejected}, in the life of the normalizer's present process. */
    private static void requireCountersAddUp(Deployment deployment) throws InterruptedException {
        var metrics = deployment.metrics(Service.NORMALIZER);
        long received = sum(metrics, Metric.RAW_RECEIVED);
        long rest = sum(metrics, Metric.RAW_NORMALIZED)
                + sum(metrics, Metric.RAW_IGNORED)
                + sum(metrics, Metric.RAW_REJECTED);
        if (received != rest) {
            throw new IllegalStateException("The normalizer has received " + received
                    + " records, but normalized, ignored or rejected are " + rest);
        }
    }

    private static long sum(String metrics, Metric metric) {
        var name = metric.id().replace('.', '_') + "_total";
        return (long) metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Removes what the round left on the brokers. */
    private void delete(String prefix) throws InterruptedException {
        try (var admin = infrastructure.admin()) {
            var own = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix + ".") || name.startsWith(prefix + "-"))
                    .collect(Collectors.toSet());
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException e) {
            out.accept("the topics of the round can't be deleted: " + e.getCause());
        }
    }
}
