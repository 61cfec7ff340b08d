package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped configurations of Kafka Connect in a real worker, with the access of their principals. Only the vendors'
 * connectors are not there: {@link KeepingSink} takes their place.
 */
class ConnectIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Path FOLDER =
            Path.of(Objects.requireNonNull(System.getProperty("clicktrail.root")), "deploy", "connect");
    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));
    private static final List<String> SECRETS =
            List.of("elastic.url", "elastic.user", "elastic.password", "splunk.hec", "splunk.token");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SecureBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecureBroker.start(folder.resolve("secure"), List.of("clicktrail-siem", "clicktrail-soar"), List.of());
        try (var admin = broker.admin()) {
            TopicPlan.DEFAULT.create(TOPICS, admin);
            new AccessPlan("User:CN=clicktrail-{name}").create(TOPICS, admin);
        }
        var secrets = new StringBuilder();
        SECRETS.forEach(name ->
                secrets.append(name).append("=the value of ").append(name).append('\n'));
        Files.writeString(folder.resolve("secrets.properties"), secrets);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void forget() {
        KeepingSink.RECORDS.clear();
        KeepingSink.SETTINGS.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "elasticsearch.json, siem, clicktrail.siem.ecs, clicktrail-cases, connection.password, elastic.password",
        "splunk.json, soar, clicktrail.soar.tier2, clicktrail.soar.tier2, splunk.hec.token, splunk.token"
    })
    void theConnectorIsGivenEachCommittedCaseUnderItsIdAsPlainJson(
            String file, String principal, String topic, String target, String setting, String secret)
            throws Exception {
        write(topic, true, "case-1", "{\"message\":\"first\",\"risk\":61.5,\"tags\":[\"DET0066\"]}");
        write(topic, false, "case-2", "{\"message\":\"never committed\"}");
        write(topic, true, "case-3", "{\"message\":\"last\"}");

        var herder = herder(broker.tls("clicktrail-" + principal));
        try {
            herder.start();
            var created = new CompletableFuture<String>();
            herder.putConnectorConfig("shipped", connector(file), false, (error, made) -> {
                if (error == null) {
                    created.complete(made.result().name());
                } else {
                    created.completeExceptionally(error);
                }
            });
            created.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);

            await().atMost(TIMEOUT).until(() -> KeepingSink.RECORDS.size() >= 2);
            assertThat(KeepingSink.RECORDS)
                    .extracting(record -> record.topic() + " " + record.key() + " " + record.value())
                    .containsExactlyInAnyOrder(
                            target + " case-1 {risk=61.5, message=first, tags=[DET0066]}",
                            target + " case-3 {message=last}");
            assertThat(KeepingSink.SETTINGS)
                    .allSatisfy(settings -> assertThat(settings).containsEntry(setting, "the value of " + secret));
        } finally {
            herder.stop();
        }
    }

    /** As shipped, but for the class of the connector and the place of the secrets. */
    private static Map<String, String> connector(String file) throws Exception {
        var config = new HashMap<String, String>();
        JsonMapper.shared()
                .readTree(Files.readString(FOLDER.resolve(file)))
                .get("config")
                .properties()
                .forEach(each -> config.put(
                        each.getKey(),
                        each.getValue()
                                .asString()
                                .replace(
                                        "/opt/connect/secrets.properties",
                                        folder.resolve("secrets.properties").toString())));
        config.put("name", "shipped");
        config.put("connector.class", KeepingSink.class.getName());
        return config;
    }

    private static StandaloneHerder herder(Map<String, String> client) {
        var properties = new HashMap<>(client);
        client.forEach((key, value) -> properties.put("consumer." + key, value));
        properties.put("key.converter", JsonConverter.class.getName());
        properties.put("value.converter", JsonConverter.class.getName());
        properties.put("offset.storage.file.filename", folder.resolve("offsets").toString());
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        properties.put("plugin.discovery", "service_load");
        var plugins = new Plugins(properties);
        plugins.compareAndSwapWithDelegatingLoader();
        var config = new StandaloneConfig(properties);
        var keys = new JsonConverter();
        keys.configure(Map.of("schemas.enable", "false"), true);
        var policy = new AllConnectorClientConfigOverridePolicy();
        policy.configure(Map.of());
        var offsets = new FileOffsetBackingStore(keys);
        offsets.configure(config);
        var worker = new Worker("localhost:0", Time.SYSTEM, plugins, config, offsets, policy);
        return new StandaloneHerder(worker, "test", policy);
    }

    private static void write(String topic, boolean committed, String key, String value) throws Exception {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.plain());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test-" + key);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, key, value)).get();
            if (committed) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }
}
