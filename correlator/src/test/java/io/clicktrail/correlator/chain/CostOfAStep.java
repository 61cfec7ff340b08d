package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.testing.Draft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what a piece of evidence costs the core, with and without the bytes of the state, for an ordinary host, a busy one and
 * one under a flood; and how large their states are. Run it on a machine that does nothing else.
 */
final class CostOfAStep {

    private static final ChainDefinition DEFINITION = ChainDefinition.builtIn(Platform.WINDOWS);
    private static final int ROUNDS = 12;

    private CostOfAStep() {}

    public static void main(String[] arguments) {
        measure("ordinary host, 40 facts an hour", day(1, 40));
        measure("busy host, 400 facts an hour", day(2, 400));
        measure("noisy host, 6000 facts an hour", day(3, 6_000));
    }

    private static void measure(String name, List<Evidence> evidence) {
        long best = Long.MAX_VALUE;
        long bestWithBytes = Long.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            var state = HostState.EMPTY;
            for (var each : evidence) {
                state = step(state, each);
            }
            best = Math.min(best, (System.nanoTime() - start) / evidence.size());
            start = System.nanoTime();
            var stored = HostStateCodec.encode(HostState.EMPTY);
            bytes = 0;
            for (var each : evidence) {
                stored = HostStateCodec.encode(step(HostStateCodec.decode(stored), each));
                bytes += stored.length;
            }
            bestWithBytes = Math.min(bestWithBytes, (System.nanoTime() - start) / evidence.size());
        }
        System.out.printf(
                "%s: %.1f µs a fact, %.1f µs with the bytes of the state, %d bytes of state on average%n",
                name, best / 1e3, bestWithBytes / 1e3, bytes / evidence.size());
    }

    private static HostState step(HostState state, Evidence evidence) {
        return Chains.step(
                        DEFINITION,
                        state,
                        evidence,
                        evidence.getEvent().getTime(),
                        evidence.getEvent().getTime(),
                        SensorsAt.alive())
                .state();
    }

    /** Four hours of one host: mostly starts of processes and writes, some clicks and egresses, now and then a chain. */
    private static List<Evidence> day(long seed, int perHour) {
        var random = new Random(seed);
        var drafts = new ArrayList<Draft>();
        long gap = Duration.ofHours(1).toMillis() / perHour;
        for (int i = 0; i < Math.max(4 * perHour, 2_000); i++) {
            drafts.add(draft(random, i).by("corp\\anna").at(Duration.ofMillis(i * gap)));
        }
        return drafts.stream().map(Draft::evidence).toList();
    }

    private static Draft draft(Random random, int i) {
        var tenant = random.nextInt(20) == 0 ? "evil.top" : "site" + random.nextInt(200) + ".com";
        var browser = "chrome-" + random.nextInt(3);
        return switch (random.nextInt(10)) {
            case 0 ->
                Draft.of("c" + i, EventKind.PROCESS_START, Role.CLICK)
                        .domain(tenant, 40)
                        .process("p" + i)
                        .parent("outlook")
                        .application("chrome", "browser");
            case 1, 2 ->
                Draft.of("e" + i, EventKind.NETWORK_CONNECTION, Role.EGRESS)
                        .domain(tenant, 40)
                        .process(browser)
                        .application("chrome", "browser");
            case 3, 4 ->
                Draft.of("w" + i, EventKind.FILE_WRITE, Role.WRITE)
                        .path("C:\\Users\\anna\\Downloads\\" + i + ".exe")
                        .domain(random.nextBoolean() ? tenant : null, 40)
                        .process(browser)
                        .application("chrome", "browser");
            case 5, 6 ->
                Draft.of("x" + i, EventKind.PROCESS_START, Role.EXECUTION)
                        .process("p" + i)
                        .parent("p" + random.nextInt(i + 1))
                        .lolbin(random.nextBoolean())
                        .image("C:\\Windows\\System32\\cmd.exe")
                        .commandPath("C:\\Users\\anna\\x" + i + ".cmd");
            default ->
                Draft.of("p" + i, EventKind.PROCESS_START, Role.LINEAGE)
                        .process("p" + i)
                        .parent("p" + random.nextInt(i + 1));
        };
    }
}
