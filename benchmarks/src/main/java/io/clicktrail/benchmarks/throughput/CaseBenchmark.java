package io.clicktrail.benchmarks.throughput;

import io.clicktrail.alert.Alert;
import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.detection.Detection;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.ServiceContext;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long the alerter takes to put a burst of detections on record, on the real stack. The detections are copies of
 * one complete chain on as many hosts and sites; the services pause while they are written.
 */
@Command(
        name = "cases",
        description = {
            "Writes a burst of detections, and prints the time until all are cases on the topic of alerts and the",
            "processor time for each, of the alerter and of the broker, without JIT compilers. Needs Linux."
        },
        mixinStandardHelpOptions = true)
public final class CaseBenchmark implements Callable<Integer> {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final int MAX_RECORDS = 200_000;

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of detections (default: ${DEFAULT-VALUE}).")
    private int cases;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Detections before, which are not measured (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of every topic, and threads of each service (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--limited",
            description = "With the limits of new cases that hold by default, so that most are held back.")
    private boolean isLimited;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Setting of the services, for example clicktrail.streams.commit-interval=1s.")
    private Map<String, String> settings = Map.of();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        AvroSetup.install();
        Detection example = example();
        var all = new TreeMap<>(settings);
        all.put("clicktrail.streams.threads", Integer.toString(partitions));
        List<String> names = Stream.of(Service.values()).map(Service::group).toList();
        try (var loaded = new LoadedStack(partitions, all, isLimited);
                var alerts = alerts(loaded);
                var time = new ProcessorTime(names, loaded.stack().broker().pid())) {
            List<ServiceContext> services = loaded.stack().services();
            write(loaded, example, 0, warmUp);
            double first = await(alerts, loaded, warmUp);
            services.forEach(ServiceContext::pause);
            write(loaded, example, warmUp, cases);
            ProcessorTime.Reading before = time.read();
            services.forEach(ServiceContext::resume);
            double seconds = await(alerts, loaded, cases);
            ProcessorTime.Reading spent = time.read().since(before);
            long alerter = spent.services().getOrDefault(Service.ALERTER.group(), 0L);
            out.printf(
                    Locale.ROOT,
                    "%,d detections on %d partitions after %,d of warm-up (%.1f s), %s: on record in %.1f s%n"
                            + "cpu_us=%.0f a case: alerter %.0f, broker %.0f, rest of the process %.0f%n",
                    cases,
                    partitions,
                    warmUp,
                    first,
                    isLimited ? "with the default limits" : "without limits",
                    seconds,
                    micros(spent.process() + spent.broker()),
                    micros(alerter),
                    micros(spent.broker()),
                    micros(spent.process() - alerter));
            return seconds < MOST.toSeconds() ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
        }
    }

    private double micros(long nanos) {
        return nanos / NANOS_PER_MICRO / cases;
    }

    /** The last revision of a complete chain of a generated log. */
    private static Detection example() throws IOException {
        var found = new HashMap<String, Detection>();
        try (var engine = Engine.handingOver(
                EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s")), alert -> {})) {
            engine.listen(engine.topics().detections(), record -> {
                if (record.value() != null) {
                    found.put(record.key(), record.value());
                }
            });
            var log = new SysmonLog(100, SysmonLog.CHAIN_SHARE, System.currentTimeMillis(), 1);
            log.write(
                    MAX_RECORDS / 10,
                    (long at, byte[] line, @Nullable String completed) ->
                            engine.deliver(Arrays.copyOf(line, line.length - 1), at));
            engine.finish();
        }
        return found.values().stream()
                .max(Comparator.comparingInt(
                        detection -> detection.getEvidence().size()))
                .orElseThrow(() -> new IllegalStateException("the log has no chain"));
    }

    private static void write(LoadedStack loaded, Detection example, int from, int count) {
        Topics topics = loaded.stack().topics();
        Map<String, Object> clients = Map.of("bootstrap.servers", loaded.stack().bootstrapServers());
        try (var writer = new TableWriter<>(topics.detections(), clients)) {
            for (int number = from; number < from + count; number++) {
                String host = "ws-" + number + ".corp.example";
                writer.put(
                        host,
                        Detection.newBuilder(example)
                                .setDetectionId(new UUID(7, number).toString())
                                .setHost(host)
                                .setUser("corp\\user" + number)
                                .setTenantKey("site" + number + ".click")
                                .build());
            }
        }
    }

    /** Seconds until the topic of alerts has so many more cases; campaigns and summaries count too. */
    private static double await(KafkaConsumer<String, Alert> alerts, LoadedStack loaded, int count) throws Exception {
        Set<String> seen = new HashSet<>();
        long start = System.nanoTime();
        while (seen.size() < count && System.nanoTime() - start < MOST.toNanos()) {
            alerts.poll(POLL).forEach(record -> {
                if (record.key().startsWith("00000000-0000-0007-")) {
                    seen.add(record.key());
                }
            });
            loaded.stack().requireHealth(Duration.ZERO);
        }
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    private static KafkaConsumer<String, Alert> alerts(LoadedStack loaded) {
        Topics topics = loaded.stack().topics();
        var consumer = new KafkaConsumer<String, Alert>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        loaded.stack().bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                topics.alerts().keySerde().deserializer(),
                (topic, bytes) -> null);
        var all = consumer.partitionsFor(topics.alerts().name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }
}
