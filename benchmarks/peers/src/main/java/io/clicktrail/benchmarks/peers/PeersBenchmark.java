package io.clicktrail.benchmarks.peers;

import io.clicktrail.benchmarks.chains.EvidenceArrival;
import io.clicktrail.benchmarks.chains.EvidenceLog;
import io.clicktrail.benchmarks.detection.ChainDays;
import io.clicktrail.benchmarks.detection.ChainKind;
import io.clicktrail.benchmarks.peers.chain.ChainPattern;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.Clicktrail;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The correlator beside systems that could look for the same chains: what each finds of labelled ones, and what it
 * costs at steady state.
 */
@Command(
        name = "peers",
        description = {
            "Gives the same evidence to our correlator, a windowed join of Kafka Streams, Flink CEP, Siembol and",
            "Esper, each in a process of its own. Prints the labelled chains that each finds, and evidence per second",
            "of processor time without JIT compilers, state and memory. Exit code 1 if a peer finds more chains. Needs",
            "Linux."
        },
        mixinStandardHelpOptions = true)
public final class PeersBenchmark implements Callable<Integer> {

    private static final int MAX_BATCH_BYTES = 15 << 20;
    private static final int BATCH_BYTES = 256 << 10;
    private static final String DAYS = "days";
    private static final String LOAD = "load";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MEGABYTE = 1 << 20;
    private static final String LONG_LIVED = "clicktrail.long-lived";

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "240",
            description = "Machines of each of the four labelled days; 0 leaves them out (default: ${DEFAULT-VALUE}).")
    private int hosts;

    @Option(
            names = "--evidence",
            paramLabel = "N",
            defaultValue = "400000",
            description = {
                "Pieces of evidence of the load, warm-up included; 0 leaves it out (default: ${DEFAULT-VALUE})."
            })
    private long evidence;

    @Option(
            names = "--workstations",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Hosts of the load (default: ${DEFAULT-VALUE}).")
    private int workstations;

    @Option(
            names = "--commit",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Milliseconds between commits or checkpoints (default: ${DEFAULT-VALUE}).")
    private long commitMillis;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of days and load (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--systems",
            paramLabel = "NAME",
            split = ",",
            description = "Only these of: ${COMPLETION-CANDIDATES} (default: all).")
    private List<PeerSystem> systems = List.of(PeerSystem.values());

    private final PrintStream out = System.out;
    private boolean isBeaten;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PeersBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.setProperty(LONG_LIVED, "true");
        WorkFolder folder = WorkFolder.create();
        Terminal terminal = Terminal.ofThisProcess();
        try (var stack = new Stack(new StackSettings(folder, 0, 0, 1, true, Map.of()))) {
            terminal.step("Starting Kafka and the schema registry", () -> {
                stack.startInfrastructure();
                return stack;
            });
            try (Admin admin = stack.admin()) {
                var run = new PeerRun(stack, admin, folder.path(), commitMillis);
                String found = hosts == 0 ? "" : find(stack, admin, run, terminal);
                String cost = evidence == 0 ? "" : measure(stack, admin, run, terminal);
                out.printf("%npeers:%s%s%n", found, cost);
                return isBeaten ? Clicktrail.NOT_UNDERSTOOD : Clicktrail.DONE;
            }
        } finally {
            folder.delete();
        }
    }

    private String find(Stack stack, Admin admin, PeerRun run, Terminal terminal) throws Exception {
        ChainDays days = terminal.step("Inventing four labelled days", () -> new ChainDays(seed, hosts));
        Topics topics = created(DAYS, stack, admin);
        List<EvidenceArrival> arrivals = days.arrivals();
        // The time of all of them has passed when this arrives.
        EvidenceArrival end = arrivals.getLast().elsewhere("end.example", Duration.ofDays(2));
        try (var writer = new Writer(stack, topics)) {
            arrivals.forEach(writer::write);
            writer.write(end);
        }
        var outcomes = new EnumMap<PeerSystem, ChainDays.Outcome>(PeerSystem.class);
        var matches = new EnumMap<PeerSystem, Integer>(PeerSystem.class);
        for (PeerSystem system : systems) {
            var found = terminal.step(
                    "Labelled days: " + system.label(), () -> run.find(system, topics, arrivals.size() + 1L));
            outcomes.put(system, days.judge(found));
            matches.put(system, found.size());
        }
        out.printf(Locale.ROOT, "%n%,d pieces of evidence of four days, seed %d%n", arrivals.size(), seed);
        row("stories with a match", "stories", systems.stream().map(PeerSystem::label));
        for (ChainKind kind : ChainKind.values()) {
            row(
                    "  " + kind.words(),
                    Integer.toString(days.stories(kind)),
                    systems.stream()
                            .map(system -> Integer.toString(of(outcomes, system).found(kind))));
        }
        row(
                "complete chains",
                Integer.toString(complete(days)),
                systems.stream()
                        .map(system -> Integer.toString(of(outcomes, system).complete())));
        row(
                "matches of no story",
                "0",
                systems.stream()
                        .map(system -> Integer.toString(of(outcomes, system).elsewhere())));
        row("records written", "", systems.stream().map(system -> Integer.toString(of(matches, system))));
        int ours = outcomes.containsKey(PeerSystem.CLICKTRAIL)
                ? of(outcomes, PeerSystem.CLICKTRAIL).complete()
                : 0;
        int best = peers().mapToInt(system -> of(outcomes, system).complete())
                .max()
                .orElse(0);
        isBeaten = systems.contains(PeerSystem.CLICKTRAIL) && best > ours;
        return String.format(Locale.ROOT, " found=%d of=%d best_peer_found=%d", ours, complete(days), best);
    }

    private String measure(Stack stack, Admin admin, PeerRun run, Terminal terminal) throws Exception {
        Topics topics = created(LOAD, stack, admin);
        var log = new EvidenceLog(workstations, seed);
        try (var writer = new Writer(stack, topics)) {
            terminal.step("Writing the load", () -> {
                log.write(evidence, writer::write);
                return log;
            });
        }
        long open = log.completedInTheLast(
                ChainPattern.FOLLOW_ON.plus(ChainPattern.WINDOW).toMillis());
        var costs = new EnumMap<PeerSystem, PeerRun.Cost>(PeerSystem.class);
        for (PeerSystem system : systems) {
            costs.put(
                    system, terminal.step("Load: " + system.label(), () -> run.measure(system, topics, log.written())));
        }
        out.printf(
                Locale.ROOT,
                "%n%,d pieces of evidence of %,d hosts, commits every %,d ms; measured: the second half, after as many"
                        + " of warm-up; %,d chains open at the end%n",
                log.written(),
                workstations,
                commitMillis,
                open);
        List<PeerRun.Cost> all =
                systems.stream().map(system -> of(costs, system)).toList();
        row("processor time without JIT, us a piece", "", systems.stream().map(PeerSystem::label));
        row("  its process", "", all.stream().map(cost -> micros(cost.peer(), cost)));
        row("  broker", "", all.stream().map(cost -> micros(cost.broker(), cost)));
        row("  sum", "", all.stream().map(cost -> micros(cost.peer() + cost.broker(), cost)));
        row("evidence/s a core", "", all.stream().map(cost -> decimals(0, cost.perCore())));
        row("evidence/s by the clock", "", all.stream().map(cost -> decimals(0, cost.evidence() / cost.seconds())));
        row("state, MB", "", all.stream().map(cost -> decimals(1, cost.state() / MEGABYTE)));
        row(
                "state, bytes by open chain",
                "",
                all.stream().map(cost -> decimals(0, (double) cost.state() / Math.max(1, open))));
        row(
                "changelogs, bytes a piece",
                "",
                all.stream().map(cost -> decimals(0, (double) cost.changelogs() / log.written())));
        row("peak memory, MB", "", all.stream().map(cost -> decimals(0, cost.memory() / MEGABYTE)));
        row("state survives, exactly once", "", systems.stream().map(system -> system.isDurable() ? "yes" : "no"));
        double ours = costs.containsKey(PeerSystem.CLICKTRAIL)
                ? of(costs, PeerSystem.CLICKTRAIL).perCore()
                : 0;
        double best = peers().filter(PeerSystem::isDurable)
                .mapToDouble(system -> of(costs, system).perCore())
                .max()
                .orElse(0);
        return String.format(Locale.ROOT, " ours_per_s=%.0f best_peer_per_s=%.0f", ours, best);
    }

    private Stream<PeerSystem> peers() {
        return systems.stream().filter(system -> system != PeerSystem.CLICKTRAIL);
    }

    private static int complete(ChainDays days) {
        return Arrays.stream(ChainKind.values())
                .filter(ChainKind::isComplete)
                .mapToInt(days::stories)
                .sum();
    }

    private void row(String what, String all, Stream<String> cells) {
        out.printf(
                "%-40s %8s%s%n",
                what, all, cells.map(cell -> String.format("%14s", cell)).collect(Collectors.joining()));
    }

    private static String micros(double seconds, PeerRun.Cost cost) {
        return decimals(1, seconds * MICROS_PER_SECOND / cost.evidence());
    }

    private static String decimals(int digits, double number) {
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }

    private static <V> V of(Map<PeerSystem, V> values, PeerSystem system) {
        return Objects.requireNonNull(values.get(system));
    }

    private static Topics created(String prefix, Stack stack, Admin admin) throws Exception {
        var topics = Topics.of(prefix, Topics.DEFAULT_RAW, stack.avroSerdes());
        new TopicPlan(1, (short) -1, Duration.ofMillis(-1), MAX_BATCH_BYTES, true).createAndAwaitLeaders(topics, admin);
        return topics;
    }

    /** Writes evidence in the order of its arrival. */
    private static final class Writer implements AutoCloseable {

        private final String topic;
        private final KafkaProducer<String, Evidence> producer;

        Writer(Stack stack, Topics topics) {
            topic = topics.evidence().name();
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            stack.bootstrapServers(),
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "lz4",
                            ProducerConfig.BATCH_SIZE_CONFIG,
                            BATCH_BYTES),
                    new StringSerializer(),
                    topics.evidence().valueSerde().serializer());
        }

        void write(EvidenceArrival arrival) {
            producer.send(new ProducerRecord<>(
                    topic, null, arrival.at(), arrival.evidence().getHost(), arrival.evidence()));
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
