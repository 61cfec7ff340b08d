package io.clicktrail.benchmarks.scale;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.benchmarks.growth.Growth;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of a record through all four services in this process, and the heap that they keep, against the number of
 * hosts, and where half of the events are of one host or behind one address. Every host has logged before the measured
 * records come.
 */
final class HostScale {

    private static final int[] AMOUNTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int HOSTS = 1_000;
    private static final int WARM_UP = 400_000;
    private static final int MEASURED = 200_000;
    private static final int BLOCK = 10_000;
    private static final Map<String, String> SETTINGS = Map.of("clicktrail.enricher.learning", "0s");

    private final PrintStream out;

    HostScale(PrintStream out) {
        this.out = out;
    }

    private record Delivery(byte[] record, long at) {}

    /** What one log took. */
    private record Cost(double micros, double heap) {}

    boolean measure(int most) throws IOException {
        out.println("hosts: all four services in one process, from raw bytes to cases");
        var growth = new Growth(out);
        run(sysmon(HOSTS), WARM_UP);
        for (int amount : AMOUNTS) {
            if (amount <= most) {
                Cost cost = run(sysmon(amount), Math.max(WARM_UP, amount));
                growth.add(amount, "hosts", cost.micros, "a record", heap(cost));
            }
        }
        return growth.isFlat();
    }

    boolean measureHotKeys() throws IOException {
        out.println("hot keys: half of all records are of one host, or of one address with a thousand people behind");
        var growth = new Growth(out);
        run(sysmon(HOSTS), WARM_UP);
        Cost even = run(sysmon(HOSTS), WARM_UP);
        growth.add(HOSTS, "hosts, evenly", even.micros, "a record", heap(even));
        Cost chatty = run(halves(sysmon(HOSTS), sysmon(1)), WARM_UP);
        growth.add(HOSTS, "hosts, one has half", chatty.micros, "a record", heap(chatty));
        boolean isFlat = growth.isFlat();
        var addresses = new Growth(out);
        Cost clients = run(halves(sysmon(HOSTS), proxy(HOSTS)), WARM_UP);
        addresses.add(HOSTS, "clients of a proxy", clients.micros, "a record", heap(clients));
        Cost nat = run(halves(sysmon(HOSTS), proxy(1)), WARM_UP);
        addresses.add(1, "client of a proxy", nat.micros, "a record", heap(nat));
        return isFlat & addresses.isFlat();
    }

    private static String heap(Cost cost) {
        return String.format(Locale.ROOT, "%.0f MB heap", cost.heap);
    }

    /** A source of records in order of time. */
    private interface Log {
        List<Delivery> next(int count) throws IOException;
    }

    private static Log sysmon(int hosts) {
        var log = new SysmonLog(hosts, 1);
        return count -> {
            var block = new ArrayList<Delivery>(count);
            log.write(
                    count,
                    (long at, byte[] line, @Nullable String completed) ->
                            block.add(new Delivery(Arrays.copyOf(line, line.length - 1), at)));
            return block;
        };
    }

    /** Squid's access log; people differ by user name, or not at all. */
    private static Log proxy(int clients) {
        var number = new long[1];
        return count -> {
            var block = new ArrayList<Delivery>(count);
            for (int i = 0; i < count; i++) {
                long request = number[0]++;
                long at = SysmonLog.START + request;
                String client = "10.30." + request % clients / 250 + '.' + (1 + request % clients % 250);
                String line = String.format(
                        Locale.ROOT,
                        "%d.%03d %6d %s TCP_TUNNEL/200 %d CONNECT host%d.example.net:443 - HIER_DIRECT/198.51.100.7 -",
                        at / 1000,
                        at % 1000,
                        1500,
                        client,
                        4000 + request % 1000,
                        request % 500);
                block.add(new Delivery(line.getBytes(StandardCharsets.US_ASCII), at));
            }
            return block;
        };
    }

    private static Log halves(Log one, Log other) {
        return count -> {
            List<Delivery> first = one.next(count / 2);
            List<Delivery> second = other.next(count / 2);
            var block = new ArrayList<Delivery>(count);
            for (int i = 0; i < first.size(); i++) {
                block.add(first.get(i));
                block.add(new Delivery(second.get(i).record, first.get(i).at));
            }
            return block;
        };
    }

    private static Cost run(Log log, int before) throws IOException {
        double empty = Growth.heap();
        try (var engine = Engine.handingOver(EngineSettings.defaults().with(SETTINGS), alert -> {})) {
            for (int done = 0; done < before; done += BLOCK) {
                deliver(engine, log.next(BLOCK));
            }
            List<Double> blocks = new ArrayList<>();
            for (int done = 0; done < MEASURED; done += BLOCK) {
                List<Delivery> block = log.next(BLOCK);
                double start = Growth.cpuMicros();
                deliver(engine, block);
                blocks.add((Growth.cpuMicros() - start) / block.size());
            }
            double heap = Growth.heap() - empty;
            blocks.sort(null);
            return new Cost(blocks.get(blocks.size() / 2), heap);
        }
    }

    private static void deliver(Engine engine, List<Delivery> block) {
        for (Delivery delivery : block) {
            engine.deliver(delivery.record, delivery.at);
        }
    }
}
