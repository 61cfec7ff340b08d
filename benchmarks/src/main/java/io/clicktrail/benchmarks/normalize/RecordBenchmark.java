package io.clicktrail.benchmarks.normalize;

import io.clicktrail.normalizer.Normalizer;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads one record over and over, as the service does: all formats loaded, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
    private static final long DELIVERED = Instant.parse("2026-10-14T09:15:00Z").toEpochMilli();

    /** Name of the record in the list. */
    @Param("squid.native")
    public String record = "";

    private final Normalizer normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);
    private byte[] value = {};
    private long offset;

    /** Takes the record; one that is not read would measure nothing. */
    @Setup
    public void take() {
        value = Objects.requireNonNull(Records.all().get(record), record);
        if (!(normalize() instanceof Outcome.Normalized)) {
            throw new IllegalStateException(record + " is not read");
        }
    }

    /** One record. */
    @Benchmark
    public Outcome normalize() {
        return normalizer.normalize(value, new RawCoordinates("clicktrail.raw.logs", 0, offset++, DELIVERED));
    }
}
