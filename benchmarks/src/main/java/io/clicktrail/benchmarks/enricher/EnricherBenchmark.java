package io.clicktrail.benchmarks.enricher;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.benchmarks.office.OfficeWorkload;
import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.LeaseClaims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import io.clicktrail.normalizer.kafka.EventKeys;
import io.clicktrail.normalizer.parse.Normalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.schemas.AvroSetup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** The enricher's core on one thread, without the serde: evidence and leases of events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EnricherBenchmark {
    /** A synthetic Sysmon log of many workstations; one event in a hundred is evidence. */
    static final String SYSMON = "sysmon";

    /** An hour of work at desks on three platforms, with network sensors. */
    static final String OFFICE = "office";

    private static final int EVENTS = 50_000;
    private static final int WORKSTATIONS = 1_000;
    private static final int DESKS = 100;
    private static final long SEED = 1;
    private static final long DELIVERED = 1_772_445_660_000L;

    /** The kind of events. */
    @Param(SYSMON)
    public String log = SYSMON;

    /** Number of indicators. */
    @Param("0")
    public int indicators;

    private List<Event> events = List.of();
    private List<String> keys = List.of();

    @SuppressWarnings("NullAway.Init")
    private TuningTable tunings;

    @SuppressWarnings("NullAway.Init")
    private Enrichment enrichment;

    private int next;

    /** Creates the events and the indicators. */
    @Setup
    public void prepare() throws IOException {
        AvroSetup.install();
        events = log.equals(OFFICE) ? ofOffice() : ofSysmon();
        keys = events.stream().map(EventKeys::of).toList();
        tunings = new TuningTable(Catalogues.bundled());
        var table = new IntelTable(Math.max(1, indicators));
        for (int i = 0; i < indicators; i++) {
            table.offer(new Indicator(
                    i % 2 == 0 ? IndicatorType.TENANT_KEY : IndicatorType.URL,
                    i % 2 == 0 ? "bad" + i + ".top" : "https://bad" + i + ".top/a",
                    "bench",
                    90,
                    null,
                    Instant.EPOCH,
                    Instant.MAX,
                    null));
        }
        var catalogues = tunings.catalogues();
        enrichment = new Enrichment(
                catalogues,
                new IntelLookup(table, catalogues.domains().intelWeight()),
                new DomainHistoryTable(1),
                SharedAddresses.of(Map.of()),
                AllowListListener.NONE);
    }

    /** One event. */
    @Benchmark
    public @Nullable Evidence judge(Spent spent, Blackhole claimed) {
        next = next + 1 < events.size() ? next + 1 : 0;
        Event event = events.get(next);
        var platform =
                event.getHost() == null ? Platform.UNKNOWN : event.getHost().getPlatform();
        List<Lease> claims = LeaseClaims.of(event);
        claimed.consume(claims);
        Evidence evidence = enrichment.enrich(event, keys.get(next), tunings.of(platform));
        spent.events++;
        spent.judged += evidence == null ? 0 : 1;
        return evidence;
    }

    private static List<Event> ofSysmon() throws IOException {
        var written = new ByteArrayOutputStream();
        new SysmonLog(WORKSTATIONS, SEED).write(EVENTS, (at, line, completed) -> written.write(line));
        var normalizer = new Normalizer(InputLimits.DEFAULT, ZoneOffset.UTC);
        List<Event> read = new ArrayList<>(EVENTS);
        long offset = 0;
        for (String line : written.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            byte[] record = line.getBytes(StandardCharsets.UTF_8);
            if (normalizer.normalize(record, new RawCoordinates("bench", 0, offset++, DELIVERED))
                    instanceof Outcome.Normalized normalized) {
                read.addAll(normalized.events());
            }
        }
        return read;
    }

    private static List<Event> ofOffice() {
        var office = new OfficeWorkload(SEED);
        List<Event> all = new ArrayList<>();
        for (int desk = 0; desk < DESKS; desk++) {
            all.addAll(office.hourAt(desk));
        }
        return all;
    }

    /** CPU time of the thread, which a loaded machine distorts less than wall-clock time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Spent {
        private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

        /** Events of the iteration. */
        public long events;

        /** Those of them with evidence or a domain. */
        public long judged;

        /** CPU time of the iteration in ns. */
        public long nanos;

        private long start;

        /** The iteration begins. */
        @Setup(Level.Iteration)
        public void begin() {
            start = CLOCK.getCurrentThreadCpuTime();
        }

        /** The iteration ends. */
        @TearDown(Level.Iteration)
        public void end() {
            nanos = CLOCK.getCurrentThreadCpuTime() - start;
        }
    }
}
