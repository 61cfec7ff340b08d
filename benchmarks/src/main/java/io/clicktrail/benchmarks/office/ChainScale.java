package io.clicktrail.benchmarks.office;

import io.clicktrail.benchmarks.disk.DiskStore;
import io.clicktrail.benchmarks.growth.Growth;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.kafka.CorrelatorStores;
import io.clicktrail.event.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * CPU time of a piece of evidence with the load and the store of its host's state in RocksDB, against the number of
 * open chains, one for each host.
 */
public final class ChainScale {

    private static final int[] AMOUNTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int STEPS = 20_000;
    private static final int ROUNDS = 5;

    private final PrintStream out;

    public ChainScale(PrintStream out) {
        this.out = out;
    }

    /** @param folder of the stores @return whether cost is flat */
    public boolean measure(Path folder, int most) throws IOException {
        out.println("open chains: a step with the load and the store of the host's state in RocksDB");
        var watch = new InProcessPipeline(Set.of(Attack.DOMAIN));
        var lure = new Attack(Platform.WINDOWS);
        var evidence = watch.evidenceOf(lure.host(), lure.events());
        var definition = ChainDefinition.builtIn(Platform.WINDOWS);
        var state = InProcessPipeline.emitted(definition, evidence);
        var growth = new Growth(out);
        boolean isWarm = false;
        for (int amount : AMOUNTS) {
            if (amount > most) {
                continue;
            }
            Path at = Files.createDirectory(folder.resolve("chains-" + amount));
            var store = DiskStore.open(new CorrelatorStores().hosts(), at);
            for (int i = 0; i < amount; i++) {
                store.put("ws-" + i + ".corp.example", state);
            }
            store.flush();
            double bytes = (double) DiskStore.bytes(at) / amount;
            var random = new SplittableRandom(7);
            double least = Double.MAX_VALUE;
            for (int round = isWarm ? 1 : -2 * ROUNDS; round <= ROUNDS; round++) {
                double start = Growth.cpuMicros();
                for (int i = 0; i < STEPS; i++) {
                    String host = "ws-" + random.nextInt(amount) + ".corp.example";
                    HostState known = store.get(host);
                    var next = InProcessPipeline.step(definition, known, evidence.get(random.nextInt(evidence.size())));
                    store.put(host, next.state().chains().size() == 1 ? next.state() : state);
                }
                least = round > 0 ? Math.min(least, (Growth.cpuMicros() - start) / STEPS) : least;
            }
            isWarm = true;
            growth.add(
                    amount,
                    "open chains",
                    least,
                    "evidence",
                    String.format(Locale.ROOT, "%.0f bytes each on disk", bytes));
            store.close();
        }
        return growth.isFlat();
    }
}
