package io.clicktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.clicktrail.identity.Lease;
import io.clicktrail.schemas.HttpSchemaRegistry;
import io.clicktrail.schemas.RegistryException;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.streams.failures.TransientFailures;
import io.clicktrail.streams.settings.RegistrySettings;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.streams.testkit.SecureProxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RegistryIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Lease LEASE = SampleRecords.of(Lease.class);
    private static final Schema V1 =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();
    private static final Schema V2 = SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .optionalString("site")
            .endRecord();
    private static final Schema WITHOUT_NAME =
            SchemaBuilder.record("Thing").fields().requiredInt("number").endRecord();

    @AfterEach
    void registryRuns() {
        STACK.startRegistry();
    }

    @Test
    void aSchemaIsRegisteredOnceAndReadBack() {
        var registry = registry(Map.of());

        int id = registry.idOf("once-value", V1);

        assertThat(registry.idOf("once-value", V1)).isEqualTo(id);
        assertThat(registry.schemaOf(id)).isEqualTo(V1);
    }

    @Test
    void subjectsAreFullyCompatibleAcrossAllVersions() throws IOException, InterruptedException {
        var registry = registry(Map.of());
        registry.idOf("full-value", V1);

        assertThat(get("/config/full-value")).contains("FULL_TRANSITIVE");
        assertThat(registry.idOf("full-value", V2)).isPositive();
        assertThatThrownBy(() -> registry.idOf("full-value", WITHOUT_NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("register the schema of subject full-value")
                .hasMessageContaining(STACK.registryUrl())
                .hasMessageContaining("409");
    }

    @Test
    void lookUpOnlyTakesWhatIsThereAndNothingElse() {
        var lookUpOnly = registry(Map.of("clicktrail.registry.auto-register", "false"));

        assertThatThrownBy(() -> lookUpOnly.idOf("look-up-value", V1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("look up the schema of subject look-up-value")
                .hasMessageContaining(STACK.registryUrl());

        int id = registry(Map.of()).idOf("look-up-value", V1);
        assertThat(lookUpOnly.idOf("look-up-value", V1)).isEqualTo(id);
    }

    @Test
    void whatIsCachedOutlivesTheRegistry() {
        var serde = serde(registry(Map.of()));
        var bytes = serde.serializer().serialize("cached", LEASE);
        serde.deserializer().deserialize("cached", bytes);

        STACK.stopRegistry();

        for (int i = 0; i < 100; i++) {
            var written = serde.serializer().serialize("cached", LEASE);
            assertThat(serde.deserializer().deserialize("cached", written)).isEqualTo(LEASE);
        }
    }

    @Test
    void anOutageIsAnErrorOfTheWorldAndEndsWithTheOutage() {
        var serde = serde(registry(Map.of()));
        STACK.stopRegistry();

        assertThatThrownBy(() -> serde.serializer().serialize("outage", LEASE))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("subject outage-value")
                .hasMessageContaining(STACK.registryUrl())
                .satisfies(e -> assertThat(TransientFailures.whileWriting(e)).isTrue());

        STACK.startRegistry();
        assertThat(serde.deserializer().deserialize("outage", serde.serializer().serialize("outage", LEASE)))
                .isEqualTo(LEASE);
    }

    @Test
    void schemasAndIdsOutliveARestartOfTheLocalRegistry() {
        var registry = registry(Map.of());
        int id = registry.idOf("restart-value", V1);

        STACK.stopRegistry();
        STACK.startRegistry();

        assertThat(registry.schemaOf(id)).isEqualTo(V1);
    }

    @Test
    void itIsReachedThroughTlsWithAPassword(@TempDir Path folder) throws Exception {
        try (var proxy = SecureProxy.start(STACK.registryUrl(), folder)) {
            var serde = serde(registry(secure(proxy, SecureProxy.PASSWORD)));

            var bytes = serde.serializer().serialize("secure", LEASE);

            assertThat(serde.deserializer().deserialize("secure", bytes)).isEqualTo(LEASE);
        }
    }

    @Test
    void itIsReachedWithATokenThatIsRenewedInItsFile(@TempDir Path folder) throws Exception {
        try (var proxy = SecureProxy.start(STACK.registryUrl(), folder, SecureProxy.Demand.TOKEN)) {
            var file = Files.writeString(folder.resolve("token"), "expired");
            var settings = trusting(proxy);
            settings.put("clicktrail.registry.token-file", file.toString());
            var registry = registry(settings);

            assertThatThrownBy(() -> registry.idOf("token-value", V1)).hasMessageContaining("401");
            Files.writeString(file, SecureProxy.TOKEN + "\n");

            assertThat(registry.schemaOf(registry.idOf("token-value", V1))).isEqualTo(V1);
        }
    }

    @Test
    void itIsReachedWithACertificateOfOnesOwn(@TempDir Path folder) throws Exception {
        try (var proxy = SecureProxy.start(STACK.registryUrl(), folder, SecureProxy.Demand.CERTIFICATE)) {
            var settings = trusting(proxy);

            assertThatThrownBy(() -> registry(settings).idOf("mutual-value", V1))
                    .isInstanceOf(RegistryException.class);
            settings.put("clicktrail.registry.keystore.location", proxy.keystore().toString());
            settings.put("clicktrail.registry.keystore.password", SecureProxy.truststorePassword());
            var registry = registry(settings);

            assertThat(registry.schemaOf(registry.idOf("mutual-value", V1))).isEqualTo(V1);
        }
    }

    private static Map<String, String> trusting(SecureProxy proxy) {
        var settings = new HashMap<String, String>();
        settings.put("clicktrail.registry.url", proxy.url());
        settings.put("clicktrail.registry.truststore.location", proxy.truststore().toString());
        settings.put("clicktrail.registry.truststore.password", SecureProxy.truststorePassword());
        return settings;
    }

    @Test
    void noSecretIsEverLoggedOrThrown(@TempDir Path folder) throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        var said = new ArrayList<String>();
        try (var proxy = SecureProxy.start(STACK.registryUrl(), folder)) {
            registry(secure(proxy, SecureProxy.PASSWORD)).idOf("secrets-value", V1);
            said.add(failure(secure(proxy, "wrong-" + SecureProxy.PASSWORD)));
            var distrustful = new HashMap<>(secure(proxy, SecureProxy.PASSWORD));
            distrustful.remove("clicktrail.registry.truststore.location");
            distrustful.remove("clicktrail.registry.truststore.password");
            said.add(failure(distrustful));
            var badStore = new HashMap<>(secure(proxy, SecureProxy.PASSWORD));
            badStore.put("clicktrail.registry.truststore.password", "wrong-" + SecureProxy.truststorePassword());
            said.add(failure(badStore));
        } finally {
            root.detachAppender(log);
            root.setLevel(level);
        }
        log.list.forEach(event -> said.add(event.getFormattedMessage() + event.getKeyValuePairs()));

        assertThat(said.get(0)).contains("401").contains("secrets-value");
        assertThat(said.get(1)).contains("PKIX");
        assertThat(said.get(2))
                .contains("clicktrail.registry.truststore.location")
                .contains("trust.p12");
        assertThat(said)
                .noneMatch(text -> text.contains(SecureProxy.PASSWORD)
                        || text.contains(SecureProxy.truststorePassword())
                        || text.contains(Base64.getEncoder()
                                .encodeToString((SecureProxy.USER + ":" + SecureProxy.PASSWORD)
                                        .getBytes(StandardCharsets.UTF_8))));
    }

    /** Everything that the failure says, to the last cause. */
    private static String failure(Map<String, String> settings) {
        try {
            registry(settings).idOf("secrets-value", V2);
            throw new AssertionError("It should have failed");
        } catch (RuntimeException e) {
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    private static Map<String, String> secure(SecureProxy proxy, String password) {
        return Map.of(
                "clicktrail.registry.url", proxy.url(),
                "clicktrail.registry.username", SecureProxy.USER,
                "clicktrail.registry.password", password,
                "clicktrail.registry.truststore.location", proxy.truststore().toString(),
                "clicktrail.registry.truststore.password", SecureProxy.truststorePassword());
    }

    private static Serde<Lease> serde(HttpSchemaRegistry registry) {
        return new RegistrySerdes(registry).of(Lease.class);
    }

    private static HttpSchemaRegistry registry(Map<String, String> settings) {
        var all = new HashMap<>(
                Map.of("clicktrail.registry.url", STACK.registryUrl(), "clicktrail.registry.retries", "1"));
        all.putAll(settings);
        return new HttpSchemaRegistry(new Binder(new MapConfigurationPropertySource(all))
                .bind("clicktrail.registry", RegistrySettings.class)
                .get()
                .toOptions());
    }

    private static String get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(STACK.registryUrl() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
