package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.settings.EdgeSettings;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.settings.SerdeSettings;
import io.clicktrail.streams.settings.StreamsSettings;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    private static final String SECRET = "correct-horse-battery";

    @Test
    void edgeNeedsOnlyTheName() {
        var settings = bind("clicktrail", EdgeSettings.class, Map.of("clicktrail.service", "normalizer"));

        assertThat(settings)
                .isEqualTo(
                        new EdgeSettings("normalizer", List.of("localhost:9092"), "clicktrail", List.of("raw.logs")));
    }

    @Test
    void edgeTakesEveryKey() {
        var settings = bind(
                "clicktrail",
                EdgeSettings.class,
                Map.of(
                        "clicktrail.service", "alerter",
                        "clicktrail.bootstrap-servers", "a.example:9093, [2001:db8::1]:9094",
                        "clicktrail.topic-prefix", "acme.det0066",
                        "clicktrail.raw-topics", "raw.windows,raw.network"));

        assertThat(settings)
                .isEqualTo(new EdgeSettings(
                        "alerter",
                        List.of("a.example:9093", "[2001:db8::1]:9094"),
                        "acme.det0066",
                        List.of("raw.windows", "raw.network")));
    }

    @Test
    void registryHasDefaults() {
        assertThat(bind("clicktrail.registry", RegistrySettings.class, Map.of()))
                .isEqualTo(new RegistrySettings(
                        List.of(URI.create("http://localhost:8081")),
                        true,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        3,
                        Duration.ofSeconds(2)));
    }

    @Test
    void registryTakesEveryKey() {
        var values = new HashMap<String, String>();
        values.put("clicktrail.registry.url", "https://r1.example/apis/ccompat/v7,https://r2.example");
        values.put("clicktrail.registry.auto-register", "false");
        values.put("clicktrail.registry.username", "ann");
        values.put("clicktrail.registry.password", SECRET);
        values.put("clicktrail.registry.truststore.location", "trust.p12");
        values.put("clicktrail.registry.truststore.password", "t");
        values.put("clicktrail.registry.keystore.location", "key.p12");
        values.put("clicktrail.registry.keystore.password", "k");
        values.put("clicktrail.registry.connect-timeout", "1s");
        values.put("clicktrail.registry.read-timeout", "2s");
        values.put("clicktrail.registry.retries", "7");
        values.put("clicktrail.registry.backoff-max", "3s");

        assertThat(bind("clicktrail.registry", RegistrySettings.class, values))
                .isEqualTo(new RegistrySettings(
                        List.of(URI.create("https://r1.example/apis/ccompat/v7"), URI.create("https://r2.example")),
                        false,
                        "ann",
                        SECRET,
                        null,
                        null,
                        new RegistrySettings.Store(Path.of("trust.p12"), "t"),
                        new RegistrySettings.Store(Path.of("key.p12"), "k"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        7,
                        Duration.ofSeconds(3)));
    }

    @Test
    void registryTakesATokenInPlaceOfAPassword(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), SECRET + "\n");
        var values = Map.of("clicktrail.registry.token-file", file.toString());
        var settings = bind("clicktrail.registry", RegistrySettings.class, values);

        assertThat(settings.toOptions().credentials()).isEqualTo(new HttpSchemaRegistry.Token(file));
        assertThat(settings.toConfluent()).containsEntry("bearer.auth.token", SECRET);
        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThatThrownBy(() -> bind(
                        "clicktrail.registry",
                        RegistrySettings.class,
                        Map.of("clicktrail.registry.token-file", folder.resolve("absent").toString())))
                .rootCause()
                .hasMessageContaining("clicktrail.registry.token-file");
    }

    @Test
    void registryPasswordMayStandInAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("password"), SECRET + "\n");

        var settings = bind(
                "clicktrail.registry",
                RegistrySettings.class,
                Map.of("clicktrail.registry.username", "ann", "clicktrail.registry.password-file", file.toString()));

        assertThat(settings.password()).isEqualTo(SECRET);
    }

    @Test
    void noSettingsPrintASecret() {
        var registry = bind(
                "clicktrail.registry",
                RegistrySettings.class,
                Map.of(
                        "clicktrail.registry.username",
                        "ann",
                        "clicktrail.registry.password",
                        SECRET,
                        "clicktrail.registry.truststore.location",
                        "trust.p12",
                        "clicktrail.registry.truststore.password",
                        SECRET));
        var streams = bind(
                "clicktrail.streams",
                StreamsSettings.class,
                Map.of("clicktrail.streams.properties[sasl.jaas.config]", "password=" + SECRET));

        assertThat(registry.toString() + registry.truststore() + streams).doesNotContain(SECRET);
        assertThat(streams.properties()).containsEntry("sasl.jaas.config", "password=" + SECRET);
    }

    @Test
    void streamsHasDefaults() {
        assertThat(bind("clicktrail.streams", StreamsSettings.class, Map.of()))
                .isEqualTo(new StreamsSettings(
                        1,
                        Path.of("state"),
                        -1,
                        0,
                        Duration.ofMillis(100),
                        null,
                        "exactly_once_v2",
                        "classic",
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(24),
                        DataSize.ofMegabytes(16),
                        Duration.ofSeconds(10),
                        false,
                        Map.of()));
    }

    @Test
    void streamsTakesEveryKey() {
        var values = new HashMap<String, String>();
        values.put("clicktrail.streams.threads", "4");
        values.put("clicktrail.streams.state-dir", "/var/lib/clicktrail");
        values.put("clicktrail.streams.replication-factor", "3");
        values.put("clicktrail.streams.standby-replicas", "1");
        values.put("clicktrail.streams.commit-interval", "1s");
        values.put("clicktrail.streams.backlog-commit-interval", "2s");
        values.put("clicktrail.streams.processing-guarantee", "at_least_once");
        values.put("clicktrail.streams.group-protocol", "streams");
        values.put("clicktrail.streams.block-cache", "256MB");
        values.put("clicktrail.streams.write-buffer", "128MB");
        values.put("clicktrail.streams.max-record", "1MB");
        values.put("clicktrail.streams.max-ahead", "1m");
        values.put("clicktrail.streams.history", "true");
        values.put("clicktrail.streams.properties[security.protocol]", "SSL");

        assertThat(bind("clicktrail.streams", StreamsSettings.class, values))
                .isEqualTo(new StreamsSettings(
                        4,
                        Path.of("/var/lib/clicktrail"),
                        3,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        "at_least_once",
                        "streams",
                        DataSize.ofMegabytes(256),
                        DataSize.ofMegabytes(128),
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(1),
                        true,
                        Map.of("security.protocol", "SSL")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            clicktrail.service | The Normalizer | 'The Normalizer' but must be lower-case letters
            clicktrail.bootstrap-servers            | localhost             | 'localhost' but must be host:port
            clicktrail.topic-prefix                 | a b                   | 'a b' but must be a topic name
            clicktrail.raw-topics                   | raw.a,raw.a           | '[raw.a, raw.a]' but must be distinct
            clicktrail.registry.url                 | ftp://x               | but must be an http or https address
            clicktrail.registry.url                 | http://ann:pw@x       | free of credentials
            clicktrail.registry.username | ann | 'ann' but must be set together with password
            clicktrail.registry.password-file       | /nowhere              | set together with password
            clicktrail.registry.connect-timeout | 0s | 'PT0S' but must be above 0 and at most 5 minutes
            clicktrail.registry.read-timeout | 6m | 'PT6M' but must be above 0 and at most 5 minutes
            clicktrail.registry.backoff-max | 0s | 'PT0S' but must be above 0 and at most 5 minutes
            clicktrail.registry.retries             | -1                    | '-1' but must be 0 to 100
            clicktrail.serde.serializer | some.Class | must be set where clicktrail.serde.serializer is
            clicktrail.serde.deserializer | some.Class | must be set where clicktrail.serde.deserializer is
            clicktrail.streams.threads              | 0                     | '0' but must be 1 to 64
            clicktrail.streams.replication-factor   | 0                     | '0' but must be -1 or 1 to 10
            clicktrail.streams.standby-replicas     | 6                     | '6' but must be 0 to 5
            clicktrail.streams.commit-interval | 0s | 'PT0S' but must be above 0 and at most 1 minute
            clicktrail.streams.backlog-commit-interval | 99ms | 'PT0.099S' but must be from commit-interval to 1 minute
            clicktrail.streams.processing-guarantee | exactly_once          | \
            'exactly_once' but must be exactly_once_v2 or at_least_once
            clicktrail.streams.group-protocol       | consumer              | 'consumer' but must be classic or streams
            clicktrail.streams.block-cache          | 1KB                   | '1024B' but must be at least 1 MB
            clicktrail.streams.write-buffer | 64MB | must be above 0 and at most half of block-cache
            clicktrail.streams.max-ahead            | 2h                    | 'PT2H' but must be 1 second to 1 hour
            clicktrail.streams.max-record           | 1KB                   | '1024B' but must be 64 kB to 512 MB
            """)
    void aBadValueIsNamedWithItsKeyAndRule(String key, String value, String message) {
        var values = new HashMap<>(Map.of("clicktrail.service", "normalizer"));
        values.put(key, value);

        assertThatThrownBy(() -> {
                    bind("clicktrail", EdgeSettings.class, values);
                    bind("clicktrail.registry", RegistrySettings.class, values);
                    bind("clicktrail.serde", SerdeSettings.class, values);
                    bind("clicktrail.streams", StreamsSettings.class, values);
                })
                .isInstanceOf(BindException.class)
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("clicktrail.")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"clicktrail.registry.urls", "clicktrail.streams.num-threads", "clicktrail.serde.writer"})
    void anUnknownKeyOfASectionKeepsTheServiceDown(String key) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EdgeAutoConfiguration.class))
                .withPropertyValues("clicktrail.service=normalizer", key + "=1")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(key));
    }

    @ParameterizedTest
    @CsvSource({"clicktrail.bootstrap-server", "clicktrail.registrie.url", "clicktrail.normaliser.x"})
    void anUnknownKeyOfAFileKeepsTheServiceDown(String key) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new OriginTrackedMapPropertySource(
                        "application.yaml", Map.of("clicktrail.normalizer.x", 1, key, 1, "spring.x", 1)));

        assertThatThrownBy(() -> UnknownSettings.refuse(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown settings: " + key);
    }

    @Test
    void anApplicationIdOfAnotherInstallationIsRefused() {
        var topics = Topics.of("second", List.of("raw"), new RegistrySerdes(new InMemoryRegistry()));
        var environment = new MockEnvironment();

        assertThat(EdgeAutoConfiguration.applicationId(environment, topics, "enricher"))
                .isEqualTo("second-enricher");

        environment.setProperty("spring.application.name", "clicktrail-enricher");

        assertThatThrownBy(() -> EdgeAutoConfiguration.applicationId(environment, topics, "enricher"))
                .hasMessage("spring.application.name is 'clicktrail-enricher' but must be one that begins with"
                        + " clicktrail.topic-prefix (second), as two installations with one application id would take"
                        + " each other's records");
    }

    @Test
    void furtherPropertiesWinOverOurs() {
        var settings = bind(
                "clicktrail.streams",
                StreamsSettings.class,
                Map.of("clicktrail.streams.properties[commit.interval.ms]", "7"));

        assertThat(StreamsProperties.of("app", "localhost:9092", "dlq", settings))
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "7");
    }

    @Test
    void theHandlerOfProcessingFailuresServesGlobalTablesToo() {
        var config = new StreamsConfig(StreamsProperties.of(
                "app", "localhost:9092", "dlq", bind("clicktrail.streams", StreamsSettings.class, Map.of())));

        assertThat(config.getBoolean("processing.exception.handler.global.enabled"))
                .isTrue();
        assertThat(config.getMainConsumerConfigs("group", "client", 0))
                .as("what the assignor takes for a configuration, which would warn")
                .containsEntry("processing.exception.handler.global.enabled", true);
    }

    @Test
    void ofThreeCopiesAndMoreAllButOneMustHaveARecord() {
        for (int copies : List.of(-1, 1, 2, 3, 5)) {
            var settings = bind(
                    "clicktrail.streams",
                    StreamsSettings.class,
                    Map.of("clicktrail.streams.replication-factor", Integer.toString(copies)));
            var least = copies < 3 ? null : copies - 1;

            assertThat(StreamsProperties.of("app", "localhost:9092", "dlq", settings)
                            .get("topic.min.insync.replicas"))
                    .isEqualTo(least);
            assertThat(new TopicPlan(1, (short) copies, Duration.ofDays(1), 1 << 20, false)
                            .layOut(Topics.of("t", List.of("raw"), new RegistrySerdes(new InMemoryRegistry()))))
                    .extracting(topic -> topic.configs().get("min.insync.replicas"))
                    .containsOnly(least == null ? null : Integer.toString(least));
        }
    }

    @Test
    void onlyATopicThatIsNotJoinedHasPartitionsOfItsOwn() {
        assertThat(layoutWith("raw.logs", "24")).containsEntry("t.raw.logs", 24).containsEntry("t.events", 3);
        for (var joined : List.of("events", "coverage", "tuning", "soar.hive.feedback")) {
            assertThatThrownBy(() -> layoutWith(joined, "24"))
                    .hasMessageContaining("clicktrail.topics.config." + joined + ".partitions")
                    .hasMessageContaining("joined");
        }
        assertThatThrownBy(() -> layoutWith("raw.logs", "many")).hasMessageContaining("1 to 9999");
    }

    private static Map<String, Integer> layoutWith(String topic, String partitions) {
        return new TopicPlan(
                        3,
                        (short) 1,
                        Duration.ofDays(1),
                        1 << 20,
                        false,
                        Map.of(topic, Map.of("partitions", partitions)),
                        Map.of())
                .layOut(Topics.of("t", List.of("raw.logs"), new RegistrySerdes(new InMemoryRegistry()))).stream()
                        .collect(Collectors.toMap(NewTopic::name, NewTopic::numPartitions));
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
