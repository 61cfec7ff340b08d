package io.clicktrail.benchmarks.alerter;

import io.clicktrail.alerter.AlerterSettings;
import io.clicktrail.alerter.AlerterTopology;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.engine.topology.LocalTopics;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * CPU time of the alerter for each fact of its context that belongs to no case, the ordinary ones: logons, of which
 * the enricher emits at most one an hour for an account, host and address. It runs in this process without Kafka, with
 * the serdes of its state and its internal topics left out.
 */
public final class FactCost {

    private static final Instant BEGIN = Instant.parse("2026-11-02T06:00:00Z");
    private static final int MAX_ROUNDS = 20;
    private static final int ALIKE = 3;
    private static final double STILL_FALLS = 0.95;

    private final PrintStream out;

    static {
        AvroSetup.install();
    }

    public FactCost(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures and prints. Until the code is compiled a round is dear, and on a busy machine that takes several; so
     * rounds go on until three in a row are not cheaper by a twentieth, and the cheapest counts.
     *
     * @param accounts number of accounts, each at a host of its own and with an address of its own
     * @param hours facts of each account, one an hour
     */
    public void measure(int accounts, int hours) {
        double first = round(accounts, hours);
        double cheapest = first;
        int rounds = 1;
        for (int alike = 0; alike < ALIKE && rounds < MAX_ROUNDS; rounds++) {
            double next = round(accounts, hours);
            alike = next > cheapest * STILL_FALLS ? alike + 1 : 0;
            cheapest = Math.min(cheapest, next);
        }
        out.printf(
                Locale.ROOT,
                "%,d accounts, %d logons each: %.1f us of CPU time a fact; %,.0f facts a second of one core; "
                        + "the cheapest of %d rounds, the first %.1f us%n",
                accounts,
                hours,
                cheapest,
                1e6 / cheapest,
                rounds,
                first);
        out.printf(
                Locale.ROOT,
                "one fact an hour for each of 10,000 accounts at one host: %.1f facts a second%n",
                10_000 / 3_600.0);
    }

    /** Microseconds of this thread's CPU time for each fact, with an alerter that knows nothing yet. */
    private static double round(int accounts, int hours) {
        var topics = Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new StateSerdes());
        var local = new LocalTopics();
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("clicktrail.alerter", AlerterSettings.class);
        AlerterTopology.build(local.topology("alerter", false), topics, settings, new SimpleMeterRegistry());
        local.start(BEGIN.toEpochMilli());
        long before = cpu();
        for (int hour = 0; hour < hours; hour++) {
            for (int account = 0; account < accounts; account++) {
                Instant at = BEGIN.plus(Duration.ofHours(hour)).plusMillis(account);
                local.put(topics.context().name(), "ws-" + account, logon(account, at), at.toEpochMilli(), null);
            }
        }
        double micros = (cpu() - before) / 1e3 / accounts / hours;
        local.close();
        return micros;
    }

    private static ContextFact logon(int account, Instant at) {
        return ContextFact.newBuilder()
                .setKind(ContextKind.LOGON)
                .setEventId(String.format(Locale.ROOT, "%016x%016x", account, at.toEpochMilli()))
                .setTime(at)
                .setDataset("windows.security")
                .setHost("ws-" + account)
                .setUser("corp\\user" + account)
                .setAuthentication(Authentication.newBuilder()
                        .setAccount("corp\\user" + account)
                        .setLogonType(3)
                        .setIp("10." + account / 65_536 + "." + account / 256 % 256 + "." + account % 256)
                        .build())
                .build();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
