package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.deploy.chart.Chart;
import io.clicktrail.local.FreePort;
import io.clicktrail.local.LocalBroker;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.testkit.OidcProvider;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Clients with the chart's settings for OAUTHBEARER, a provider that issues tokens, a broker that checks them. */
class OauthIT {

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));

    @SuppressWarnings("NullAway.Init")
    private static OidcProvider provider;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    private static int port;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        provider = OidcProvider.start();
        // As the chart puts it into the services' Java options.
        System.setProperty(ALLOWED_URLS, provider.tokenEndpoint());
        port = FreePort.next();
        int plain = FreePort.next();
        int controller = FreePort.next();
        var extra = new HashMap<String, String>();
        extra.put(
                "listeners",
                "PLAINTEXT://localhost:" + plain + ",CONTROLLER://localhost:" + controller
                        + ",SASL_PLAINTEXT://localhost:" + port);
        extra.put("advertised.listeners", "PLAINTEXT://localhost:" + plain + ",SASL_PLAINTEXT://localhost:" + port);
        extra.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT");
        extra.put("controller.quorum.voters", "1@localhost:" + controller);
        extra.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        extra.put("super.users", "User:ANONYMOUS");
        extra.put("sasl.enabled.mechanisms", "OAUTHBEARER");
        extra.put(
                "listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        extra.put(
                "listener.name.sasl_plaintext.oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
        extra.put(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL, provider.keysEndpoint());
        extra.put(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_AUDIENCE, "kafka");
        extra.put(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_ISSUER, provider.issuer());
        var usual = LocalBroker.Options.in(folder.resolve("broker"));
        broker = LocalBroker.start(new LocalBroker.Options(
                usual.directory(), plain, usual.heapMegabytes(), usual.maxMessageBytes(), extra));
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicPlan.DEFAULT.create(TOPICS, admin);
            new AccessPlan("User:clicktrail-{name}").create(TOPICS, admin);
        }
    }

    @AfterAll
    static void stop() {
        System.clearProperty(ALLOWED_URLS);
        broker.close();
        provider.close();
    }

    @Test
    void aServiceIsWhoItsTokenSaysAndMayDoWhatThePlanSays() throws Exception {
        try (var admin = Admin.create(client("clicktrail-correlator", OidcProvider.CLIENT_SECRET))) {
            assertThat(admin.describeTopics(List.of(TOPICS.evidence().name()))
                            .allTopicNames()
                            .get())
                    .hasSize(1);
            assertThatThrownBy(
                            () -> admin.describeTopics(List.of(TOPICS.alerts().name()))
                                    .allTopicNames()
                                    .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void whoeverTheProviderDoesNotKnowGetsNoTokenAndSoNoConnection() {
        assertThatThrownBy(() -> {
                    try (var admin = Admin.create(client("clicktrail-correlator", "guessed"))) {
                        admin.describeCluster().clusterId().get();
                    }
                })
                .rootCause()
                .hasMessageContaining("401");
    }

    /** The settings that the chart gives to a service, for this test's addresses, with the secret that it mounts. */
    private static Map<String, Object> client(String id, String secret) {
        var settings = Chart.with("oauth")
                .all(ConfigMap.class)
                .filter(each -> each.getMetadata().getName().equals("ct-correlator"))
                .map(each -> each.getData().get("application.yaml"))
                .findFirst()
                .orElseThrow();
        var clicktrail = map(new Yaml().<Map<?, ?>>load(settings).get("clicktrail"));
        var client = new HashMap<String, Object>();
        map(map(clicktrail.get("streams")).get("properties"))
                .forEach((key, value) -> client.put(key.replaceAll("[\\[\\]]", ""), String.valueOf(value)));
        assertThat(client).containsEntry("security.protocol", "SASL_SSL");
        client.put("security.protocol", "SASL_PLAINTEXT");
        client.put("bootstrap.servers", "localhost:" + port);
        client.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, provider.tokenEndpoint());
        client.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"" + id
                        + "\" clientSecret=\"" + secret + "\";");
        client.put("request.timeout.ms", 20_000);
        client.put("default.api.timeout.ms", 20_000);
        return client;
    }

    private static Map<String, Object> map(@Nullable Object node) {
        var copy = new HashMap<String, Object>();
        ((Map<?, ?>) Objects.requireNonNull(node)).forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
