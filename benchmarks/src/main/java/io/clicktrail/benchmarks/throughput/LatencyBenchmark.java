package io.clicktrail.benchmarks.throughput;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.replay.RawWriter;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.ServiceContext;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time from the write of the record that completes a chain (click, egress, write) to the case on a SOAR topic, read
 * committed, while records arrive at an even rate: idle, half and nine tenths of what the stack took in the warm-up.
 * The times of the records are those of the wall clock, and the alerter delays revisions as in production.
 */
@Command(
        name = "latency",
        description = {
            "Warms the whole stack up, measures how many records per second it takes, and then sends them evenly at",
            "idle (100/s), half and 0.9 load. Prints the time from the record that completes a chain to its case on a",
            "SOAR topic. Exit code 1 if at half load the median is above 0.5 s or the 99th percentile above 1 s. Needs",
            "Linux."
        },
        mixinStandardHelpOptions = true)
public final class LatencyBenchmark implements Callable<Integer> {

    private static final double IDLE_PER_SECOND = 100;
    private static final double CHAINS_PER_SECOND = 3;

    /** Scenarios of a log are a quarter of its evidence, and one in eight is a complete chain. */
    private static final double EVIDENCE_PER_CHAIN = 32;

    private static final Duration LEAD = Duration.ofSeconds(20);
    private static final Duration LAST_CASE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_MEDIAN = 0.5;
    private static final double MAX_PERCENTILE = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Records of the warm-up, at full speed (default: ${DEFAULT-VALUE}).")
    private long warmUp;

    @Option(
            names = "--chains",
            paramLabel = "N",
            defaultValue = "200",
            description = "Chains at each load (default: ${DEFAULT-VALUE}).")
    private int chains;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the logs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Setting of the services, for example clicktrail.streams.commit-interval=1s.")
    private Map<String, String> settings = Map.of();

    private final PrintStream out = System.out;

    /** Latencies at one load, seconds, ascending. */
    private record Latencies(double[] seconds, int sent) {

        double percentile(double share) {
            return seconds.length == 0
                    ? Double.POSITIVE_INFINITY
                    : seconds[(int) Math.min(seconds.length - 1, Math.floor(share * seconds.length))];
        }
    }

    @Override
    public Integer call() throws Exception {
        var all = new TreeMap<>(settings);
        all.putIfAbsent("clicktrail.alerter.revision-delay", "1m");
        try (var loaded = new LoadedStack(partitions, all)) {
            double full = fullSpeed(loaded);
            out.printf(Locale.ROOT, "full speed after the warm-up: %.0f records/s%n", full);
            @Nullable Latencies half = null;
            for (var load : List.of(
                    Map.entry("idle", IDLE_PER_SECOND), Map.entry("half", full / 2), Map.entry("0.9", full * 0.9))) {
                Latencies measured = measure(loaded, load.getValue());
                half = load.getKey().equals("half") ? measured : half;
                out.printf(
                        Locale.ROOT,
                        "load=%s records_s=%.0f chains=%d cases=%d p50=%.3f p90=%.3f p99=%.3f max=%.3f s%n",
                        load.getKey(),
                        load.getValue(),
                        measured.sent(),
                        measured.seconds().length,
                        measured.percentile(0.5),
                        measured.percentile(0.9),
                        measured.percentile(0.99),
                        measured.percentile(1));
            }
            return half != null && half.percentile(0.5) <= MAX_MEDIAN && half.percentile(0.99) <= MAX_PERCENTILE
                    ? Clicktrail.DONE
                    : Clicktrail.NOT_UNDERSTOOD;
        }
    }

    /** Records a second of the second half of the warm-up. */
    private double fullSpeed(LoadedStack loaded) throws Exception {
        Topics topics = loaded.stack().topics();
        List<ServiceContext> services = loaded.stack().services();
        var log = new SysmonLog(1_000, SysmonLog.CHAIN_SHARE, SysmonLog.START, seed);
        try (var writer = new RawWriter(loaded.stack(), topics.raw().getFirst())) {
            log.write(warmUp / 2, (at, line, completed) -> send(writer, at, line));
            writer.flush();
            loaded.awaitEnd(topics, Service::group);
            services.forEach(ServiceContext::pause);
            log.write(warmUp / 2, (at, line, completed) -> send(writer, at, line));
            writer.flush();
        }
        long start = System.nanoTime();
        services.forEach(ServiceContext::resume);
        loaded.awaitEnd(topics, Service::group);
        return warmUp / 2 / ((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    private Latencies measure(LoadedStack loaded, double rate) throws Exception {
        Stack stack = loaded.stack();
        Map<String, Long> sent = new ConcurrentHashMap<>();
        Map<String, Long> arrived = new ConcurrentHashMap<>();
        int hosts = (int) Math.ceil(rate * SysmonLog.MILLIS_BETWEEN_RECORDS_OF_A_HOST / 1000);
        double share = Math.min(1, CHAINS_PER_SECOND * EVIDENCE_PER_CHAIN / rate);
        var log = new SysmonLog(hosts, share, System.currentTimeMillis(), ++seed);
        try (var soar = cases(stack);
                var writer = new RawWriter(stack, stack.topics().raw().getFirst())) {
            soar.poll(POLL);
            long start = System.nanoTime();
            long written = 0;
            double seconds = LEAD.toSeconds() + chains / CHAINS_PER_SECOND;
            for (double passed = 0; passed < seconds; passed = (System.nanoTime() - start) / NANOS_PER_SECOND) {
                long due = (long) (passed * rate) - written;
                log.write(due, (at, line, completed) -> {
                    send(writer, at, line);
                    if (completed != null) {
                        sent.put(numberOf(completed), System.nanoTime());
                    }
                });
                written += due;
                take(soar, sent, arrived);
            }
            long end = System.nanoTime() + LAST_CASE.toNanos();
            while (arrived.size() < sent.size() && System.nanoTime() < end) {
                take(soar, sent, arrived);
            }
        }
        double[] latencies = arrived.entrySet().stream()
                .mapToDouble(entry -> (entry.getValue() - sent.getOrDefault(entry.getKey(), 0L)) / NANOS_PER_SECOND)
                .sorted()
                .toArray();
        return new Latencies(latencies, sent.size());
    }

    private static void take(KafkaConsumer<String, String> soar, Map<String, Long> sent, Map<String, Long> arrived) {
        for (ConsumerRecord<String, String> record : soar.poll(POLL)) {
            Matcher chain = ThroughputBenchmark.CHAIN.matcher(record.value());
            if (chain.find() && sent.containsKey(chain.group(1))) {
                arrived.putIfAbsent(chain.group(1), System.nanoTime());
            }
        }
    }

    private static KafkaConsumer<String, String> cases(Stack stack) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        var partitions = List.of(stack.topics().soarTier1(), stack.topics().soarTier2()).stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static void send(RawWriter writer, long at, byte[] line) throws IOException {
        try {
            writer.write(new LogDelivery(Arrays.copyOf(line, line.length - 1), at));
        } catch (StackException e) {
            throw new IOException(e);
        }
    }

    private static String numberOf(String domain) {
        Matcher chain = ThroughputBenchmark.CHAIN.matcher(domain);
        if (!chain.find()) {
            throw new IllegalArgumentException(domain + " is not the domain of a generated chain");
        }
        return chain.group(1);
    }
}
