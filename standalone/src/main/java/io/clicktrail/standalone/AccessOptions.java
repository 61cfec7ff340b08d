package io.clicktrail.standalone;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach a cluster whose brokers are known: its registry, the names of its topics, and the clients' settings. */
final class AccessOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final int RETRIES = 2;
    private static final int SERVER_ERROR = 500;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "http://localhost:8081",
            description = "Schema registry, Confluent API (default: ${DEFAULT-VALUE}).")
    private URI registry = URI.create("http://localhost:8081");

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "First part of the topic names (default: ${DEFAULT-VALUE}).")
    private String prefix = Topics.DEFAULT_PREFIX;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties of the Kafka clients, for example for TLS and SASL.")
    private @Nullable Path clientConfig;

    Topics topics() {
        return Topics.of(prefix, Topics.DEFAULT_RAW, new RegistrySerdes(client()));
    }

    HttpSchemaRegistry client() {
        return new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                List.of(registry), true, null, null, TIMEOUT, TIMEOUT, RETRIES, TIMEOUT));
    }

    /** True where the registry answers. */
    boolean reachesRegistry() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE).build()) {
            String base = registry.toString();
            HttpRequest subjects = HttpRequest.newBuilder(
                            URI.create(base.endsWith("/") ? base + "subjects" : base + "/subjects"))
                    .timeout(PROBE)
                    .build();
            return http.send(subjects, HttpResponse.BodyHandlers.discarding()).statusCode() < SERVER_ERROR;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String registry() {
        return registry.toString();
    }

    /** @param bootstrapServers brokers */
    Map<String, Object> clients(String bootstrapServers) throws UnreadableLogException {
        var clients = new HashMap<String, Object>();
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        if (clientConfig != null) {
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(clientConfig)) {
                properties.load(reader);
            } catch (IOException e) {
                throw UnreadableLogException.in(clientConfig, e);
            }
            properties.stringPropertyNames().forEach(name -> clients.put(name, properties.getProperty(name)));
        }
        return clients;
    }
}
