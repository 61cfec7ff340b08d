package io.clicktrail.benchmarks.faults;

import io.clicktrail.schemas.Topics;
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
 * Rounds one after the other on the same four services, which have topics and groups of their own: in each round they
 * get the log, dated after the round before, while the round's faults strike. So a round also finds what faults before
 * it left behind, and starts no service but those that it breaks. Sequences know nothing of each other, and each can be
 * run again alone.
 */
final class RoundSequence implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final int MAX_RAW_BATCH_BYTES = 15 << 20;
    private static final Duration MAX_TIME = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Shared shared;
    private final Infrastructure infrastructure;
    private final Infrastructure.Lane lane;
    private final Topics topics;
    private final Deployment deployment;
    private final Consumer<String> out;
    private FaultPlan soFar = FaultPlan.QUIET;
    private StepTimes times = new StepTimes();
    private int rounds;

    /**
     * What all sequences share.
     *
     * @param stories of which each round plays the next one
     * @param builds of the services
     */
    record Shared(Infrastructure infrastructure, ReferenceData reference, List<RawLog> stories, Builds builds) {

        /** The same, whose services leave AOT caches when they end in peace. */
        Shared training() {
            return new Shared(infrastructure, reference, stories, builds.training());
        }
    }

    private RoundSequence(
            Shared shared, Infrastructure.Lane lane, Topics topics, Deployment deployment, Consumer<String> out) {
        this.out = out;
        this.shared = shared;
        this.infrastructure = shared.infrastructure();
        this.lane = lane;
        this.topics = topics;
        this.deployment = deployment;
    }

    /**
     * Creates topics and starts services.
     *
     * @param lane of this sequence
     * @param prefix of its topics and groups, which no other sequence has
     * @param folder for state and logs
     * @param plans of all its rounds
     * @param out informed of what is broken, when it is
     */
    static RoundSequence start(
            Shared shared,
            Infrastructure.Lane lane,
            String prefix,
            Path folder,
            List<FaultPlan> plans,
            Consumer<String> out)
            throws Exception {
        var infrastructure = shared.infrastructure();
        var topics = infrastructure.topics(prefix);
        infrastructure.withAllBrokers(() -> {
            try (var admin = infrastructure.admin()) {
                new TopicPlan(
                                PARTITIONS,
                                (short) Infrastructure.BROKERS,
                                Duration.ofMillis(-1),
                                MAX_RAW_BATCH_BYTES,
                                true)
                        .createAndAwaitLeaders(topics, admin);
            }
        });
        shared.reference().write(topics, infrastructure.clients());
        var deployment =
                new Deployment(infrastructure, lane, folder, shared.builds(), prefix, FaultPlan.together(plans));
        var sequence = new RoundSequence(shared, lane, topics, deployment, out);
        try {
            deployment.start();
        } catch (IOException e) {
            sequence.close();
            throw e;
        }
        return sequence;
    }

    /**
     * Plays a round.
     *
     * @return what there is of this round and those before it
     * @throws Deadline.MissedException if not all is processed in time
     */
    Observation play(FaultPlan plan) throws Exception {
        var deadline = Deadline.in(MAX_TIME);
        soFar = FaultPlan.together(List.of(soFar, plan));
        times = new StepTimes();
        try (var progress = new RoundProgress(infrastructure, topics, deadline);
                var playback = new RoundPlayback(infrastructure, topics, progress);
                var contents = new TopicContents(infrastructure.clients(), deadline)) {
            // A fault is to strike services that run: starts under faults come with those that kill.
            deployment.awaitReady(deadline);
            times.done("start");
            play(playback, RawLog.ofRound(shared.stories(), rounds++), plan, deadline);
            var observation = Observation.of(topics, contents);
            requireCountersAddUp();
            times.done("comparison");
            return observation;
        } finally {
            lane.heal();
        }
    }

    /** What was broken in this round and those before it. */
    FaultPlan soFar() {
        return soFar;
    }

    /** How long the steps of the last round took. */
    StepTimes times() {
        return times;
    }

    /** Ends the services in peace, so that their AOT caches are written. */
    void stop() throws IOException, InterruptedException {
        deployment.stop();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        deployment.close();
        lane.heal();
        delete();
    }

    private void play(RoundPlayback playback, RawLog log, FaultPlan plan, Deadline deadline) throws Exception {
        // Faults overlap, so each has a thread.
        var threads = Executors.newScheduledThreadPool(plan.moments().size());
        var tending = Executors.newSingleThreadScheduledExecutor();
        try {
            tending.scheduleWithFixedDelay(
                    this::tend, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            var striking = new ArrayList<Future<?>>();
            playback.play(
                    log,
                    number -> plan.moments().stream()
                            .filter(moment -> moment.delivery() == number)
                            .forEach(moment -> striking.add(strike(threads, playback, moment))),
                    () -> {
                        awaitAll(striking, deadline);
                        lane.heal();
                        infrastructure.brokers().awaitBrokers(Infrastructure.BROKERS);
                    },
                    times);
        } finally {
            tending.shutdownNow();
            threads.shutdownNow();
            deployment
                    .takeReplaced()
                    .forEach((service, times) ->
                            out.accept("the " + service + " ended by itself and was started again, times: " + times));
        }
    }

    private Future<?> strike(ScheduledExecutorService threads, RoundPlayback playback, FaultPlan.Moment moment) {
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

    private void tend() {
        try {
            deployment.tend();
        } catch (IOException e) {
            out.accept("a service can't be started again: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code received = normalized + ignored + rejected}, in the life of the normalizer's present process. */
    private void requireCountersAddUp() throws InterruptedException {
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

    /** Removes what the sequence left on the brokers. */
    private void delete() throws InterruptedException {
        var prefix = topics.prefix();
        try (var admin = infrastructure.admin()) {
            var own = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix + ".") || name.startsWith(prefix + "-"))
                    .collect(Collectors.toSet());
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException e) {
            out.accept("the topics of " + prefix + " can't be deleted: " + e.getCause());
        }
    }
}
