package io.clicktrail.benchmarks.throughput;

import io.clicktrail.benchmarks.generate.SysmonLog;
import io.clicktrail.colocated.ColocationSettings;
import io.clicktrail.colocated.ColocationSettings.Events;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.PeakMemory;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.replay.RawWriter;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.ServiceContext;
import io.clicktrail.standalone.stack.StackException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Records a second and processor time a record of the whole stack at steady state, beside {@link CopyPipeline}.
 *
 * <p>Both get the same log in two halves. The first warms up and is left out. The services then pause while the second
 * half is written to the raw topic, so that no generator and no producer runs beside them, and work it off; that is
 * measured. The broker's time for taking the second half counts too. The ratio is the processor time of the copy by
 * that of the services: other programs on the machine slow both down, but hardly change their processor time.
 */
@Command(
        name = "throughput",
        description = {
            "Sends a generated log through the whole stack and through a pipeline that only copies the same bytes over",
            "the same topics with the same guarantee and settings. The first half warms up and is left out. Prints",
            "records per second, processor time per record by service and by broker without JIT compilers, bytes per",
            "record of every topic, peak memory. Exit code 1 if a chain of the log is no case. Needs Linux."
        },
        mixinStandardHelpOptions = true)
public final class ThroughputBenchmark implements Callable<Integer> {

    /** Number in the domain of a complete chain, see {@link SysmonLog}. */
    static final Pattern CHAIN = Pattern.compile("docusign-invoice-(\\d+)");

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Number of records, warm-up included (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of workstations (default: ${DEFAULT-VALUE}).")
    private int hosts;

    @Option(
            names = "--evidence",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "Percentage of records that can be part of a chain (default: ${DEFAULT-VALUE}).")
    private double evidence;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of every topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads of each service (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the log (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--co-located",
            description = "Runs normalizer and enricher as one service that writes no topic of events.")
    private boolean colocated;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Setting of the services, for example clicktrail.streams.commit-interval=1s.")
    private Map<String, String> settings = Map.of();

    private final PrintStream out = System.out;

    /** What one pipeline took for the measured half. */
    private record Pace(ProcessorTime.Reading spent, long ingest, long nanos, long records) {

        double recordsPerSecond() {
            return records / (nanos / NANOS_PER_SECOND);
        }

        double micros(long nanos) {
            return nanos / NANOS_PER_MICRO / records;
        }

        double microsPerRecord() {
            return micros(spent.process() + spent.broker() + ingest);
        }
    }

    @Override
    public Integer call() throws Exception {
        var all = new TreeMap<>(settings);
        all.put("clicktrail.streams.threads", Integer.toString(threads));
        if (colocated) {
            all.putIfAbsent(ColocationSettings.EVENTS, Events.OFF.name());
        }
        try (var loaded = new LoadedStack(partitions, all)) {
            Topics topics = loaded.stack().topics();
            List<ServiceContext> services = loaded.stack().services();
            long[] chains = new long[1];
            Pace clicktrail = measure(
                    loaded,
                    topics,
                    Service::group,
                    () -> services.forEach(ServiceContext::pause),
                    () -> services.forEach(ServiceContext::resume),
                    chains);
            Map<String, TopicVolume> written =
                    TopicVolume.of(loaded.admin(), loaded.stack().bootstrapServers(), topics.prefix());
            String memory = PeakMemory.now();
            int cases = cases(loaded, topics);
            var streams = new EnumMap<Service, Properties>(Service.class);
            services.forEach(service -> streams.put(service.service(), service.streamsProperties()));
            loaded.stack().stopServices();
            Pace copy = copy(loaded, topics, streams, written);
            print(loaded, clicktrail, copy, written, memory);
            out.printf(Locale.ROOT, "%,d of %,d chains of the log are cases%n", cases, chains[0]);
            out.printf(
                    Locale.ROOT,
                    "ratio=%.2f cpu_us=%.1f records_s=%.0f%n",
                    copy.microsPerRecord() / clicktrail.microsPerRecord(),
                    clicktrail.microsPerRecord(),
                    clicktrail.recordsPerSecond());
            return cases == chains[0] ? Clicktrail.DONE : Clicktrail.NOT_UNDERSTOOD;
        }
    }

    private Pace copy(
            LoadedStack loaded, Topics topics, Map<Service, Properties> streams, Map<String, TopicVolume> written)
            throws Exception {
        Topics copies = loaded.topicsUnder(CopyPipeline.PREFIX);
        try (var copy =
                new CopyPipeline(streams, topics, copies, loaded.settings(), written, loaded.state("copy-state"))) {
            return measure(loaded, copies, CopyPipeline::group, copy::pause, copy::resume, new long[1]);
        }
    }

    private Pace measure(
            LoadedStack loaded,
            Topics topics,
            Function<Service, String> groups,
            Runnable pause,
            Runnable resume,
            long[] chains)
            throws Exception {
        List<String> names = loaded.stack().pipeline().stream().map(groups).toList();
        var log = new SysmonLog(hosts, evidence / 100, SysmonLog.START, seed);
        try (var time = new ProcessorTime(names, loaded.stack().broker().pid())) {
            write(loaded, topics.raw().getFirst(), log, records / 2);
            loaded.awaitEnd(topics, groups);
            pause.run();
            ProcessorTime.Reading paused = time.read();
            chains[0] = write(loaded, topics.raw().getFirst(), log, records - records / 2);
            ProcessorTime.Reading full = time.read();
            long start = System.nanoTime();
            resume.run();
            loaded.awaitEnd(topics, groups);
            long nanos = System.nanoTime() - start;
            ProcessorTime.Reading end = time.read();
            return new Pace(end.since(full), full.since(paused).broker(), nanos, records - records / 2);
        }
    }

    private static long write(LoadedStack loaded, Topic<byte[], byte[]> topic, SysmonLog log, long count)
            throws IOException, StackException {
        try (var writer = new RawWriter(loaded.stack(), topic)) {
            long chains = log.write(count, (at, line, completed) -> {
                try {
                    writer.write(new LogDelivery(Arrays.copyOf(line, line.length - 1), at));
                } catch (StackException e) {
                    throw new IOException(e);
                }
            });
            writer.flush();
            return chains;
        }
    }

    /** Complete chains of the log that the services made a case of. */
    private static int cases(LoadedStack loaded, Topics topics) {
        Set<String> numbers = new HashSet<>();
        TopicReader.readAll(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, loaded.stack().bootstrapServers()),
                topics.siemEcs(),
                record -> {
                    Matcher domain = CHAIN.matcher(record.value());
                    if (domain.find()) {
                        numbers.add(domain.group(1));
                    }
                });
        return numbers.size();
    }

    private void print(
            LoadedStack loaded, Pace clicktrail, Pace copy, Map<String, TopicVolume> written, String memory) {
        out.printf(
                Locale.ROOT,
                "%,d records of %,d hosts, seed %d, %d partitions, %d threads; measured: the second half, after as many"
                        + " records of warm-up%n",
                records,
                hosts,
                seed,
                partitions,
                threads);
        out.printf(Locale.ROOT, "%nprocessor time without JIT, us a record %12s %10s%n", "clicktrail", "copy");
        for (Service service : loaded.stack().pipeline()) {
            line(
                    service == loaded.stack().normalizing() && service != Service.NORMALIZER
                            ? "normalizer and enricher"
                            : service.label(),
                    clicktrail.micros(clicktrail.spent().services().getOrDefault(service.group(), 0L)),
                    copy.micros(copy.spent().services().getOrDefault(CopyPipeline.group(service), 0L)));
        }
        line(
                "collector, virtual machine",
                clicktrail.micros(clicktrail.spent().machine()),
                copy.micros(copy.spent().machine()));
        line(
                "broker",
                clicktrail.micros(clicktrail.spent().broker()),
                copy.micros(copy.spent().broker()));
        line("broker, taking raw records", clicktrail.micros(clicktrail.ingest()), copy.micros(copy.ingest()));
        line("sum", clicktrail.microsPerRecord(), copy.microsPerRecord());
        out.printf(
                Locale.ROOT,
                "%-38s %12.0f %10.0f%n%n",
                "records/s",
                clicktrail.recordsPerSecond(),
                copy.recordsPerSecond());
        out.printf("%-64s %12s %10s %14s%n", "topic", "per record", "bytes", "stored bytes");
        written.forEach((topic, volume) -> {
            if (volume.records() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%-64s %12.5f %10.0f %14.1f%n",
                        topic,
                        volume.records() / (double) records,
                        volume.bytesPerRecord(),
                        volume.stored() / (double) volume.records());
            }
        });
        out.printf("%npeak memory of the services %s%n", memory);
    }

    private void line(String what, double clicktrail, double copy) {
        out.printf(Locale.ROOT, "  %-36s %12.2f %10.2f%n", what, clicktrail, copy);
    }
}
