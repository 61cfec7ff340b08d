package io.clicktrail.benchmarks.peers;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.peers.chain.PeerOptions;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.benchmarks.processor.ProcessTime;
import io.clicktrail.detection.Detection;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** One system on the evidence of one prefix, from its start until it has read and said everything. */
final class PeerRun {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final Duration QUIET = Duration.ofSeconds(8);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Stack stack;
    private final Admin admin;
    private final Path folder;
    private final long commitMillis;

    /** @param commitMillis between two commits or checkpoints */
    PeerRun(Stack stack, Admin admin, Path folder, long commitMillis) {
        this.stack = stack;
        this.admin = admin;
        this.folder = folder;
        this.commitMillis = commitMillis;
    }

    /**
     * What the second half of the evidence took.
     *
     * @param evidence number of pieces
     * @param seconds by the clock
     * @param peer seconds of processor time of its process, without compilers
     * @param broker seconds of processor time of the broker, without compilers
     * @param state bytes of its durable state on disk at the end; of Flink those of its last checkpoint
     * @param changelogs bytes of its changelog topics on the broker's disk
     * @param memory greatest resident memory of its process, bytes
     */
    record Cost(long evidence, double seconds, double peer, double broker, long state, long changelogs, long memory) {

        /** Pieces of evidence a second of processor time, the broker's too. */
        double perCore() {
            return evidence / (peer + broker);
        }
    }

    private record Reading(long offset, long nanos, long peer, long broker) {}

    /** Lets a system read everything, and returns what it found. */
    List<ChainMatch> find(PeerSystem system, Topics topics, long evidence) throws Exception {
        String output = prepare(system, topics);
        try (var process = start(system, topics, "200ms")) {
            awaitOffset(process, system.group(topics.prefix()), topics, evidence);
            awaitQuiet(process, output);
        }
        var found = new ArrayList<ChainMatch>();
        if (system == PeerSystem.CLICKTRAIL) {
            TopicReader.readAll(clients(), topics.detections(), record -> {
                if (record.value() != null && record.value().getMovedTo() == null) {
                    found.add(match(record.value()));
                }
            });
        } else {
            var chains = new Topic<>(output, Serdes.String(), Serdes.String());
            TopicReader.readAll(clients(), chains, record -> found.add(ChainMatch.of(record.value())));
        }
        return found;
    }

    /** Measures a system on the second half of the evidence. */
    Cost measure(PeerSystem system, Topics topics, long evidence) throws Exception {
        prepare(system, topics);
        String group = system.group(topics.prefix());
        long broker = stack.broker().pid();
        var times = new ProcessTime();
        Path state = state(group);
        Reading half;
        Reading end;
        long memory;
        long checkpoint;
        try (var process = start(system, topics, "10s")) {
            half = awaitOffset(process, group, topics, evidence / 2, times, broker);
            end = awaitOffset(process, group, topics, evidence, times, broker);
            memory = process.peakMemory();
            checkpoint = system == PeerSystem.FLINK ? bytes(state.resolve("checkpoints")) : 0;
        }
        return new Cost(
                end.offset() - half.offset(),
                (end.nanos() - half.nanos()) / NANOS_PER_SECOND,
                (end.peer() - half.peer()) / NANOS_PER_SECOND,
                (end.broker() - half.broker()) / NANOS_PER_SECOND,
                system == PeerSystem.FLINK ? checkpoint : bytes(state),
                changelogs(group),
                memory);
    }

    private String prepare(PeerSystem system, Topics topics) throws ExecutionException, InterruptedException {
        String output = system.output(topics);
        if (system != PeerSystem.CLICKTRAIL) {
            admin.createTopics(List.of(new NewTopic(output, 1, (short) 1)))
                    .all()
                    .get();
        }
        return output;
    }

    private PeerProcess start(PeerSystem system, Topics topics, String settling) throws IOException {
        String group = system.group(topics.prefix());
        var options = new PeerOptions(
                stack.bootstrapServers(),
                stack.registryUrl(),
                topics.prefix(),
                group,
                state(group).toString(),
                commitMillis);
        return new PeerProcess(system, options, settling, folder);
    }

    private Path state(String group) {
        return folder.resolve("state-" + group);
    }

    private void awaitOffset(PeerProcess process, String group, Topics topics, long offset) throws Exception {
        awaitOffset(
                process,
                group,
                topics,
                offset,
                new ProcessTime(),
                stack.broker().pid());
    }

    /** Waits until the group has committed an offset, and says what was spent until then. */
    private Reading awaitOffset(
            PeerProcess process, String group, Topics topics, long offset, ProcessTime times, long broker)
            throws Exception {
        var partition = new TopicPartition(topics.evidence().name(), 0);
        return looking(group + " is to read everything")
                .until(
                        () -> {
                            process.requireAlive();
                            long committed = committed(group, partition);
                            return new Reading(
                                    committed, System.nanoTime(), times.work(process.pid()), times.work(broker));
                        },
                        reading -> reading.offset() >= offset);
    }

    private static ConditionFactory looking(String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .atMost(LONGEST);
    }

    private long committed(String group, TopicPartition partition) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var offset = offsets.get(partition);
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException e) {
            return 0; // there is no such group yet
        }
    }

    /** Waits until nothing has been written for some seconds. */
    private void awaitQuiet(PeerProcess process, String output) throws Exception {
        var partition = new TopicPartition(output, 0);
        long[] last = {-1};
        looking(output + " is to stay as it is").during(QUIET).until(() -> {
            process.requireAlive();
            long before = last[0];
            last[0] = Objects.requireNonNull(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .all()
                            .get()
                            .get(partition))
                    .offset();
            return last[0] == before;
        });
    }

    private long changelogs(String group) throws ExecutionException, InterruptedException {
        var nodes = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        long bytes = 0;
        for (var folders : admin.describeLogDirs(nodes).allDescriptions().get().values()) {
            for (var each : folders.values()) {
                bytes += each.replicaInfos().entrySet().stream()
                        .filter(replica -> replica.getKey().topic().startsWith(group + "-")
                                && replica.getKey().topic().endsWith("-changelog"))
                        .mapToLong(replica -> replica.getValue().size())
                        .sum();
            }
        }
        return bytes;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(PeerRun::size).sum();
        } catch (UncheckedIOException e) {
            return 0; // there is none
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // it has been deleted meanwhile
        }
    }

    private Map<String, Object> clients() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
    }

    private static ChainMatch match(Detection detection) {
        return new ChainMatch(
                detection.getHost(),
                detection.getFirstEventTime(),
                detection.getLastEventTime(),
                detection.getTenantKey() + " "
                        + detection.getEvidence().stream()
                                .map(each -> Step.of(each.getEvidence()).names())
                                .collect(Collectors.joining(" ")));
    }
}
