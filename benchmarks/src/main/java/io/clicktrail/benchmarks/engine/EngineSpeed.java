package io.clicktrail.benchmarks.engine;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sysmon records a second of CPU time through a local engine, from raw bytes to cases, and the memory that it keeps.
 * The log is generated on the way, a block at a time, and that is not measured.
 */
public final class EngineSpeed {
    private static final int BLOCK = 10_000;
    private static final int ROUNDS = 10;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double MILLIS_BETWEEN_RECORDS_OF_A_HOST = 3_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEGABYTE = 1 << 20;
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

    /** Prints a line for each tenth of the records, and the rate after three tenths. */
    public void measure() throws IOException {
        out.printf(Locale.ROOT, "%12s %14s %12s%n", "records", "records/s", "heap MB");
        var settings = EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));
        try (var engine = new Engine(settings)) {
            var sink = new Sink(engine);
            new SysmonLog(hosts, seed).write(records, sink);
            sink.finish();
            int cases = engine.finish().size();
            out.printf(
                    Locale.ROOT,
                    "%,d records/s of CPU time on one thread after %,d records; %,d cases%n",
                    sink.rateAfterWarmUp(),
                    records * WARM_UP_ROUNDS / ROUNDS,
                    cases);
        }
    }

    /** Splits the log into records and gives them to the engine in blocks. */
    private final class Sink extends OutputStream {
        private final Engine engine;
        private final ByteArrayOutputStream record = new ByteArrayOutputStream();
        private final List<byte[]> block = new ArrayList<>(BLOCK);
        private final List<Long> nanos = new ArrayList<>();
        private long delivered;
        private long spent;
        private long round;

        Sink(Engine engine) {
            this.engine = engine;
        }

        @Override
        public void write(int each) {
            if (each == '\n') {
                end();
            } else {
                record.write(each);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int start = from;
            for (int i = from; i < from + length; i++) {
                if (bytes[i] == '\n') {
                    record.write(bytes, start, i - start);
                    end();
                    start = i + 1;
                }
            }
            record.write(bytes, start, from + length - start);
        }

        void finish() {
            deliver();
        }

        long rateAfterWarmUp() {
            List<Long> warm = nanos.subList(Math.min(WARM_UP_ROUNDS, nanos.size() - 1), nanos.size());
            long sum = warm.stream().mapToLong(Long::longValue).sum();
            return (long) (warm.size() * (records / ROUNDS) * NANOS_PER_SECOND / Math.max(1, sum));
        }

        private void end() {
            block.add(record.toByteArray());
            record.reset();
            if (block.size() == BLOCK) {
                deliver();
            }
        }

        private void deliver() {
            long before = THREADS.getCurrentThreadCpuTime();
            for (byte[] each : block) {
                engine.deliver(each, SysmonLog.START + (long) (delivered++ * MILLIS_BETWEEN_RECORDS_OF_A_HOST / hosts));
            }
            spent += THREADS.getCurrentThreadCpuTime() - before;
            round += block.size();
            block.clear();
            if (round >= records / ROUNDS) {
                print();
            }
        }

        private void print() {
            System.gc();
            var runtime = Runtime.getRuntime();
            out.printf(
                    Locale.ROOT,
                    "%,12d %,14d %,12.0f%n",
                    delivered,
                    (long) (round * NANOS_PER_SECOND / Math.max(1, spent)),
                    (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MEGABYTE);
            nanos.add(spent * (records / ROUNDS) / round);
            spent = 0;
            round = 0;
        }
    }
}
