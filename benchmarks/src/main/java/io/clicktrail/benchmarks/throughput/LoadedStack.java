package io.clicktrail.benchmarks.throughput;

import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.replay.GroupOffsets;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.topics.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The stack of one benchmark: broker with both compilers, registry, services; all data is temporary. */
final class LoadedStack implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_BATCH_BYTES = 15 << 20;
    private static final String LONG_LIVED = "clicktrail.long-lived";

    /** Defaults of the services that are not those of a replay. */
    private static final Map<String, String> LIVE_SETTINGS = Map.of(
            "clicktrail.streams.backlog-commit-interval", "1s",
            "clicktrail.correlator.settling", "10s",
            "clicktrail.alerter.revision-delay", "1m");

    private final WorkFolder folder;
    private final Stack stack;
    private final Admin admin;
    private final int partitions;
    private final Map<String, String> settings;

    /**
     * Starts the stack.
     *
     * @param partitions of every topic
     * @param settings of the services; nothing is limited or learned, so that every chain becomes a case
     */
    LoadedStack(int partitions, Map<String, String> settings) throws Exception {
        this(partitions, settings, false);
    }

    /** @param isLimited with the limits of new cases that hold by default */
    LoadedStack(int partitions, Map<String, String> settings, boolean isLimited) throws Exception {
        System.setProperty(LONG_LIVED, "true");
        this.partitions = partitions;
        this.settings = Map.copyOf(settings);
        var all = new TreeMap<>(LIVE_SETTINGS);
        all.putAll(settings);
        all.put("clicktrail.enricher.learning", "0s");
        if (!isLimited) {
            String unlimited = Integer.toString(1_000_000);
            all.put("clicktrail.alerter.storm.per-rule", unlimited);
            all.put("clicktrail.alerter.storm.per-tenant", unlimited);
        }
        folder = WorkFolder.create();
        stack = new Stack(new StackSettings(folder, 0, 0, partitions, true, all));
        Terminal terminal = Terminal.ofThisProcess();
        terminal.step("Starting Kafka and the schema registry", () -> {
            stack.startInfrastructure();
            return stack;
        });
        terminal.step("Starting the services", () -> {
            stack.startServices();
            return stack;
        });
        admin = stack.admin();
    }

    Stack stack() {
        return stack;
    }

    Admin admin() {
        return admin;
    }

    /** Settings of the services. */
    Map<String, String> settings() {
        return settings;
    }

    Path state(String name) {
        return folder.path().resolve(name);
    }

    /** The same topics under another prefix, once the broker takes records for them. */
    Topics topicsUnder(String prefix) throws InterruptedException {
        var topics = Topics.of(prefix, Topics.DEFAULT_RAW, stack.avroSerdes());
        new TopicPlan(partitions, (short) -1, Duration.ofMillis(-1), MAX_BATCH_BYTES, true)
                .createAndAwaitLeaders(topics, admin);
        return topics;
    }

    /** Waits until the services, one after the other, have processed all that was written. */
    void awaitEnd(Topics topics, Function<Service, String> groups) throws Exception {
        Map<String, Object> clients = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
        for (Service service : stack.pipeline()) {
            while (!GroupOffsets.of(admin, groups.apply(service), service.sources(topics, settings))
                    .isAtEnd(clients)) {
                stack.requireHealth(POLL);
            }
        }
    }

    @Override
    public void close() {
        admin.close();
        stack.close();
        folder.delete();
    }
}
