package io.clicktrail.benchmarks.engine;

import io.clicktrail.alert.Alert;
import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sysmon records a second of CPU time through a local engine, from raw bytes to cases, and the memory that it keeps.
 * The log is generated on the way, a block at a time, and that is not measured.
 */
public final class EngineSpeed {
    private static final int BLOCK = 10_000;
    private static final int ROUNDS = 10;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1 << 20;
    private static final double MILLION = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private final long records;
    private final int hosts;
    private final long seed;

    /** @param records at least ten blocks of 10,000 */
    public EngineSpeed(PrintStream out, long records, int hosts, long seed) {
        this.out = out;
        this.records = Math.max(records, (long) ROUNDS * BLOCK);
        this.hosts = hosts;
        this.seed = seed;
    }

    /** Prints a line for each tenth of the records, the rate after three and the growth of the heap after five. */
    public void measure() throws IOException {
        out.printf(Locale.ROOT, "%12s %14s %12s %12s%n", "records", "records/s", "heap MB", "cases");
        var settings = EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));
        var cases = new CaseCount();
        try (var engine = Engine.handingOver(settings, cases)) {
            var sink = new Sink(engine, cases);
            new SysmonLog(hosts, seed).write(records, sink);
            sink.finish();
            engine.finish();
            out.printf(
                    Locale.ROOT,
                    "%,d records/s of CPU time on a thread after %,d records; %.1f %% more in collections; %,d cases%n"
                            + "heap after a full collection grows by %.1f MB a million records in the second half%n",
                    sink.rateAfterWarmUp(),
                    records * WARM_UP_ROUNDS / ROUNDS,
                    sink.shareOfCollections(),
                    cases.count,
                    sink.growth());
        }
    }

    private record Delivery(byte[] record, long at) {}

    /** Counts new cases. */
    private static final class CaseCount implements Consumer<Alert> {
        private long count;

        @Override
        public void accept(Alert revision) {
            count += revision.getRevision() == 1 ? 1 : 0;
        }
    }

    /** Gives the records to the engine in blocks. */
    private final class Sink implements SysmonLog.Sink {
        private final Engine engine;
        private final CaseCount cases;
        private final List<Delivery> block = new ArrayList<>(BLOCK);
        private final List<Long> nanos = new ArrayList<>();
        private final List<Double> heap = new ArrayList<>();
        private long delivered;
        private long allSpent;
        private long collecting;
        private long spent;
        private long round;

        Sink(Engine engine, CaseCount cases) {
            this.engine = engine;
            this.cases = cases;
        }

        @Override
        public void write(long at, byte[] line, @Nullable String completed) {
            block.add(new Delivery(Arrays.copyOf(line, line.length - 1), at));
            if (block.size() == BLOCK) {
                deliver();
            }
        }

        void finish() {
            deliver();
        }

        long rateAfterWarmUp() {
            List<Long> warm = nanos.subList(Math.min(WARM_UP_ROUNDS, nanos.size() - 1), nanos.size());
            long sum = warm.stream().mapToLong(Long::longValue).sum();
            return (long) (warm.size() * (records / ROUNDS) * NANOS_PER_SECOND / Math.max(1, sum));
        }

        /** Time that the collector stopped the thread while records were delivered, percent of its CPU time. */
        double shareOfCollections() {
            return 100 * collecting * NANOS_PER_MILLI / Math.max(1, allSpent);
        }

        /** Slope of the heap over the second half of the rounds, by least squares, MB a million records. */
        double growth() {
            List<Double> half = heap.subList(heap.size() / 2, heap.size());
            double middle = (half.size() - 1) / 2.0;
            double products = 0;
            double squares = 0;
            for (int i = 0; i < half.size(); i++) {
                products += (i - middle) * half.get(i);
                squares += (i - middle) * (i - middle);
            }
            return squares == 0 ? 0 : products / squares * MILLION / (records / ROUNDS);
        }

        private void deliver() {
            long collectedBefore = millisOfCollections();
            long before = THREADS.getCurrentThreadCpuTime();
            for (var each : block) {
                engine.deliver(each.record(), each.at());
                delivered++;
            }
            long took = THREADS.getCurrentThreadCpuTime() - before;
            spent += took;
            allSpent += took;
            collecting += millisOfCollections() - collectedBefore;
            round += block.size();
            block.clear();
            if (round >= records / ROUNDS) {
                print();
            }
        }

        private static long millisOfCollections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
        }

        private void print() {
            System.gc();
            var runtime = Runtime.getRuntime();
            heap.add((runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MEGABYTE);
            out.printf(
                    Locale.ROOT,
                    "%,12d %,14d %,12.0f %,12d%n",
                    delivered,
                    (long) (round * NANOS_PER_SECOND / Math.max(1, spent)),
                    heap.getLast(),
                    cases.count);
            nanos.add(spent * (records / ROUNDS) / round);
            spent = 0;
            round = 0;
        }
    }
}
