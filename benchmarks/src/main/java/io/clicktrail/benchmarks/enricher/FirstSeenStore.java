package io.clicktrail.benchmarks.enricher;

import io.clicktrail.benchmarks.disk.DiskStore;
import io.clicktrail.enricher.domain.FirstSeenRecord;
import io.clicktrail.enricher.kafka.EnricherStores;
import io.clicktrail.schemas.StateSerdes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.streams.state.KeyValueStore;

/** Fills the first-seen store with distinct domains and measures its size and its lookups. */
public final class FirstSeenStore {
    private static final int LOOK_UPS = 200_000;
    private static final Instant FIRST = Instant.parse("2026-03-02T10:00:00Z");

    private final PrintStream out;

    public FirstSeenStore(PrintStream out) {
        this.out = out;
    }

    /** @param domains number of distinct domains, each used by one host */
    public void measure(long domains, Path folder) throws IOException {
        KeyValueStore<String, FirstSeenRecord> store =
                DiskStore.open(new EnricherStores(new StateSerdes()).firstSeen(), folder);
        try {
            long start = System.nanoTime();
            for (long i = 0; i < domains; i++) {
                Instant time = FIRST.plusSeconds(i & 0xFFFFF);
                store.put(
                        domain(i),
                        FirstSeenRecord.of(time, time.toEpochMilli())
                                .with(time, time.toEpochMilli(), "ws-" + (i & 0x3FF)));
            }
            store.flush();
            report("put", System.nanoTime() - start, domains);
            long bytes = DiskStore.bytes(folder);
            out.printf(
                    Locale.ROOT,
                    "%,d domains, %,d bytes on disk, %.1f bytes each%n",
                    domains,
                    bytes,
                    (double) bytes / domains);
            lookUp(store, "hit", domains, 0);
            lookUp(store, "miss", domains, domains);
        } finally {
            store.close();
        }
    }

    private void lookUp(KeyValueStore<String, FirstSeenRecord> store, String what, long domains, long from) {
        var random = new SplittableRandom(7);
        int found = 0;
        long start = System.nanoTime();
        for (int i = 0; i < LOOK_UPS; i++) {
            found += store.get(domain(from + random.nextLong(domains))) == null ? 0 : 1;
        }
        report(what, System.nanoTime() - start, LOOK_UPS);
        if (found != (from == 0 ? LOOK_UPS : 0)) {
            throw new IllegalStateException(found + " of " + LOOK_UPS + " found");
        }
    }

    private void report(String what, long nanos, long count) {
        out.printf(Locale.ROOT, "%-5s %7.2f us each%n", what, nanos / 1e3 / count);
    }

    /** 15 to 19 characters, a typical length of domains. */
    private static String domain(long number) {
        long mixed = (number * 0x9E3779B97F4A7C15L) ^ number >>> 29;
        return Long.toUnsignedString(mixed, Character.MAX_RADIX) + (number & 7) + ".com";
    }
}
