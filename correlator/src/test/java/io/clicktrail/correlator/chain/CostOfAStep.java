package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what a piece of evidence costs the core, with and without the bytes of the state, for an ordinary host, a busy
 * one and one under a flood; and how large their states are. Times are those of the processor, so other work on the
 * machine matters little.
 */
final class CostOfAStep {

    private static final ChainDefinition DEFINITION = ChainDefinition.builtIn(Platform.WINDOWS);
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final Sensors SENSORS = SensorsAt.alive();
    private static final int ROUNDS = 12;

    private CostOfAStep() {}

    public static void main(String[] arguments) {
        measure("ordinary host, 40 events an hour", day(1, 40));
        measure("busy host, 400 events an hour", day(2, 400));
        measure("noisy host, 3000 events an hour", day(3, 3_000));
    }

    private static void measure(String name, List<Evidence> evidence) {
        long best = Long.MAX_VALUE;
        long bestWithBytes = Long.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREAD.getCurrentThreadCpuTime();
            var state = HostState.EMPTY;
            for (var each : evidence) {
                state = step(state, each);
            }
            best = Math.min(best, (THREAD.getCurrentThreadCpuTime() - start) / evidence.size());
            start = THREAD.getCurrentThreadCpuTime();
            var stored = HostStateCodec.encode(HostState.EMPTY);
            bytes = 0;
            for (var each : evidence) {
                stored = HostStateCodec.encode(step(HostStateCodec.decode(stored), each));
                bytes += stored.length;
            }
            bestWithBytes = Math.min(bestWithBytes, (THREAD.getCurrentThreadCpuTime() - start) / evidence.size());
        }
        System.out.printf(
                "%s: %.1f µs an event, %.1f µs with the bytes of the state, %d bytes of state on average%n",
                name, best / 1e3, bestWithBytes / 1e3, bytes / evidence.size());
    }

    private static HostState step(HostState state, Evidence evidence) {
        var now = evidence.getEvent().getTime();
        return ChainCorrelation.step(DEFINITION, state, evidence, id -> evidence, now, now, SENSORS)
                .state();
    }

    /**
     * A host at work: mostly starts of processes, some executions, downloads, links and risky egress, now and then a
     * chain.
     */
    private static List<Evidence> day(long seed, int perHour) {
        var random = new Random(seed);
        var drafts = new ArrayList<EvidenceDraft>();
        long gap = Duration.ofHours(1).toMillis() / perHour;
        for (int i = 0; i < Math.max(2 * perHour, 2_000); i++) {
            drafts.add(draft(random, i).by("corp\\anna").at(Duration.ofMillis(i * gap)));
        }
        return drafts.stream().map(EvidenceDraft::evidence).toList();
    }

    private static EvidenceDraft draft(Random random, int i) {
        var tenant = "site" + random.nextInt(50) + ".com";
        int kind = random.nextInt(100);
        if (kind < 5) {
            return EvidenceDraft.of("c" + i, EventKind.PROCESS_START, Role.CLICK)
                    .domain(tenant, 20)
                    .process("p" + i)
                    .parent("outlook")
                    .application("chrome", ApplicationKind.BROWSER);
        }
        if (kind < 10) {
            return EvidenceDraft.of("e" + i, EventKind.NETWORK_CONNECTION, Role.EGRESS)
                    .domain(tenant, 40)
                    .process("chrome-main")
                    .application("chrome", ApplicationKind.BROWSER);
        }
        if (kind < 20) {
            return EvidenceDraft.of("w" + i, EventKind.FILE_MARK, Role.WRITE)
                    .path("C:\\Users\\anna\\Downloads\\" + i + ".zip")
                    .domain(tenant, 20)
                    .process("chrome-main")
                    .application("chrome", ApplicationKind.BROWSER);
        }
        var start = kind < 40
                ? EvidenceDraft.of("x" + i, EventKind.PROCESS_START, Role.EXECUTION)
                        .lolbin(random.nextBoolean())
                        .commandPath("C:\\Users\\anna\\x" + i + ".cmd")
                : EvidenceDraft.of("p" + i, EventKind.PROCESS_START, Role.LINEAGE);
        return start.image("C:\\Windows\\System32\\cmd.exe").process("p" + i).parent("p" + random.nextInt(i + 1));
    }
}
