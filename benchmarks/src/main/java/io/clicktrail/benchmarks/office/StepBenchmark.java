package io.clicktrail.benchmarks.office;

import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.HostStateCodec;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One correlation step of one of many hosts at ordinary work, each with its serialized state. The new state of a step
 * is discarded, so that the states do not depend on the number of hosts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {
    private static final int FACTS = 6;
    private static final int DESKS = 200;
    private static final int READ = 10_000;
    private static final ChainDefinition DEFINITION = ChainDefinition.builtIn(Platform.WINDOWS);

    /** Number of hosts. */
    @Param("1000")
    public int hosts;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Evidence> next = new ArrayList<>();
    private final List<HostState> read = new ArrayList<>();
    private byte[][] states = {};

    /** Gives every host the beginning of an hour at a desk. */
    @Setup
    public void work() {
        var watch = new InProcessPipeline(Set.of(Attack.DOMAIN));
        var templates = new ArrayList<byte[]>();
        var office = new OfficeWorkload(1);
        for (int number = 0; number < DESKS; number++) {
            if (OfficeWorkload.platformOf(number) == Platform.WINDOWS) {
                var evidence = watch.evidenceOf(OfficeWorkload.nameOf(number), office.hourAt(number));
                var state = HostState.EMPTY;
                for (var each : evidence.subList(0, FACTS)) {
                    state = InProcessPipeline.step(DEFINITION, state, each).state();
                }
                templates.add(HostStateCodec.encode(state));
                next.addAll(evidence.subList(FACTS, evidence.size()));
            }
        }
        states = new byte[hosts][];
        for (int i = 0; i < hosts; i++) {
            states[i] = templates.get(i % templates.size()).clone();
        }
        for (int i = 0; i < Math.min(hosts, READ); i++) {
            read.add(HostStateCodec.decode(states[i]));
        }
    }

    /** Only the correlation. */
    @Benchmark
    public HostState step() {
        return step(read.get(random.nextInt(read.size())));
    }

    /** The correlation with the serde of the host's state. */
    @Benchmark
    public byte[] stepWithState() {
        return HostStateCodec.encode(step(HostStateCodec.decode(states[random.nextInt(states.length)])));
    }

    private HostState step(HostState state) {
        return InProcessPipeline.step(DEFINITION, state, next.get(random.nextInt(next.size())))
                .state();
    }
}
