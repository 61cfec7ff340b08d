package io.clicktrail.local;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, one KRaft node as a child process, with small settings for one machine.
 *
 * <p>Its class path is the system property {@code clicktrail.broker.classpath}, or that of this process; it must
 * contain {@code kafka_2.13}.
 */
public final class LocalBroker implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);
    private static final int CLEANER_BYTES = 8 << 20;

    private final Options options;
    private final int port;
    private final int controllerPort;
    private @Nullable LocalProcess process;

    /**
     * Settings of the broker.
     *
     * @param directory for data, log and configuration; data of an earlier run is reused
     * @param port port on the loopback address; 0 takes a free one
     * @param heapMegabytes Java heap of the broker
     * @param maxMessageBytes largest record batch
     * @param extra further broker settings, which override the others
     */
    public record Options(Path directory, int port, int heapMegabytes, int maxMessageBytes, Map<String, String> extra) {

        public Options {
            directory = directory.toAbsolutePath();
            extra = Map.copyOf(extra);
        }

        /** Free port, 512 MB heap, records up to 32 MB. */
        public static Options in(Path directory) {
            return new Options(directory, 0, 512, 32 << 20, Map.of());
        }
    }

    private LocalBroker(Options options) {
        this.options = options;
        this.port = options.port() == 0 ? FreePort.next() : options.port();
        this.controllerPort = FreePort.next();
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws LocalStackException if it does not start
     */
    public static LocalBroker start(Options options) {
        var broker = new LocalBroker(options);
        broker.start();
        return broker;
    }

    /**
     * Lets a broker write the class archive of brokers where there is none, for those that will be killed.
     *
     * @param directory for data and log of that broker
     */
    public static void writeArchive(Path directory) {
        if (!LocalProcess.hasArchive("broker", directory)) {
            start(Options.in(directory)).close();
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}, on the same port and data. */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        LocalProcess.requireFree(port);
        var config = options.directory().resolve("broker.properties");
        try {
            Files.createDirectories(options.directory());
            try (Writer writer = Files.newBufferedWriter(config)) {
                properties().store(writer, null);
            }
        } catch (IOException e) {
            throw new LocalStackException("Can't write " + config, e);
        }
        var started = LocalProcess.start(
                "broker",
                options.directory(),
                List.of(
                        "-Xmx" + options.heapMegabytes() + "m",
                        "-Dlogback.configurationFile=io/clicktrail/local/broker-logback.xml",
                        // Kafka fetches keys of tokens only from addresses that its virtual machine allows.
                        "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls="
                                + options.extra().getOrDefault("sasl.oauthbearer.jwks.endpoint.url", "")),
                classPath(),
                BrokerMain.class.getName(),
                List.of(config.toString()));
        process = started;
        started.await(() -> LocalProcess.listens(port), START_TIMEOUT);
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ASK_TIMEOUT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) ASK_TIMEOUT.toMillis()))) {
            started.await(() -> answers(admin), START_TIMEOUT);
        }
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Clean stop, as by SIGTERM. */
    public synchronized void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Unclean stop, as by {@code kill -9}. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    public void restart() {
        stop();
        start();
    }

    /** Ends it faster than {@link #stop}, for data that is not used again. */
    public synchronized void discard() {
        if (process != null) {
            process.discard();
            process = null;
        }
    }

    /** Process id, or -1 before the first start. */
    public synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it was started and has ended without being stopped. */
    public synchronized boolean hasFailed() {
        return process != null && !process.isAlive();
    }

    @Override
    public void close() {
        stop();
    }

    /** Only jars: a CDS archive does not work with folders of classes, and Kafka needs none of ours. */
    static String classPath() {
        var given = System.getProperty("clicktrail.broker.classpath");
        if (given != null) {
            return given;
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@localhost:" + controllerPort,
                "listeners",
                "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                options.directory().resolve("data").toString(),
                "auto.create.topics.enable",
                "false",
                "message.max.bytes",
                Integer.toString(options.maxMessageBytes())));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.retention.ms", "-1"));
        // The cleaner fills all of it with zeros for each log; 128 MB by default.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BYTES));
        // Nobody reads its metrics.
        properties.put("metric.reporters", "");
        properties.putAll(options.extra());
        return properties;
    }
}
