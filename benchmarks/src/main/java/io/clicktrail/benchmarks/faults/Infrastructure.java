package io.clicktrail.benchmarks.faults;

import io.clicktrail.local.LocalCluster;
import io.clicktrail.local.LocalRegistry;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Three brokers and a registry, which stay up from round to round. Rounds that run at the same time have lanes of their
 * own; the harness reaches brokers and registry directly.
 */
final class Infrastructure implements AutoCloseable {

    static final int BROKERS = 3;

    private static final int BROKER_MEGABYTES = 384;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final int REGISTRY_RETRIES = 5;

    /**
     * Logs of any age are played, so brokers must neither refuse nor delete them, not even between two restorations.
     * Followers fetch at most a hundred times a second, since each request asks for hundreds of partitions.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "replica.fetch.wait.max.ms",
            Long.toString(Duration.ofMillis(10).toMillis()),
            "replica.fetch.min.bytes",
            Integer.toString(1 << 20),
            "metadata.max.idle.interval.ms",
            Long.toString(Duration.ofSeconds(5).toMillis()),
            "log.message.timestamp.after.max.ms",
            Long.toString(Long.MAX_VALUE),
            "log.retention.check.interval.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "producer.id.expiration.check.interval.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "log.cleaner.backoff.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "metric.reporters",
            "",
            "message.max.bytes",
            Integer.toString(32 << 20),
            "replica.fetch.max.bytes",
            Integer.toString(32 << 20));

    private final List<Lane> lanes = new ArrayList<>();
    private final List<ReentrantLock> whileDown = new ArrayList<>();
    private final LocalCluster brokers;
    private final LocalRegistry registry;

    /** @param rounds how many run at the same time */
    Infrastructure(Path folder, int rounds) throws IOException {
        for (int number = 0; number < rounds; number++) {
            lanes.add(new Lane(number));
        }
        for (int broker = 0; broker < BROKERS; broker++) {
            whileDown.add(new ReentrantLock());
        }
        brokers = LocalCluster.start(new LocalCluster.Options(
                folder,
                BROKERS,
                lanes.stream().flatMap(lane -> lane.toBrokers.keySet().stream()).toList(),
                this::relayed,
                BROKER_MEGABYTES,
                SETTINGS));
        registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        for (var lane : lanes) {
            lane.connect(URI.create(registry.url()));
        }
    }

    List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    /** Does something to a broker that no other round does anything to meanwhile. */
    void alone(int broker, Action action) throws Exception {
        whileDown.get(broker).lockInterruptibly();
        try {
            action.run();
        } finally {
            whileDown.get(broker).unlock();
        }
    }

    /** Does something while no round has broken a broker. */
    void withAllBrokers(Action action) throws Exception {
        withBrokersFrom(0, action);
    }

    private void withBrokersFrom(int broker, Action action) throws Exception {
        if (broker < BROKERS) {
            alone(broker, () -> withBrokersFrom(broker + 1, action));
        } else {
            brokers.awaitBrokers(BROKERS);
            action.run();
        }
    }

    /** What may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    LocalCluster brokers() {
        return brokers;
    }

    /** How the harness reaches the brokers, and what it may see there. */
    Map<String, Object> clients() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                brokers.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
    }

    Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers.bootstrapServers()));
    }

    /** The catalogue under a prefix. */
    Topics topics(String prefix) {
        return Topics.of(
                prefix,
                Topics.DEFAULT_RAW,
                new RegistrySerdes(new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                        List.of(URI.create(registry.url())),
                        true,
                        null,
                        null,
                        CONNECT_TIMEOUT,
                        READ_TIMEOUT,
                        REGISTRY_RETRIES,
                        CONNECT_TIMEOUT))));
    }

    @Override
    public void close() throws IOException {
        brokers.close();
        registry.close();
        for (var lane : lanes) {
            lane.close();
        }
    }

    private int relayed(String listener, int broker, int port) {
        try {
            var relay = new Relay(port);
            lanes.stream()
                    .map(lane -> lane.toBrokers.get(listener))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow()
                    .add(broker, relay);
            return relay.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ways of the services of one round: each reaches each broker and the registry through a relay of its own. */
    final class Lane {

        private final int number;
        private final Map<String, List<Relay>> toBrokers = new LinkedHashMap<>();
        private final Map<Service, Relay> toRegistry = new EnumMap<>(Service.class);

        private Lane(int number) {
            this.number = number;
            for (var service : Service.values()) {
                toBrokers.put(listener(service), new ArrayList<>());
            }
        }

        private void connect(URI registry) throws IOException {
            for (var service : Service.values()) {
                toRegistry.put(service, new Relay(registry.getPort()));
            }
        }

        /** Relays of a service to the brokers, by number. */
        List<Relay> toBrokers(Service service) {
            return Objects.requireNonNull(toBrokers.get(listener(service)));
        }

        Relay toRegistry(Service service) {
            return Objects.requireNonNull(toRegistry.get(service));
        }

        /** Where a service finds brokers and registry. */
        Map<String, String> addresses(Service service) {
            var direct = URI.create(registry.url());
            var relayed = registry.url()
                    .replace(":" + direct.getPort(), ":" + toRegistry(service).port());
            return Map.of(
                    "clicktrail.bootstrap-servers",
                    brokers.bootstrapServers(listener(service)),
                    "clicktrail.registry.url",
                    relayed);
        }

        /** All relays let everything pass. */
        void heal() {
            relays().forEach(relay -> relay.set(Relay.Flow.FREE));
        }

        private void close() throws IOException {
            for (var relay : relays().toList()) {
                relay.close();
            }
        }

        private Stream<Relay> relays() {
            return Stream.concat(toBrokers.values().stream().flatMap(List::stream), toRegistry.values().stream());
        }

        private String listener(Service service) {
            return service.name() + number;
        }
    }
}
