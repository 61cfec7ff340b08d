package io.clicktrail.standalone.hostile;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Stage;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.standalone.DemoLogs;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.hostile.Attack.Victim;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.streams.health.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Searches attacks by log lines that would cost a case of the demo's day: half of the attacks are drawn at random, the
 * others change the worst one so far. {@code -Dclicktrail.attacks=2000 -Dclicktrail.attack-seed=7} searches longer.
 */
class AttackSearchTest {

    private static final int ATTACKS = Integer.getInteger("clicktrail.attacks", 40);
    private static final long SEED = Long.getLong("clicktrail.attack-seed", 17);

    private static final int MAX_FURTHER_CASES = 10;
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);
    private static final int TIER = 2;

    private static final Map<String, String> ADDRESSES = Map.of(
            "ws-0142.corp.example", "10.20.4.42",
            "lx-0031.corp.example", "10.20.5.31",
            "mac-0017.corp.example", "10.20.5.17");

    private static final EngineSettings SETTINGS =
            EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void noLogLinesCostACaseOrMakeManyOthers() throws Exception {
        var day = day();
        var known = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
        var quiet = outcome(day, known);
        assertThat(quiet.escalated()).as("cases of tier 2 without an attack").hasSize(3);
        var victims = quiet.cases().stream()
                .map(found -> new Victim(
                        found.getDevice().getHostname(),
                        Objects.requireNonNull(ADDRESSES.get(found.getDevice().getHostname())),
                        found.getTenantKey(),
                        found.getFirstEventTime().toEpochMilli()))
                .toList();

        var random = new SplittableRandom(SEED);
        var harmful = new ArrayList<String>();
        Harm worst = null;
        for (int number = 0; number < ATTACKS; number++) {
            var attack = worst == null || random.nextBoolean()
                    ? Attack.draw(random)
                    : worst.attack().mutated(random);
            var lines = new ArrayList<>(day);
            lines.addAll(attack.lines(victims.get(attack.victim()), day));
            lines.sort(comparingLong(LogDelivery::at));
            var harm = Harm.of(attack, quiet, outcome(lines, known));
            worst = worst == null || harm.score() >= worst.score() ? harm : worst;
            if (harm.isTooMuch()) {
                harmful.add(harm.toString());
            }
        }

        System.out.printf("attacks=%d seed=%d worst: %s%n", ATTACKS, SEED, worst);
        assertThat(harmful).as("with seed %d", SEED).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theLinesOfAnAttackAreUnderstood(Attack.Kind kind) throws Exception {
        var day = day();
        var victim = new Victim(
                "ws-0142.corp.example",
                "10.20.4.42",
                "place.example",
                day.getFirst().at());
        var attack =
                new Attack(kind, 0, 50, Duration.ofSeconds(-1), Duration.ofSeconds(1), Duration.ofMinutes(1), SEED);

        try (var engine = new Engine(SETTINGS)) {
            attack.lines(victim, day).forEach(line -> engine.deliver(line.value(), line.at()));

            assertThat(Metric.RAW_NORMALIZED.counter(engine.meters()).count()).isEqualTo(50);
        }
    }

    /**
     * What an attack did.
     *
     * @param lost cases that did not come with tier 2
     * @param delay of the latest
     * @param further cases that a person is shown
     */
    private record Harm(Attack attack, int lost, Duration delay, int further) {

        static Harm of(Attack attack, Outcome quiet, Outcome attacked) {
            int lost = 0;
            var delay = Duration.ZERO;
            var expected = new HashSet<String>();
            for (var theirs : quiet.cases()) {
                var found = attacked.cases().stream()
                        .filter(each -> tellsOf(theirs, each))
                        .map(Alert::getAlertId)
                        .filter(attacked.escalated()::containsKey)
                        .toList();
                expected.addAll(found);
                if (found.isEmpty()) {
                    lost++;
                } else {
                    long late = found.stream()
                                    .mapToLong(id -> Objects.requireNonNull(
                                            attacked.escalated().get(id)))
                                    .min()
                                    .getAsLong()
                            - Objects.requireNonNull(quiet.escalated().get(theirs.getAlertId()));
                    delay = Duration.ofMillis(Math.max(delay.toMillis(), late));
                }
            }
            int further = (int) attacked.cases().stream()
                    .filter(found -> !expected.contains(found.getAlertId()))
                    .count();
            return new Harm(attack, lost, delay, further);
        }

        /**
         * Whether a case is about the chain of another. Who forges an earlier chain of the host to the same place takes
         * the id: within a day the chain is then part of the forged case, later it has a case of its own. Who opens the
         * link again and again on the host gives the case another click, which then shows the file of the chain.
         */
        private static boolean tellsOf(Alert theirs, Alert found) {
            return found.getDevice().getHostname().equals(theirs.getDevice().getHostname())
                    && found.getTenantKey().equals(theirs.getTenantKey())
                    && (found.getAlertId().equals(theirs.getAlertId())
                            ? share(Stage.CLICK, theirs, found) || share(Stage.WRITE, theirs, found)
                            : share(Stage.CLICK, theirs, found) && share(Stage.EXECUTION, theirs, found));
        }

        private static boolean share(Stage stage, Alert theirs, Alert found) {
            return !Collections.disjoint(events(theirs, stage), events(found, stage));
        }

        private static List<String> events(Alert alert, Stage stage) {
            return alert.getEvidence().stream()
                    .filter(item -> item.getStage() == stage)
                    .map(item -> item.getEvidence().getEvent().getEventId())
                    .toList();
        }

        double score() {
            return 1000.0 * lost
                    + (double) delay.toMillis() / MAX_DELAY.toMillis()
                    + (double) further / MAX_FURTHER_CASES;
        }

        boolean isTooMuch() {
            return lost > 0 || delay.compareTo(MAX_DELAY) > 0 || further > MAX_FURTHER_CASES;
        }
    }

    /**
     * What came of a day.
     *
     * @param cases those that a person is shown
     * @param escalated when each reached tier 2, milliseconds since 1970 by the clock of the deliveries, by case id
     */
    private record Outcome(List<Alert> cases, Map<String, Long> escalated) {}

    private static Outcome outcome(List<LogDelivery> lines, ReferenceData known) {
        var escalated = new HashMap<String, Long>();
        long[] now = {0};
        try (var engine = new Engine(SETTINGS)) {
            known.load(engine);
            engine.listen(engine.topics().alerts(), revision -> {
                Alert alert = revision.value();
                if (alert.getEscalation().getTier() >= TIER) {
                    escalated.putIfAbsent(alert.getAlertId(), now[0]);
                }
            });
            for (var line : lines) {
                now[0] = line.at();
                engine.deliver(line.value(), line.at());
            }
            var cases = OpenCases.of(engine.finish());
            escalated.keySet().retainAll(cases.stream().map(Alert::getAlertId).toList());
            return new Outcome(cases, escalated);
        }
    }

    private List<LogDelivery> day() throws Exception {
        var lines = new ArrayList<LogDelivery>();
        try (var merged = new MergedDeliveries(
                LogFiles.find(List.of(DemoLogs.unpack(folder.resolve("day")))),
                Stack.MAX_RECORD_BYTES,
                new EventTimeReader(),
                0)) {
            for (@Nullable LogDelivery next = merged.next(); next != null; next = merged.next()) {
                lines.add(next);
            }
        }
        return lines;
    }
}
