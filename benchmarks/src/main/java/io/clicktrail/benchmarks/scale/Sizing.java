package io.clicktrail.benchmarks.scale;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a number of endpoints needs, computed from figures that other benchmarks print: processor time by service of
 * {@code bench throughput}, bytes of each open chain and domain of {@code bench scale}.
 */
@Command(
        name = "sizing",
        description = {
            "Computes what 10,000, 100,000 and 1,000,000 endpoints need from the figures that bench throughput and",
            "bench scale print. The defaults are those of docs/performance.md; give those of your machine."
        },
        mixinStandardHelpOptions = true)
final class Sizing implements Callable<Integer> {

    private static final int[] ENDPOINTS = {10_000, 100_000, 1_000_000};
    private static final double SECONDS_OF_DAY = 86_400;
    private static final double GIGABYTE = 1e9;
    private static final double MEGABYTE = 1e6;
    private static final int REPLICAS = 3;

    @Option(
            names = "--records-a-day",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Raw records of an endpoint a day (default: ${DEFAULT-VALUE}).")
    private double recordsADay;

    @Option(
            names = "--peak",
            paramLabel = "N",
            defaultValue = "3",
            description = "Peak by mean (default: ${DEFAULT-VALUE}).")
    private double peak;

    @Option(
            names = "--use",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description = "How much of a core is in use at the peak (default: ${DEFAULT-VALUE}).")
    private double use;

    @Option(
            names = "--normalizer-us",
            defaultValue = "10.93",
            description = "CPU time of the normalizer, us a record (default: ${DEFAULT-VALUE}).")
    private double normalizer;

    @Option(
            names = "--enricher-us",
            defaultValue = "8.63",
            description = "CPU time of the enricher, us a record (default: ${DEFAULT-VALUE}).")
    private double enricher;

    @Option(
            names = "--correlator-us",
            defaultValue = "1.99",
            description = "CPU time of the correlator, us a record (default: ${DEFAULT-VALUE}).")
    private double correlator;

    @Option(
            names = "--alerter-us",
            defaultValue = "3.57",
            description = "CPU time of the alerter, us a record (default: ${DEFAULT-VALUE}).")
    private double alerter;

    @Option(
            names = "--broker-us",
            defaultValue = "6.61",
            description = "CPU time of the broker, us a record (default: ${DEFAULT-VALUE}).")
    private double broker;

    @Option(
            names = "--raw-bytes",
            defaultValue = "1414",
            description = "Bytes of a raw record (default: ${DEFAULT-VALUE}).")
    private double rawBytes;

    @Option(
            names = "--raw-stored",
            defaultValue = "194",
            description = "Bytes of a raw record on the disk, compressed (default: ${DEFAULT-VALUE}).")
    private double rawStored;

    @Option(
            names = "--events-stored",
            defaultValue = "215",
            description = "Bytes of an event on the disk (default: ${DEFAULT-VALUE}).")
    private double eventsStored;

    @Option(
            names = "--rest-stored",
            defaultValue = "16",
            description = {
                "Bytes of evidence, detections and cases a raw record on the disk, the sum over their topics; with one",
                "case in 3,000 records, as in the generated log, far more than usual (default: ${DEFAULT-VALUE})."
            })
    private double restStored;

    @Option(
            names = "--raw-days",
            defaultValue = "7",
            description = "Retention of raw logs in days (default: ${DEFAULT-VALUE}).")
    private double rawDays;

    @Option(
            names = "--events-days",
            defaultValue = "1",
            description = "Retention of events in days (default: ${DEFAULT-VALUE}).")
    private double eventsDays;

    @Option(
            names = "--rest-days",
            defaultValue = "7",
            description = "Retention of all else in days (default: ${DEFAULT-VALUE}).")
    private double restDays;

    @Option(
            names = "--domains-an-endpoint",
            defaultValue = "10",
            description = "First-seen domains of an endpoint, at least a million (default: ${DEFAULT-VALUE}).")
    private double domains;

    @Option(
            names = "--domain-bytes",
            defaultValue = "70",
            description = "Bytes of a first-seen domain on the disk (default: ${DEFAULT-VALUE}).")
    private double domainBytes;

    @Option(
            names = "--chain-bytes",
            defaultValue = "866",
            description = "Bytes of the state of a host with an open chain (default: ${DEFAULT-VALUE}).")
    private double chainBytes;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        out.printf(
                Locale.ROOT,
                "%,.0f records a day of %,.0f bytes for each endpoint, a peak of %.1f times the mean, cores in use to"
                        + " %.0f %% at the peak, %d copies%n%n",
                recordsADay,
                rawBytes,
                peak,
                use,
                REPLICAS);
        out.printf(Locale.ROOT, "%-44s", "endpoints");
        for (int endpoints : ENDPOINTS) {
            out.printf(Locale.ROOT, " %,14d", endpoints);
        }
        out.println();
        row("records/s, mean", endpoints -> mean(endpoints));
        row("records/s, peak", endpoints -> peak(endpoints));
        row("raw MB/s, peak", endpoints -> peak(endpoints) * rawBytes / MEGABYTE);
        row("cores of normalizers", endpoints -> cores(endpoints, normalizer));
        row("cores of enrichers", endpoints -> cores(endpoints, enricher));
        row("cores of correlators", endpoints -> cores(endpoints, correlator));
        row("cores of alerters", endpoints -> cores(endpoints, alerter));
        row("cores of brokers, " + REPLICAS + " copies", endpoints -> cores(endpoints, broker * REPLICAS));
        row("partitions", endpoints -> partitions(endpoints));
        row("pods of 2 threads, all services", this::pods);
        row("disk of raw logs, GB", endpoints -> disk(endpoints, rawStored, rawDays));
        row("disk of events, GB", endpoints -> disk(endpoints, eventsStored, eventsDays));
        row("disk of all else, GB", endpoints -> disk(endpoints, restStored, restDays));
        row("state: domains, GB", endpoints -> Math.max(1e6, endpoints * domains) * domainBytes / GIGABYTE);
        row("state: a chain on every host, GB", endpoints -> endpoints * chainBytes / GIGABYTE);
        return 0;
    }

    private double mean(int endpoints) {
        return endpoints * recordsADay / SECONDS_OF_DAY;
    }

    private double peak(int endpoints) {
        return mean(endpoints) * peak;
    }

    private double cores(int endpoints, double micros) {
        return Math.ceil(peak(endpoints) * micros / 1e6 / (use / 100));
    }

    /**
     * As many as the dearest service needs threads, and at least 12, as they cannot become more without a new start.
     */
    private double partitions(int endpoints) {
        return Math.max(12, Math.ceil(cores(endpoints, Math.max(normalizer, enricher)) / 12) * 12);
    }

    /** At least two for each service, so that one may fail. */
    private double pods(int endpoints) {
        double pods = 0;
        for (double micros : new double[] {normalizer, enricher, correlator, alerter}) {
            pods += Math.max(2, Math.ceil(cores(endpoints, micros) / 2));
        }
        return pods;
    }

    private double disk(int endpoints, double bytes, double days) {
        return endpoints * recordsADay * bytes * days * REPLICAS / GIGABYTE;
    }

    private interface Need {
        double of(int endpoints);
    }

    private void row(String name, Need need) {
        out.printf(Locale.ROOT, "%-44s", name);
        for (int endpoints : ENDPOINTS) {
            double value = need.of(endpoints);
            out.printf(Locale.ROOT, value < 10 && value != Math.rint(value) ? " %,14.2f" : " %,14.0f", value);
        }
        out.println();
    }
}
