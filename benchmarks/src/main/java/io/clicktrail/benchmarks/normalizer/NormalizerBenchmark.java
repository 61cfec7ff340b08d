package io.clicktrail.benchmarks.normalizer;

import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.parse.TypicalRecords;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Parses the bytes of a Kafka value into events as the service does, with every format loaded, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormalizerBenchmark {
    /** Name for all records in turn. */
    static final String MIXTURE = "all of them in turn";

    /** Minimum number of records of a run, the unit that is timed: a few ms. */
    private static final int STRETCH = 500;

    private static final long DELIVERED = Instant.parse("2026-03-02T10:01:00Z").toEpochMilli();

    private static final int MAX_ROUNDS = 400;
    private static final int QUIET_ROUNDS = 3;
    private static final long ROUND_NANOS = 250_000_000;
    private static final long QUIET_MILLIS = 12;

    /** Name of the record. */
    @Param(MIXTURE)
    public String record = MIXTURE;

    private final Normalizer normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);
    private final MessageDigest sha256 = sha256();
    private List<byte[]> values = List.of();
    private int stretch;
    private int next;
    private long offset;

    /** The records of a name. */
    static List<byte[]> named(String name) {
        Map<String, byte[]> all = TypicalRecords.all();
        return all.entrySet().stream()
                .filter(each -> name.equals(MIXTURE) || name.equals(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Loads the records, and parses them until the code is compiled. */
    @Setup
    public void take(Blackhole hole) {
        values = named(record);
        stretch = Math.ceilDiv(STRETCH, values.size()) * values.size();
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int i = 0, quiet = 0; i < MAX_ROUNDS && quiet < QUIET_ROUNDS; i++) {
            long compiled = compiler.getTotalCompilationTime();
            for (long end = System.nanoTime() + ROUND_NANOS; System.nanoTime() < end; ) {
                hole.consume(read());
            }
            hash(hole);
            quiet = compiler.getTotalCompilationTime() - compiled < QUIET_MILLIS ? quiet + 1 : 0;
        }
    }

    /** One record. */
    @Benchmark
    public Outcome read(Spent spent) {
        spent.one(stretch);
        return read();
    }

    private Outcome read() {
        next = next + 1 < values.size() ? next + 1 : 0;
        return normalizer.normalize(
                values.get(next), new RawCoordinates("clicktrail.raw.logs", 0, offset++, DELIVERED));
    }

    /** Computes only the hash that every event carries, over a run of records. */
    private void hash(Blackhole hole) {
        for (int i = 0; i < stretch; i++) {
            sha256.update(values.get(i % values.size()));
            hole.consume(sha256.digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * CPU time of the thread in the fastest run of an iteration: other load on the same core slows it down, but rarely
     * every few milliseconds.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Spent {
        private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
        private static final int HASHED_STRETCHES = 10;

        /** Records of a run. */
        public long records;

        /** CPU time of the fastest run in ns. */
        public long nanos;

        /** CPU time of the fastest run of the hash alone, measured after the iteration, in ns. */
        public long hashNanos;

        private int read;
        private long start;
        private long fastest;

        /** The iteration begins. */
        @Setup(Level.Iteration)
        public void begin() {
            read = 0;
            fastest = Long.MAX_VALUE;
            start = CLOCK.getCurrentThreadCpuTime();
        }

        /** Counts a record that is about to be parsed. */
        void one(int stretch) {
            if (read == stretch) {
                long now = CLOCK.getCurrentThreadCpuTime();
                fastest = Math.min(fastest, now - start);
                start = now;
                read = 0;
            }
            read++;
        }

        /** The iteration ends. */
        @TearDown(Level.Iteration)
        public void end(NormalizerBenchmark reading, Blackhole hole) {
            records = reading.stretch;
            nanos = fastest;
            hashNanos = Long.MAX_VALUE;
            for (int i = 0; i < HASHED_STRETCHES; i++) {
                long from = CLOCK.getCurrentThreadCpuTime();
                reading.hash(hole);
                hashNanos = Math.min(hashNanos, CLOCK.getCurrentThreadCpuTime() - from);
            }
        }
    }
}
