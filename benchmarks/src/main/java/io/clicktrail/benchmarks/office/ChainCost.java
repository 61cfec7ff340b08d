package io.clicktrail.benchmarks.office;

import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.Chains;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.HostStateCodec;
import io.clicktrail.correlator.chain.Sensors;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a piece of evidence costs the correlation of hosts at ordinary work, by the number of hosts, and how large their states are.
 * Times are those of the processor. What a step makes of a state is thrown away, so that the hosts stay alike whatever their number.
 */
public final class ChainCost {

    private static final int[] HOSTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int STEPS = 300_000;
    private static final int ROUNDS = 3;
    private static final int FACTS = 6;
    private static final int DESKS = 200;
    private static final Sensors ALIVE = stage -> OptionalLong.of(Long.MAX_VALUE / 2);
    private static final ChainDefinition DEFINITION = ChainDefinition.builtIn(Platform.WINDOWS);

    private ChainCost() {}

    /** Measures and prints. */
    public static void print(PrintStream out) {
        var watch = new Watch(Set.of(Lure.DOMAIN));
        var templates = new ArrayList<byte[]>();
        var next = new ArrayList<Evidence>();
        var office = new Office(1);
        for (int number = 0; number < DESKS; number++) {
            if (Office.platformOf(number) == Platform.WINDOWS) {
                var evidence = watch.evidenceOf(Office.nameOf(number), office.hourAt(number));
                var state = HostState.EMPTY;
                for (var each : evidence.subList(0, FACTS)) {
                    state = step(state, each);
                }
                templates.add(HostStateCodec.encode(state));
                next.addAll(evidence.subList(FACTS, evidence.size()));
            }
        }
        measure(1_000, templates, next);
        for (int hosts : HOSTS) {
            out.println(measure(hosts, templates, next));
        }
        out.printf(Locale.ROOT, "an open chain of four stages takes %,d bytes of state%n", bytesOfAChain(watch));
    }

    private static String measure(int hosts, List<byte[]> templates, List<Evidence> next) {
        var states = new byte[hosts][];
        long bytes = 0;
        for (int i = 0; i < hosts; i++) {
            states[i] = templates.get(i % templates.size()).clone();
            bytes += states[i].length;
        }
        long whole = Long.MAX_VALUE;
        long core = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            whole = Math.min(whole, withBytes(states, next));
            core = Math.min(core, coreAlone(states, next));
        }
        return String.format(
                Locale.ROOT,
                "%,d hosts: %.2f µs a piece of evidence, %.2f µs with reading and writing the state of %,d bytes",
                hosts,
                core / 1e3,
                whole / 1e3,
                bytes / hosts);
    }

    private static long withBytes(byte[][] states, List<Evidence> next) {
        var random = new SplittableRandom(7);
        long written = 0;
        long start = cpu();
        for (int i = 0; i < STEPS; i++) {
            var state = HostStateCodec.decode(states[random.nextInt(states.length)]);
            written += HostStateCodec.encode(step(state, next.get(random.nextInt(next.size())))).length;
        }
        return written == 0 ? 0 : (cpu() - start) / STEPS;
    }

    private static long coreAlone(byte[][] states, List<Evidence> next) {
        var random = new SplittableRandom(7);
        var some = new ArrayList<HostState>();
        for (int i = 0; i < Math.min(states.length, 10_000); i++) {
            some.add(HostStateCodec.decode(states[i]));
        }
        long kept = 0;
        long start = cpu();
        for (int i = 0; i < STEPS; i++) {
            var state = some.get(random.nextInt(some.size()));
            kept += step(state, next.get(random.nextInt(next.size()))) == state ? 0 : 1;
        }
        return kept == 0 ? 0 : (cpu() - start) / STEPS;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static HostState step(HostState state, Evidence evidence) {
        Instant now = evidence.getEvent().getTime();
        return Chains.step(DEFINITION, state, evidence, now, now, ALIVE).state();
    }

    /** A chain of the four stages on a host, facts and case together. */
    private static int bytesOfAChain(Watch watch) {
        var lure = new Lure(Platform.WINDOWS);
        var state = HostState.EMPTY;
        for (var each : watch.evidenceOf(lure.host(), lure.events())) {
            state = step(state, each);
        }
        if (state.cases().size() != 1) {
            throw new IllegalStateException("the chain was not told");
        }
        return HostStateCodec.encode(state).length;
    }
}
