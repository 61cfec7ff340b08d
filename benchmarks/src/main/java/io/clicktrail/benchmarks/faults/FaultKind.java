package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Kinds of faults, each with how one is drawn: some end before a group notices that a member is gone, some after it.
 */
enum FaultKind {
    KILL_SERVICE(random -> new Fault.KillService(service(random), seconds(random, 0, 3))),
    LOSE_VOLUME(random -> new Fault.LoseVolume(service(random), seconds(random, 0, 2))),
    FILL_DISK(random -> new Fault.FillDisk(service(random), random.nextBoolean(), seconds(random, 1, 5))),
    STEP_CLOCK(random -> new Fault.StepClock(
            service(random), Duration.ofHours(random.nextBoolean() ? 1 : -1), seconds(random, 2, 6))),
    TAKE_OVER(random -> new Fault.TakeOver(service(random), seconds(random, 3, 7))),
    UPGRADE(random -> new Fault.Upgrade(service(random), seconds(random, 2, 6))),
    CUT_BROKERS(random -> new Fault.CutBrokers(service(random), seconds(random, 1, 6))),
    STALL_BROKERS(random -> new Fault.StallBrokers(service(random), seconds(random, 1, 6))),
    CUT_BROKER(random ->
            new Fault.CutBroker(service(random), random.nextInt(Infrastructure.BROKERS), seconds(random, 1, 6))),
    CUT_REGISTRY(random -> new Fault.CutRegistry(service(random), seconds(random, 1, 6))),
    SLOW_REGISTRY(random -> new Fault.SlowRegistry(service(random), Duration.ofMillis(1500), seconds(random, 2, 6))),
    KILL_BROKER(random -> new Fault.KillBroker(random.nextInt(Infrastructure.BROKERS), seconds(random, 0, 4))),
    RESTART_BROKER(random -> new Fault.RestartBroker(random.nextInt(Infrastructure.BROKERS))),
    POISON(random -> new Fault.Poisoned(Poison.values()[random.nextInt(Poison.values().length)]));

    private final Function<RandomGenerator, Fault> draw;

    FaultKind(Function<RandomGenerator, Fault> draw) {
        this.draw = draw;
    }

    Fault draw(RandomGenerator random) {
        return draw.apply(random);
    }

    /** As the command line has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Service service(RandomGenerator random) {
        return Service.values()[random.nextInt(Service.values().length)];
    }

    private static Duration seconds(RandomGenerator random, int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1000L, most * 1000L + 1));
    }
}
