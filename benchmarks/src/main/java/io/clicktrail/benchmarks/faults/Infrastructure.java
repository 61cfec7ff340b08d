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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Three brokers and a registry, which stay up from round to round. Each service reaches each broker and the registry
 * through a relay of its own; the harness reaches them directly.
 */
final class Infrastructure implements AutoCloseable {

    static final int BROKERS = 3;

    private static final int BROKER_MEGABYTES = 384;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final int REGISTRY_RETRIES = 5;

    /**
     * Logs of any age are played, so brokers must neither refuse nor delete them, not even between two restorations.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "log.message.timestamp.after.max.ms",
            Long.toString(Long.MAX_VALUE),
            "log.retention.check.interval.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "producer.id.expiration.check.interval.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "log.cleaner.backoff.ms",
            Long.toString(Duration.ofDays(1).toMillis()),
            "message.max.bytes",
            Integer.toString(32 << 20),
            "replica.fetch.max.bytes",
            Integer.toString(32 << 20));

    private final Map<Service, List<Relay>> toBrokers = new EnumMap<>(Service.class);
    private final Map<Service, Relay> toRegistry = new EnumMap<>(Service.class);
    private final LocalCluster brokers;
    private final LocalRegistry registry;

    Infrastructure(Path folder) throws IOException {
        for (var service : Service.values()) {
            toBrokers.put(service, new ArrayList<>());
        }
        brokers = LocalCluster.start(new LocalCluster.Options(
                folder,
                BROKERS,
                Arrays.stream(Service.values()).map(Service::name).toList(),
                this::relayed,
                BROKER_MEGABYTES,
                SETTINGS));
        registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        for (var service : Service.values()) {
            toRegistry.put(service, new Relay(URI.create(registry.url()).getPort()));
        }
    }

    LocalCluster brokers() {
        return brokers;
    }

    /** Relays of a service to the brokers, by number. */
    List<Relay> toBrokers(Service service) {
        return toBrokers.getOrDefault(service, List.of());
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
                brokers.bootstrapServers(service.name()),
                "clicktrail.registry.url",
                relayed);
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

    /** All relays let everything pass. */
    void heal() {
        toBrokers.values().forEach(relays -> relays.forEach(relay -> relay.set(Relay.Flow.FREE)));
        toRegistry.values().forEach(relay -> relay.set(Relay.Flow.FREE));
    }

    @Override
    public void close() throws IOException {
        brokers.close();
        registry.close();
        for (var relays : toBrokers.values()) {
            for (var relay : relays) {
                relay.close();
            }
        }
        for (var relay : toRegistry.values()) {
            relay.close();
        }
    }

    private int relayed(String listener, int broker, int port) {
        try {
            var relay = new Relay(port);
            toBrokers(Service.valueOf(listener)).add(broker, relay);
            return relay.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
