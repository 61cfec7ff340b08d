package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.stack.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** What breaks in a round, and when, in the order of the deliveries; or in several rounds. */
record FaultPlan(List<Moment> moments) {

    /** A round without faults. */
    static final FaultPlan QUIET = new FaultPlan(List.of());

    private static final int MAX_FAULTS = 4;
    private static final int MAX_WAIT_MILLIS = 800;

    FaultPlan {
        moments = List.copyOf(moments);
    }

    /**
     * When a fault strikes.
     *
     * @param delivery number of the raw record before which it is due, from 0
     * @param after wait after that, while deliveries go on
     */
    record Moment(int delivery, Duration after, Fault fault) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at record %d + %d ms: %s", delivery, after.toMillis(), fault);
        }
    }

    /**
     * Draws one to four faults.
     *
     * @param deliveries number of raw records in the round
     */
    static FaultPlan draw(long seed, int round, int deliveries, List<FaultKind> kinds) {
        var random = new SplittableRandom(seed * 1_000_003 + round);
        int count = 1 + random.nextInt(MAX_FAULTS);
        var moments = new ArrayList<Moment>();
        for (int i = 0; i < count; i++) {
            var kind = kinds.get(random.nextInt(kinds.size()));
            moments.add(new Moment(
                    random.nextInt(deliveries), Duration.ofMillis(random.nextInt(MAX_WAIT_MILLIS)), kind.draw(random)));
        }
        moments.sort(Comparator.comparingInt(Moment::delivery));
        return new FaultPlan(moments);
    }

    /** The faults of several rounds. */
    static FaultPlan together(List<FaultPlan> rounds) {
        return new FaultPlan(
                rounds.stream().flatMap(plan -> plan.moments().stream()).toList());
    }

    boolean fillsDisk(Service service) {
        return has(fault -> fault instanceof Fault.FillDisk fill && fill.service() == service);
    }

    boolean stepsClock(Service service) {
        return has(fault -> fault instanceof Fault.StepClock step && step.service() == service);
    }

    boolean upgrades(Service service) {
        return has(fault -> fault instanceof Fault.Upgrade upgrade && upgrade.service() == service);
    }

    boolean takesOver(Service service) {
        return has(fault -> fault instanceof Fault.TakeOver takeOver && takeOver.service() == service);
    }

    private boolean has(Predicate<Fault> matches) {
        return moments.stream().map(Moment::fault).anyMatch(matches);
    }

    /** Records that poison adds to a topic. */
    long poisoned(Poison.Place place) {
        return moments.stream()
                .filter(moment -> moment.fault() instanceof Fault.Poisoned poisoned
                        && poisoned.poison().place() == place)
                .count();
    }
}
