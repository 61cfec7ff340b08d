package io.clicktrail.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Several Kafka brokers, each a KRaft node that is broker and controller, as child processes. They notice a dead one
 * within about three seconds.
 *
 * <p>Besides the listener that the brokers and we use, each broker has a listener for each group of clients that is to
 * be reached through something else, for example a proxy that can be cut.
 */
public final class LocalCluster implements AutoCloseable {

    private static final String OWN = "OWN";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);

    private final Options options;
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Node> nodes = new ArrayList<>();

    /**
     * How the brokers run.
     *
     * @param directory holds a folder for each broker
     * @param brokers number of brokers
     * @param listeners names of further listeners, upper case
     * @param proxy gives the port under which clients reach the port of a further listener
     * @param heapMegabytes Java heap of each broker
     * @param extra further broker settings, which win
     */
    public record Options(
            Path directory,
            int brokers,
            List<String> listeners,
            Proxy proxy,
            int heapMegabytes,
            Map<String, String> extra) {

        public Options {
            directory = directory.toAbsolutePath();
            listeners = List.copyOf(listeners);
            extra = Map.copyOf(extra);
        }
    }

    /** What stands between clients and a listener. */
    @FunctionalInterface
    public interface Proxy {

        /**
         * The port that clients of the listener connect to.
         *
         * @param port on which the broker listens
         */
        int portOf(String listener, int broker, int port);
    }

    private LocalCluster(Options options) {
        this.options = options;
        for (int broker = 0; broker < options.brokers(); broker++) {
            nodes.add(new Node(broker));
        }
    }

    /**
     * Starts the brokers side by side and waits until they know each other.
     *
     * @throws LocalStackException if they do not start
     */
    public static LocalCluster start(Options options) {
        var cluster = new LocalCluster(options);
        try {
            cluster.nodes.forEach(Node::launch);
            cluster.nodes.forEach(Node::awaitPort);
            cluster.awaitBrokers(options.brokers());
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Number of brokers. */
    public int size() {
        return nodes.size();
    }

    /** Starts a broker again on the same ports and data, and returns when it listens. */
    public void start(int broker) {
        nodes.get(broker).launch();
        nodes.get(broker).awaitPort();
    }

    /** Unclean stop of a broker, as by {@code kill -9}. */
    public void kill(int broker) {
        nodes.get(broker).kill();
    }

    /** Clean stop of a broker, as by SIGTERM. */
    public void stop(int broker) {
        nodes.get(broker).stop();
    }

    /** Returns when so many brokers are in the cluster. */
    public void awaitBrokers(int count) {
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ASK_TIMEOUT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) ASK_TIMEOUT.toMillis()))) {
            nodes.getFirst().process().await(() -> brokers(admin) >= count, START_TIMEOUT);
        }
    }

    /** Addresses of all brokers for us. */
    public String bootstrapServers() {
        return nodes.stream().map(node -> "localhost:" + node.ports.get(OWN)).collect(Collectors.joining(","));
    }

    /** Addresses of all brokers for the clients of a further listener. */
    public String bootstrapServers(String listener) {
        return nodes.stream()
                .map(node -> "localhost:" + node.advertised(listener))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(Node::kill);
    }

    private static int brokers(Admin admin) {
        try {
            return admin.describeCluster()
                    .nodes()
                    .get(ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String voters() {
        return nodes.stream()
                .map(node -> node.number + "@localhost:" + node.controllerPort)
                .collect(Collectors.joining(","));
    }

    private final class Node {

        private final int number;
        private final int controllerPort = FreePort.next();
        private final Map<String, Integer> ports = new LinkedHashMap<>();
        private final Map<String, Integer> proxied = new LinkedHashMap<>();
        private @Nullable LocalProcess process;

        Node(int number) {
            this.number = number;
            ports.put(OWN, FreePort.next());
            for (var listener : options.listeners()) {
                int port = FreePort.next();
                ports.put(listener, port);
                proxied.put(listener, options.proxy().portOf(listener, number, port));
            }
        }

        synchronized void launch() {
            if (process != null && process.isAlive()) {
                return;
            }
            var directory = options.directory().resolve("broker-" + number);
            var config = directory.resolve("broker.properties");
            try {
                Files.createDirectories(directory);
                try (Writer writer = Files.newBufferedWriter(config)) {
                    properties(directory).store(writer, null);
                }
            } catch (IOException e) {
                throw new LocalStackException("Can't write " + config, e);
            }
            process = LocalProcess.start(
                    "broker", // the class archive of all
                    directory,
                    List.of(
                            "-Xmx" + options.heapMegabytes() + "m",
                            "-Dlogback.configurationFile=io/clicktrail/local/broker-logback.xml"),
                    LocalBroker.classPath(),
                    BrokerMain.class.getName(),
                    List.of(config.toString(), clusterId));
        }

        void awaitPort() {
            process().await(() -> LocalProcess.listens(advertised(OWN)), START_TIMEOUT);
        }

        synchronized LocalProcess process() {
            if (process == null) {
                throw new LocalStackException("Broker " + number + " does not run", null);
            }
            return process;
        }

        synchronized void stop() {
            if (process != null) {
                process.stop();
                process = null;
            }
        }

        synchronized void kill() {
            if (process != null) {
                process.kill();
                process = null;
            }
        }

        int advertised(String listener) {
            Integer port = proxied.getOrDefault(listener, ports.get(listener));
            if (port == null) {
                throw new LocalStackException("There is no listener " + listener, null);
            }
            return port;
        }

        private Properties properties(Path directory) {
            var names = List.copyOf(ports.keySet());
            int copies = options.brokers();
            int inSync = Math.max(1, copies - 1);
            var properties = new Properties();
            properties.putAll(Map.of(
                    "process.roles",
                    "broker,controller",
                    "node.id",
                    Integer.toString(number),
                    "controller.quorum.voters",
                    voters(),
                    "listeners",
                    addresses(names, ports) + ",CONTROLLER://localhost:" + controllerPort,
                    "advertised.listeners",
                    names.stream()
                            .map(name -> name + "://localhost:" + advertised(name))
                            .collect(Collectors.joining(",")),
                    "listener.security.protocol.map",
                    names.stream().map(name -> name + ":PLAINTEXT,").collect(Collectors.joining())
                            + "CONTROLLER:PLAINTEXT",
                    "controller.listener.names",
                    "CONTROLLER",
                    "inter.broker.listener.name",
                    OWN,
                    "log.dirs",
                    directory.resolve("data").toString(),
                    "auto.create.topics.enable",
                    "false"));
            properties.putAll(Map.of(
                    "default.replication.factor",
                    Integer.toString(copies),
                    "min.insync.replicas",
                    Integer.toString(inSync),
                    "offsets.topic.replication.factor",
                    Integer.toString(copies),
                    "offsets.topic.num.partitions",
                    "3",
                    "transaction.state.log.replication.factor",
                    Integer.toString(copies),
                    "transaction.state.log.min.isr",
                    Integer.toString(inSync),
                    "transaction.state.log.num.partitions",
                    "3",
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                    "500",
                    "group.initial.rebalance.delay.ms",
                    "0",
                    "group.min.session.timeout.ms",
                    "1000"));
            properties.putAll(Map.of(
                    "broker.session.timeout.ms", "3000",
                    "broker.heartbeat.interval.ms", "500",
                    "num.network.threads", "1",
                    "num.io.threads", "2",
                    "log.retention.ms", "-1"));
            properties.putAll(options.extra());
            return properties;
        }
    }

    private static String addresses(List<String> names, Map<String, Integer> ports) {
        return names.stream()
                .map(name -> name + "://localhost:" + ports.get(name))
                .collect(Collectors.joining(","));
    }
}
