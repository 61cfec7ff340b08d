package io.clicktrail.benchmarks.enricher;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.enricher.Enrichment;
import io.clicktrail.enricher.domain.AllowHits;
import io.clicktrail.enricher.identity.Claims;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.Intel;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import io.clicktrail.normalizer.Normalizer;
import io.clicktrail.normalizer.kafka.EventKeys;
import io.clicktrail.normalizer.raw.Limits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.schemas.AvroSetup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the processor time that the enricher's core takes for an event, beside the serde, on one thread. */
public final class EnricherSpeed {
    private static final int EVENTS = 50_000;
    private static final int ROUNDS = 15;
    private static final long DELIVERED = 1_772_445_660_000L;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final PrintStream out;

    public EnricherSpeed(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures without and with indicators.
     *
     * @param hosts of the invented log
     */
    public void measure(int hosts, long seed, int indicators) throws IOException {
        AvroSetup.install();
        List<Event> events = events(hosts, seed);
        var tunings = new TuningTable(Catalogues.bundled());
        var table = new IntelTable(Math.max(1, indicators));
        var enrichment = new Enrichment(
                tunings.catalogues(), new Intel(table), SharedAddresses.of(Map.of()), AllowHits.UNCOUNTED);
        report(events, enrichment, tunings, 0);
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
        report(events, enrichment, tunings, indicators);
    }

    private void report(List<Event> events, Enrichment enrichment, TuningTable tunings, int indicators) {
        long[] nanos = new long[ROUNDS];
        int evidence = 0;
        for (int round = 0; round < ROUNDS; round++) {
            evidence = 0;
            long start = CLOCK.getCurrentThreadCpuTime();
            for (Event event : events) {
                var platform = event.getHost() == null
                        ? Platform.UNKNOWN
                        : event.getHost().getPlatform();
                evidence += enrichment.judge(event, EventKeys.of(event), tunings.of(platform)) == null ? 0 : 1;
                evidence += Claims.of(event).size() > 9 ? 1 : 0;
            }
            nanos[round] = (CLOCK.getCurrentThreadCpuTime() - start) / events.size();
        }
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "%,d events, %,d with evidence or a sight, %,d indicators: %,d ns an event (best %,d)%n",
                events.size(),
                evidence,
                indicators,
                nanos[ROUNDS / 2],
                nanos[0]);
    }

    private static List<Event> events(int hosts, long seed) throws IOException {
        var log = new ByteArrayOutputStream();
        new SysmonLog(hosts, seed).write(EVENTS, log);
        var normalizer = new Normalizer(Limits.DEFAULT, ZoneOffset.UTC);
        List<Event> events = new ArrayList<>(EVENTS);
        long offset = 0;
        for (String line : log.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            byte[] record = line.getBytes(StandardCharsets.UTF_8);
            if (normalizer.normalize(record, new RawCoordinates("bench", 0, offset++, DELIVERED))
                    instanceof Outcome.Normalized normalized) {
                events.addAll(normalized.events());
            }
        }
        return events;
    }
}
