package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The four services of a sequence of rounds, each a process, and what is done to them. */
final class Deployment implements AutoCloseable {

    /** A group notices a member that was killed after this time, and a transaction of its is aborted. */
    private static final Map<String, String> QUICK = Map.of(
            "clicktrail.streams.properties[session.timeout.ms]", "4000",
            "clicktrail.streams.properties[heartbeat.interval.ms]", "1000",
            "clicktrail.streams.properties[producer.transaction.timeout.ms]", "5000",
            "clicktrail.streams.replication-factor", Integer.toString(Infrastructure.BROKERS));

    /** A transaction costs three brokers ten times what it costs the one of a replay. */
    private static final String BACKLOG_COMMIT_INTERVAL = "400ms";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Infrastructure infrastructure;
    private final Infrastructure.Lane lane;
    private final Path folder;
    private final Builds builds;
    private final String prefix;
    private final FaultPlan plan;
    private final Map<Service, Instance> instances = new EnumMap<>(Service.class);
    private final List<StateVolume> volumes = new ArrayList<>();
    private final Map<Service, Clock> clocks = new EnumMap<>(Service.class);

    /**
     * Services that do not run yet.
     *
     * @param lane on which they reach brokers and registry
     * @param builds of the services
     * @param prefix of topics and groups
     * @param plan of all that will be done to them
     */
    Deployment(
            Infrastructure infrastructure,
            Infrastructure.Lane lane,
            Path folder,
            Builds builds,
            String prefix,
            FaultPlan plan)
            throws IOException, InterruptedException {
        this.infrastructure = infrastructure;
        this.lane = lane;
        this.folder = Files.createDirectories(folder);
        this.builds = builds;
        this.prefix = prefix;
        this.plan = plan;
        for (var service : Service.values()) {
            if (plan.stepsClock(service)) {
                clocks.put(service, Clock.in(this.folder.resolve(service.label() + ".clock")));
            }
            instances.put(service, new Instance(process(service, service.label())));
        }
    }

    void start() throws IOException {
        for (var instance : instances.values()) {
            instance.current.start();
        }
    }

    /** Returns when all services process records. */
    void awaitReady(Deadline deadline) throws IOException, InterruptedException, Deadline.MissedException {
        for (var instance : instances.values()) {
            while (!instance.current.isReady()) {
                deadline.require("the " + instance.current.service().label() + " is to be ready");
                instance.current.awaitEnd(BETWEEN_LOOKS);
                instance.current.tend();
            }
        }
    }

    /** Ends all services in peace, so that their AOT caches are written. */
    void stop() throws IOException, InterruptedException {
        for (var instance : instances.values()) {
            instance.current.ask();
        }
        for (var instance : instances.values()) {
            instance.current.stop();
        }
    }

    /** Starts again what has ended by itself. */
    void tend() throws IOException, InterruptedException {
        for (var instance : instances.values()) {
            instance.current.tend();
        }
    }

    /**
     * Services that had to be started again though nobody had killed them, with the number of times since asked last.
     */
    Map<String, Integer> takeReplaced() {
        var replaced = new HashMap<String, Integer>();
        instances.forEach((service, instance) -> {
            int times = instance.current.takeReplaced();
            if (times > 0) {
                replaced.put(service.label(), times);
            }
        });
        return replaced;
    }

    String metrics(Service service) throws InterruptedException {
        return instance(service).current.metrics();
    }

    /** Does what the fault says, and returns when it is over. */
    void inject(Fault fault, Poisoner poisoner) throws Exception {
        var brokers = infrastructure.brokers();
        switch (fault) {
            case Fault.KillService kill -> instance(kill.service()).whileDown(() -> keep(kill.down()));
            case Fault.LoseVolume loss -> {
                var instance = instance(loss.service());
                instance.whileDown(() -> {
                    instance.current.volume().lose();
                    keep(loss.down());
                });
            }
            case Fault.FillDisk full -> {
                var volume = instance(full.service()).current.volume();
                volume.fill();
                if (full.restarted()) {
                    instance(full.service()).whileDown(() -> {});
                }
                keep(full.lasts());
                volume.free();
            }
            case Fault.StepClock step -> {
                var clock = Objects.requireNonNull(clocks.get(step.service()));
                clock.step(step.by());
                keep(step.lasts());
                clock.step(Duration.ZERO);
            }
            case Fault.Upgrade upgrade -> upgrade(instance(upgrade.service()), upgrade.each());
            case Fault.TakeOver takeOver -> takeOver(takeOver.service(), takeOver.together());
            case Fault.CutBrokers cut -> during(cut.lasts(), lane.toBrokers(cut.service()), Relay.Flow.CUT);
            case Fault.StallBrokers stall -> during(stall.lasts(), lane.toBrokers(stall.service()), Relay.Flow.STALLED);
            case Fault.CutBroker cut ->
                during(cut.lasts(), List.of(lane.toBrokers(cut.service()).get(cut.broker())), Relay.Flow.CUT);
            case Fault.CutRegistry cut -> during(cut.lasts(), List.of(lane.toRegistry(cut.service())), Relay.Flow.CUT);
            case Fault.SlowRegistry slow ->
                during(slow.lasts(), List.of(lane.toRegistry(slow.service())), new Relay.Flow.Delayed(slow.delay()));
            case Fault.KillBroker kill ->
                infrastructure.alone(kill.broker(), () -> {
                    brokers.kill(kill.broker());
                    keep(kill.down());
                    brokers.start(kill.broker());
                });
            case Fault.RestartBroker restart ->
                infrastructure.alone(restart.broker(), () -> {
                    brokers.stop(restart.broker());
                    brokers.start(restart.broker());
                });
            case Fault.Poisoned poisoned -> poisoner.write(poisoned.poison());
        }
    }

    /** Writes what nobody should have written. */
    @FunctionalInterface
    interface Poisoner {
        void write(Poison poison) throws Exception;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (var instance : instances.values()) {
            instance.close();
        }
        for (var volume : volumes) {
            volume.close();
        }
    }

    /** Leaves things as they are for the time that the plan gives the fault. It is no wait for anything to happen. */
    private static void keep(Duration lasts) throws InterruptedException {
        Thread.sleep(lasts);
    }

    private static void during(Duration lasts, List<Relay> relays, Relay.Flow flow) throws InterruptedException {
        relays.forEach(relay -> relay.set(flow));
        keep(lasts);
        relays.forEach(relay -> relay.set(Relay.Flow.FREE));
    }

    private void upgrade(Instance instance, Duration each) throws Exception {
        instance.restartAs(builds.present());
        if (builds.differ()) {
            keep(each);
            instance.restartAs(builds.previous());
            keep(each);
            instance.restartAs(builds.present());
        }
    }

    private void takeOver(Service service, Duration together) throws IOException, InterruptedException {
        var instance = instance(service);
        synchronized (instance) {
            var second = process(service, service.label() + "-" + ++instance.successors);
            second.start();
            instance.processes.add(second); // closed also if what follows fails
            keep(together);
            instance.current.kill();
            instance.current = second;
        }
    }

    private Instance instance(Service service) {
        return Objects.requireNonNull(instances.get(service));
    }

    private ServiceProcess process(Service service, String name) throws IOException, InterruptedException {
        var path = folder.resolve("state-" + name);
        var volume = plan.fillsDisk(service) ? StateVolume.mounted(path) : StateVolume.folder(path);
        volumes.add(volume);
        var settings = new HashMap<String, String>(QUICK);
        settings.putAll(Stack.REPLAY_SETTINGS);
        settings.put("clicktrail.enricher.learning", "0s");
        settings.put("clicktrail.streams.backlog-commit-interval", BACKLOG_COMMIT_INTERVAL);
        settings.putAll(lane.addresses(service));
        settings.put("clicktrail.topic-prefix", prefix);
        settings.put("clicktrail.streams.standby-replicas", plan.takesOver(service) ? "1" : "0");
        var clock = clocks.get(service);
        var build = plan.upgrades(service) ? builds.previous() : builds.present();
        return new ServiceProcess(
                service, name, folder, build, volume, settings, clock == null ? Map.of() : clock.environment());
    }

    /** The process that does a service's work now, and those that took over or will. */
    private static final class Instance implements AutoCloseable {

        private final List<ServiceProcess> processes = new ArrayList<>();
        private volatile ServiceProcess current;
        private int successors;

        Instance(ServiceProcess first) {
            current = first;
            processes.add(first);
        }

        /** Kills the process, does something, and starts it again. */
        synchronized void whileDown(Infrastructure.Action action) throws Exception {
            current.kill();
            try {
                action.run();
            } finally {
                current.start();
            }
        }

        /** Stops the process in peace and starts it with the classes of a build. */
        synchronized void restartAs(Builds.Build build) throws IOException, InterruptedException {
            current.stop();
            current.use(build);
            current.start();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            for (var process : processes) {
                process.close();
            }
        }
    }
}
