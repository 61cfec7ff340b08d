package io.clicktrail.benchmarks.scale;

import io.clicktrail.benchmarks.disk.DiskStore;
import io.clicktrail.benchmarks.growth.Growth;
import io.clicktrail.enricher.domain.FirstSeenRecord;
import io.clicktrail.enricher.kafka.EnricherStores;
import io.clicktrail.schemas.StateSerdes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.streams.state.KeyValueStore;

/** CPU time of a look-up in the first-seen store against the number of domains, half of which are there. */
final class DomainScale {

    private static final int[] AMOUNTS = {10_000, 100_000, 1_000_000, 10_000_000};
    private static final int LOOK_UPS = 100_000;
    private static final int ROUNDS = 5;
    private static final Instant FIRST = Instant.parse("2026-03-02T10:00:00Z");

    private final PrintStream out;

    DomainScale(PrintStream out) {
        this.out = out;
    }

    boolean measure(Path folder, int most) throws IOException {
        out.println("first-seen domains: a look-up in RocksDB; half of the domains are there");
        var growth = new Growth(out);
        boolean isWarm = false;
        for (int amount : AMOUNTS) {
            if (amount > most) {
                continue;
            }
            Path at = Files.createDirectory(folder.resolve("domains-" + amount));
            KeyValueStore<String, FirstSeenRecord> store =
                    DiskStore.open(new EnricherStores(new StateSerdes()).firstSeen(), at);
            for (long i = 0; i < amount; i++) {
                Instant time = FIRST.plusSeconds(i & 0xFFFFF);
                store.put(
                        domain(2 * i),
                        FirstSeenRecord.of(time, time.toEpochMilli())
                                .with(time, time.toEpochMilli(), "ws-" + (i & 0x3FF)));
            }
            store.flush();
            double bytes = (double) DiskStore.bytes(at) / amount;
            var random = new SplittableRandom(7);
            double least = Double.MAX_VALUE;
            int found = 0;
            for (int round = isWarm ? 1 : -ROUNDS; round <= ROUNDS; round++) {
                double start = Growth.cpuMicros();
                for (int i = 0; i < LOOK_UPS; i++) {
                    found += store.get(domain(random.nextLong(2L * amount))) == null ? 0 : 1;
                }
                least = round > 0 ? Math.min(least, (Growth.cpuMicros() - start) / LOOK_UPS) : least;
            }
            isWarm = true;
            if (found == 0) {
                throw new IllegalStateException("no domain was found");
            }
            growth.add(
                    amount,
                    "domains",
                    least,
                    "a look-up",
                    String.format(Locale.ROOT, "%.0f bytes each on disk", bytes));
            store.close();
        }
        return growth.isFlat();
    }

    /** 15 to 19 characters, a typical length of domains. */
    private static String domain(long number) {
        long mixed = (number * 0x9E3779B97F4A7C15L) ^ number >>> 29;
        return Long.toUnsignedString(mixed, Character.MAX_RADIX) + (number & 7) + ".com";
    }
}
