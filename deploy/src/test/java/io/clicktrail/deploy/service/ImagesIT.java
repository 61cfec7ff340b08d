package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Capability;
import io.clicktrail.local.FreePort;
import io.clicktrail.standalone.stack.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The images of the four services with a Kafka and a registry container: logs in, the case out. Runs where Docker is
 * and the images are named: {@code -Dclicktrail.images=clicktrail/%s:0.1.0}, and if need be {@code
 * -Dclicktrail.image.kafka=…} and {@code -Dclicktrail.image.registry=…}.
 */
@EnabledIf("imagesAreThere")
class ImagesIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long MEMORY = 1L << 30;

    static boolean imagesAreThere() {
        return System.getProperty("clicktrail.images") != null
                && DockerClientFactory.instance().isDockerAvailable();
    }

    @Test
    void theImagesTurnLogsIntoACase() throws Exception {
        int port = FreePort.next();
        try (var network = Network.newNetwork();
                var kafka = kafka(network, port);
                var registry = container("clicktrail.image.registry", "apicurio/apicurio-registry:3.3.3", network)) {
            registry.withNetworkAliases("registry")
                    .withExposedPorts(8080)
                    .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").withStartupTimeout(TIMEOUT));
            kafka.start();
            registry.start();
            try (var topics = service("normalizer", network)) {
                topics.withCreateContainerCmdModifier(command -> command.withEntrypoint(
                                "java", "-cp", "/opt/clicktrail/app.jar", "io.clicktrail.streams.TopicsApplication"))
                        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(TIMEOUT))
                        .start();
            }
            var services = new ArrayList<GenericContainer<?>>();
            try {
                for (var each : Service.values()) {
                    var service = service(each.label(), network);
                    services.add(service);
                    service.withExposedPorts(8080)
                            .waitingFor(
                                    Wait.forHttp("/actuator/health/readiness").withStartupTimeout(TIMEOUT))
                            .start();
                }
                for (var service : services) {
                    assertKeepsThePolicy(service);
                }
                send("localhost:" + port);
                awaitCase("localhost:" + port);
                assertThat(services).allMatch(GenericContainer::isRunning);
                assertThat(maps(services.getLast()))
                        .as("RocksDB's library is not unpacked at each start")
                        .contains("/opt/clicktrail/librocksdbjni.so");
            } finally {
                services.forEach(GenericContainer::stop);
            }
        }
    }

    private static GenericContainer<?> kafka(Network network, int port) {
        var kafka = container("clicktrail.image.kafka", "apache/kafka:4.3.1", network);
        kafka.withNetworkAliases("kafka")
                .withEnv(Map.ofEntries(
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry("KAFKA_LISTENERS", "INSIDE://:9092,CONTROLLER://:9093,OUTSIDE://:" + port),
                        Map.entry("KAFKA_ADVERTISED_LISTENERS", "INSIDE://kafka:9092,OUTSIDE://localhost:" + port),
                        Map.entry(
                                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                                "INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                        Map.entry("KAFKA_MESSAGE_MAX_BYTES", "33554432"),
                        Map.entry("KAFKA_LOG_DIRS", "/tmp/kafka-data")));
        kafka.setPortBindings(List.of(port + ":" + port));
        return kafka;
    }

    private static GenericContainer<?> service(String name, Network network) {
        return new GenericContainer<>(DockerImageName.parse(
                        System.getProperty("clicktrail.images").formatted(name)))
                .withNetwork(network)
                .withEnv("CLICKTRAIL_BOOTSTRAP_SERVERS", "kafka:9092")
                .withEnv("CLICKTRAIL_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7")
                .withEnv("CLICKTRAIL_ENRICHER_LEARNING", "0s")
                .withEnv("JAVA_TOOL_OPTIONS", "-Xmx512m")
                .withTmpFs(Map.of("/tmp", "rw,exec"))
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges:true"))
                        .withMemory(MEMORY));
    }

    /** What a cluster's policy asks of a container, and what the image promises for speed and memory. */
    private static void assertKeepsThePolicy(GenericContainer<?> service) throws Exception {
        var config = service.getContainerInfo().getConfig();
        assertThat(config.getUser()).isEqualTo("10001:10001");
        assertThat(config.getLabels())
                .containsKeys(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision");
        assertThat(service.execInContainer("touch", "/opt/clicktrail/app.jar").getExitCode())
                .isNotZero();
        assertThat(maps(service)).contains("libjemalloc.so.2").contains("/opt/clicktrail/app.aot");
        await().atMost(TIMEOUT).until(service::isHealthy);
    }

    /** The files that the service has mapped. */
    private static String maps(GenericContainer<?> service) throws Exception {
        return service.execInContainer("cat", "/proc/1/maps").getStdout();
    }

    private static GenericContainer<?> container(String property, String usual, Network network) {
        return new GenericContainer<>(DockerImageName.parse(System.getProperty(property, usual))).withNetwork(network);
    }

    private static void send(String bootstrapServers) throws Exception {
        try (var collector = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var line : SampleChain.of(1)) {
                collector
                        .send(new ProducerRecord<>(
                                "clicktrail.raw.logs", SampleChain.host(1).getBytes(StandardCharsets.UTF_8), line))
                        .get();
            }
        }
    }

    private static void awaitCase(String bootstrapServers) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "clicktrail-siem",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        var received = new ArrayList<String>();
        try (var siem = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            siem.subscribe(List.of("clicktrail.siem.ecs"));
            await().atMost(TIMEOUT).until(() -> {
                siem.poll(Duration.ofMillis(200)).forEach(each -> received.add(each.value()));
                return received.stream().anyMatch(text -> text.contains(SampleChain.host(1)));
            });
        }
    }
}
