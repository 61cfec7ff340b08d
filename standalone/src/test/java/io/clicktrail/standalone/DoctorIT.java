package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.event.EventKind;
import io.clicktrail.local.LocalBroker;
import io.clicktrail.local.LocalRegistry;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.TopicSchemas;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.doctor.CheckResult;
import io.clicktrail.standalone.doctor.RegistryChecks;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that are planted one after the other in a real cluster with an authorizer, and what the doctor says of each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class DoctorIT {

    private static final String PRINCIPALS = "User:CN=clicktrail-{name}";
    private static final AccessPlan ACCESS = new AccessPlan(PRINCIPALS);

    private final List<KafkaConsumer<byte[], byte[]>> services = new ArrayList<>();
    private LocalBroker broker;
    private LocalRegistry openRegistry;
    private HttpSchemaRegistry registry;
    private Topics topics;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var usual = LocalBroker.Options.in(folder.resolve("broker"));
        broker = LocalBroker.start(new LocalBroker.Options(
                usual.directory(),
                0,
                usual.heapMegabytes(),
                usual.maxMessageBytes(),
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS")));
        openRegistry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        registry = new HttpSchemaRegistry(new HttpSchemaRegistry.Options(
                List.of(URI.create(openRegistry.url())),
                true,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(1)));
        topics = Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(registry));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        TopicPlan.DEFAULT.create(topics, admin);
        ACCESS.create(topics, admin);
        TopicSchemas.bySubject(topics.prefix()).forEach(registry::idOf);
        for (String service : TopicPlan.SERVICES) {
            services.add(running(service));
        }
        for (EventKind kind : EventKind.values()) {
            heard("host-1", kind, Instant.now());
        }
    }

    @AfterAll
    void stop() {
        services.forEach(KafkaConsumer::close);
        admin.close();
        registry.close();
        openRegistry.close();
        broker.close();
    }

    @Test
    @Order(1)
    void aClusterThatIsAsItShouldBeHasNoFault() {
        var said = doctor();

        assertThat(said.code).as(said.text).isZero();
        assertThat(said.text)
                .contains(
                        "topics are laid out as they should be",
                        "the brokers date what others than the services write",
                        "principals have the access they need",
                        "all services are in their groups",
                        "the registry has the schemas of this release",
                        "the clock of the registry agrees",
                        "hosts show every stage");
    }

    @Test
    @Order(2)
    void aServiceThatDoesNotRunIsNamed() {
        services.removeLast().close();

        assertFault("the alerter does not run", "/actuator/health/readiness");
    }

    @Test
    @Order(3)
    void aHostWithABlindStageIsCounted() throws Exception {
        heard("host-2", EventKind.PROCESS_START, Instant.now());

        assertFault("1 of 2 hosts have a stage that no sensor shows", "./clicktrail coverage");
    }

    @Test
    @Order(4)
    void anAccessThatIsMissingIsNamed() throws Exception {
        admin.deleteAcls(List.of(ACCESS.of("enricher", topics).getFirst().toFilter()))
                .all()
                .get();

        assertFault("enricher lacks READ on topic clicktrail.events", " --add --allow-principal");
    }

    @Test
    @Order(5)
    void aTableThatIsNotCompactedIsNamedWithTheCommandThatMendsIt() throws Exception {
        alter("clicktrail.alerts", "cleanup.policy", "delete");

        assertFault("clicktrail.alerts has cleanup.policy=delete", "--add-config cleanup.policy=compact");
    }

    @Test
    @Order(6)
    void aTopicWhoseRecordsAreTooSmallIsNamed() throws Exception {
        alter("clicktrail.detections", "max.message.bytes", "1000000");

        assertFault("clicktrail.detections takes records of 1000000 bytes at most", "--add-config max.message.bytes=");
    }

    @Test
    @Order(7)
    void aTopicWithTheTimeOfItsProducersIsNamed() throws Exception {
        alter("clicktrail.raw.logs", "message.timestamp.type", "CreateTime");

        assertFault("clicktrail.raw.logs keeps the time of its producers", "message.timestamp.type=LogAppendTime");
    }

    @Test
    @Order(8)
    void aRecordOfTheFutureShowsAWrongClock() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "clicktrail.raw.logs", 0, System.currentTimeMillis() + 600_000, null, new byte[] {1}))
                    .get();
        }

        assertFault("the clock of the brokers is 59", "synchronise both with NTP");
    }

    @Test
    @Order(9)
    void aMissingTopicIsNamed() throws Exception {
        admin.deleteTopics(List.of("clicktrail.context")).all().get();

        assertFault("clicktrail.context does not exist", "io.clicktrail.streams.TopicsApplication");
    }

    @Test
    @Order(10)
    void aSchemaThatThisReleaseCanNotFollowIsNamed() {
        Schema other = SchemaBuilder.record("Other")
                .namespace("example")
                .fields()
                .requiredString("a")
                .endRecord();
        registry.idOf("other.events-value", other);

        assertThat(RegistryChecks.schemas(registry, openRegistry.url(), "other"))
                .anySatisfy(finding -> {
                    assertThat(finding.level()).isEqualTo(CheckResult.Level.FAULT);
                    assertThat(finding.what())
                            .contains("other.events-value has a schema that this release can't follow");
                    assertThat(finding.remedy()).contains("/subjects/other.events-value/versions/latest");
                })
                .anySatisfy(finding -> assertThat(finding.what()).matches("\\d+ schemas are not registered yet"));
    }

    @Test
    @Order(11)
    void aRegistryWithAWrongClockIsNamed() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minusSeconds(300).atZone(ZoneOffset.UTC));
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var thread = Executors.newSingleThreadExecutor()) {
            var unused = thread.submit(() -> {
                try (var asked = server.accept()) {
                    asked.getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    return asked.getInputStream().read();
                }
            });

            assertThat(RegistryChecks.clock("http://localhost:" + server.getLocalPort()))
                    .hasValueSatisfying(finding -> {
                        assertThat(finding.level()).isEqualTo(CheckResult.Level.FAULT);
                        assertThat(finding.what()).contains("s behind this one");
                        assertThat(finding.remedy()).contains("NTP");
                    });
        }
    }

    @Test
    @Order(12)
    void brokersAndARegistryThatDoNotAnswerAreFaultsWithTheOptionsThatNameThem() {
        broker.stop();
        openRegistry.stop();

        var said = doctor();

        assertThat(said.code).isEqualTo(Clicktrail.TEST_FAILED);
        assertThat(said.text)
                .contains("no broker answers at", "--bootstrap-servers", "--client-config")
                .contains("the registry does not answer", "/apis/ccompat/v7");
    }

    private void assertFault(String what, String remedy) {
        var said = doctor();
        assertThat(said.code).isEqualTo(Clicktrail.TEST_FAILED);
        assertThat(said.text.lines().toList())
                .as(said.text)
                .anySatisfy(line -> assertThat(line).startsWith("FAULT").contains(what));
        assertThat(said.text).contains(remedy);
    }

    private record Said(int code, String text) {}

    private Said doctor() {
        var captured = new Captured();
        int code = captured.run(
                "doctor",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--registry",
                openRegistry.url(),
                "--principals",
                PRINCIPALS);
        return new Said(code, captured.results());
    }

    private void alter(String topic, String key, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void heard(String host, EventKind kind, Instant at) throws Exception {
        var topic = topics.coverage();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(
                            topic.name(),
                            host,
                            Coverage.newBuilder()
                                    .setHost(host)
                                    .setKind(kind)
                                    .setDataset("windows.sysmon")
                                    .setLastSeen(at)
                                    .build()))
                    .get();
        }
    }

    /** A member of the group of a service, which is all that can be seen of it from outside. */
    private KafkaConsumer<byte[], byte[]> running(String service) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        topics.application(service),
                        "session.timeout.ms",
                        300_000,
                        "max.poll.interval.ms",
                        900_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics.events().name()));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        return consumer;
    }
}
