package io.clicktrail.benchmarks.scale;

import io.clicktrail.benchmarks.growth.Growth;
import io.clicktrail.benchmarks.office.OfficeWorkload;
import io.clicktrail.enricher.domain.AllowListListener;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.identity.SharedAddresses;
import io.clicktrail.enricher.intel.IntelLookup;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import io.clicktrail.normalizer.kafka.EventKeys;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Heap of the table of indicators and the cost of a look-up in it, against the number of indicators. They are a mixture
 * of URLs, domains, hashes and addresses with the references of usual feeds: a page for each indicator, by number or by
 * value.
 */
final class IndicatorScale {

    private static final int[] AMOUNTS = {10_000, 100_000, 1_000_000};
    private static final int AS_OBJECTS = 100_000;
    private static final int LOOK_UPS = 300_000;
    private static final int DESKS = 100;
    private static final int ROUNDS = 20;
    private static final double MAX_MEGABYTES = 150;
    private static final double BYTES_OF_MEGABYTE = 1 << 20;
    private static final Instant LISTED = Instant.parse("2026-03-02T10:00:00Z");

    private final PrintStream out;
    private long found;

    IndicatorScale(PrintStream out) {
        this.out = out;
    }

    boolean measure() {
        out.println("indicators: the enricher's core for an event; look-ups of hosts, which memory limits");
        var growth = new Growth(out);
        double most = 0;
        List<Event> events = events();
        enrich(table(AMOUNTS[0]), events);
        lookUp(table(AMOUNTS[0]), AMOUNTS[0], true);
        for (int amount : AMOUNTS) {
            double before = Growth.heap();
            IntelLookup intel = table(amount);
            double megabytes = Growth.heap() - before;
            most = Math.max(most, megabytes);
            String memory = String.format(
                    Locale.ROOT, "%.1f MB heap, %.0f bytes each", megabytes, megabytes * BYTES_OF_MEGABYTE / amount);
            String lookUps = String.format(
                    Locale.ROOT,
                    "%s; %.2f us a miss, %.2f us a hit",
                    memory,
                    lookUp(intel, amount, false),
                    lookUp(intel, amount, true));
            growth.add(amount, "indicators", enrich(intel, events), "an event", lookUps);
        }
        double before = Growth.heap();
        Map<String, Indicator[]> objects = objects();
        out.printf(
                Locale.ROOT,
                "  for comparison, a map of objects: %.0f bytes each%n",
                (Growth.heap() - before) * BYTES_OF_MEGABYTE / objects.size());
        boolean isSmall = most <= MAX_MEGABYTES;
        out.printf(
                Locale.ROOT,
                "  %.1f MB for %,d indicators; the limit is %.0f MB%s; %,d found%n",
                most,
                AMOUNTS[AMOUNTS.length - 1],
                MAX_MEGABYTES,
                isSmall ? "" : "  ABOVE",
                found);
        return isSmall & growth.isFlat();
    }

    private static IntelLookup table(int amount) {
        var table = new IntelTable(amount);
        var random = new SplittableRandom(7);
        for (int i = 0; i < amount; i++) {
            String problem = table.offer(indicator(i, random));
            if (problem != null) {
                throw new IllegalStateException(problem);
            }
        }
        return new IntelLookup(table, Catalogues.bundled().domains().intelWeight());
    }

    private static List<Event> events() {
        var office = new OfficeWorkload(1);
        List<Event> all = new ArrayList<>();
        for (int desk = 0; desk < DESKS; desk++) {
            all.addAll(office.hourAt(desk));
        }
        return all;
    }

    /** Microseconds of CPU time for each event. */
    private double enrich(IntelLookup intel, List<Event> events) {
        var tunings = new TuningTable(Catalogues.bundled());
        var enrichment = new Enrichment(
                tunings.catalogues(),
                intel,
                new DomainHistoryTable(1),
                SharedAddresses.of(Map.of()),
                AllowListListener.NONE);
        List<String> keys = events.stream().map(EventKeys::of).toList();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            double start = Growth.cpuMicros();
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                var platform = event.getHost() == null
                        ? Platform.UNKNOWN
                        : event.getHost().getPlatform();
                found += enrichment.enrich(event, keys.get(i), tunings.of(platform)) == null ? 0 : 1;
            }
            least = Math.min(least, (Growth.cpuMicros() - start) / events.size());
        }
        return least;
    }

    private static Map<String, Indicator[]> objects() {
        var random = new SplittableRandom(7);
        Map<String, Indicator[]> all = new HashMap<>();
        for (int i = 0; i < AS_OBJECTS; i++) {
            Indicator indicator = indicator(i, random);
            all.put(indicator.getValue(), new Indicator[] {indicator});
        }
        return all;
    }

    /** Microseconds of CPU time for each host. */
    private double lookUp(IntelLookup intel, int amount, boolean isListed) {
        var random = new SplittableRandom(3);
        var hosts = new String[1 << 12];
        for (int i = 0; i < hosts.length; i++) {
            int number = random.nextInt(amount / 20) * 20 + 9;
            hosts[i] = isListed ? domain(number) : "www." + domain(number) + ".example";
        }
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            double start = Growth.cpuMicros();
            for (int i = 0; i < LOOK_UPS; i++) {
                String host = hosts[i & hosts.length - 1];
                found += intel.ofPlace(null, host, host, false, LISTED).size();
            }
            least = Math.min(least, (Growth.cpuMicros() - start) / LOOK_UPS);
        }
        return least;
    }

    private static Indicator indicator(int number, SplittableRandom random) {
        int kind = number % 20;
        Instant listed = LISTED.minusSeconds(random.nextInt(5_000_000));
        Instant expires = listed.plusSeconds(7_776_000);
        if (kind < 9) {
            String path = Long.toString(random.nextLong() >>> 8, Character.MAX_RADIX);
            String url = "https://" + domain(number / 3) + "/" + path + "/inst.sh";
            return new Indicator(
                    IndicatorType.URL,
                    url,
                    "urls",
                    90,
                    "malware_download",
                    listed,
                    expires,
                    "https://feed.test/url/" + (3_000_000 + number) + '/');
        }
        if (kind < 14) {
            return new Indicator(
                    IndicatorType.DOMAIN,
                    domain(number),
                    "domains",
                    75,
                    "botnet_cc",
                    listed,
                    expires,
                    "https://feed.test/ioc/" + (1_000_000 + number));
        }
        if (kind < 18) {
            String hash = String.format(
                    Locale.ROOT,
                    "%016x%016x%016x%016x",
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong());
            return new Indicator(
                    IndicatorType.SHA256,
                    hash,
                    "files",
                    85,
                    "loader" + number % 300,
                    listed,
                    expires,
                    "https://files.test/sample/" + hash + '/');
        }
        String address = (1 + random.nextInt(222)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
        return new Indicator(IndicatorType.ADDRESS, address, "addresses", 60, "scanner", listed, expires, null);
    }

    /** 15 to 24 characters, a typical length. */
    private static String domain(int number) {
        long mixed = (number * 0x9E3779B97F4A7C15L) ^ number;
        return Long.toUnsignedString(mixed, Character.MAX_RADIX) + (number & 7) + ".com";
    }
}
