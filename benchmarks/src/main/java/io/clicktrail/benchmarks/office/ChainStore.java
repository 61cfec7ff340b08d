package io.clicktrail.benchmarks.office;

import io.clicktrail.benchmarks.disk.DiskStore;
import io.clicktrail.correlator.chain.ChainDefinition;
import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.kafka.CorrelatorStores;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Size of an open chain of four stages on disk: its state in the host store, and its evidence. */
public final class ChainStore {

    private static final int CHAINS = 20_000;
    private static final int MAX_BYTES = 1_000;

    private final PrintStream out;

    public ChainStore(PrintStream out) {
        this.out = out;
    }

    /**
     * Fills the correlator's stores with one chain per host and prints their size.
     *
     * @param folder of the stores
     * @return whether the state of a chain takes less than 1 kB
     */
    public boolean measure(Path folder) throws IOException {
        var watch = new InProcessPipeline(Set.of(Attack.DOMAIN));
        var lure = new Attack(Platform.WINDOWS);
        var evidence = watch.evidenceOf(lure.host(), lure.events());
        var definition = ChainDefinition.builtIn(Platform.WINDOWS);
        var state = InProcessPipeline.emitted(definition, evidence);
        var stores = new CorrelatorStores();
        double hosts = bytesOfHosts(stores.hosts(), state, Files.createDirectory(folder.resolve("hosts")));
        double kept = bytesOfEvidence(stores.evidence(), evidence, Files.createDirectory(folder.resolve("kept")));
        out.printf(
                Locale.ROOT,
                "%,d open chains of four stages: %.0f bytes each in the host store,"
                        + " %.0f bytes each for %d pieces of evidence%n",
                CHAINS,
                hosts,
                kept,
                evidence.size());
        return hosts < MAX_BYTES;
    }

    private static double bytesOfHosts(
            StoreBuilder<KeyValueStore<String, HostState>> builder, HostState state, Path folder) throws IOException {
        var store = DiskStore.open(builder, folder);
        for (int i = 0; i < CHAINS; i++) {
            store.put("ws-" + i + ".corp.example", state);
        }
        return bytes(store, folder);
    }

    private static double bytesOfEvidence(
            StoreBuilder<KeyValueStore<Bytes, Evidence>> builder, List<Evidence> evidence, Path folder)
            throws IOException {
        var store = DiskStore.open(builder, folder);
        for (int i = 0; i < CHAINS; i++) {
            for (int j = 0; j < evidence.size(); j++) {
                var key = ByteBuffer.allocate(Long.BYTES).putInt(i).putInt(j).array();
                store.put(Bytes.wrap(key), evidence.get(j));
            }
        }
        return bytes(store, folder);
    }

    private static double bytes(KeyValueStore<?, ?> store, Path folder) throws IOException {
        store.flush();
        store.close();
        return (double) DiskStore.bytes(folder) / CHAINS;
    }
}
