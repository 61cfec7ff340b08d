package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clicktrail.console.ConsoleApplication;
import io.clicktrail.deploy.chart.Expressions;
import io.clicktrail.local.FreePort;
import io.clicktrail.local.LocalRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.testkit.SecureProxy;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The services on a broker that lets in only whom it knows, with exactly the access that is shipped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Topics TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));
    private static final AccessPlan BY_CERTIFICATE = new AccessPlan("User:CN=clicktrail-{name}");
    private static final AccessPlan BY_LOGIN = new AccessPlan("User:clicktrail-{name}");
    private static final List<String> SECRETS = List.of(
            SecureBroker.STORE_PASSWORD,
            SecureBroker.USER_PASSWORD,
            SecureProxy.PASSWORD,
            SecureProxy.truststorePassword());

    /** DEBUG, which operators enable to find a fault; no secret may be logged then either. */
    private static final Map<String, String> TALKATIVE = Map.of("logging.level.root", "debug");

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern METRIC = Pattern.compile("^([a-z][a-z0-9_]*)[ {]", Pattern.MULTILINE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SecureBroker broker;

    @SuppressWarnings("NullAway.Init")
    private static LocalRegistry openRegistry;

    @SuppressWarnings("NullAway.Init")
    private static SecureProxy registry;

    @BeforeAll
    static void start() throws Exception {
        var principals = AccessPlan.principals().stream()
                .map(name -> "clicktrail-" + name)
                .toList();
        broker = SecureBroker.start(
                folder.resolve("secure"),
                Stream.concat(principals.stream(), Stream.of("stranger")).toList(),
                List.of("foreigner"));
        openRegistry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        registry = SecureProxy.start(openRegistry.url(), folder);
        broker.addUsers(principals);
        try (var admin = broker.admin()) {
            TopicPlan.DEFAULT.create(TOPICS, admin);
            BY_CERTIFICATE.create(TOPICS, admin);
            BY_LOGIN.create(TOPICS, admin);
        }
    }

    @AfterAll
    static void stop() {
        registry.close();
        openRegistry.close();
        broker.close();
    }

    @Test
    @Order(1)
    void theServicesDetectAChainWithTheLeastAccessOverMutualTls() throws Exception {
        var services = services("tls", service -> broker.tls("clicktrail-" + service.label()), Map.of());
        try {
            services.values().forEach(service -> service.awaitReady(TIMEOUT));
            send(1, broker.tls("clicktrail-collector"));
            awaitCase(1, broker.tls("clicktrail-soar"));

            for (var service : services.values()) {
                awaitCanary(service);
                assertThat(service.readiness()).contains("recordsBehind").contains("secondsBehind");
                assertNothingElseIsExposed(service);
                assertNoSecrets(service);
            }
            assertCanariesAreNoCases(1);
            await().atMost(TIMEOUT)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(missingMetrics(services)).isEmpty());
        } finally {
            close(services);
        }
    }

    @Test
    @Order(2)
    void theConsoleShowsTheCaseAndActsWithItsLeastAccessAndShowsTheSameAfterAKill() throws Exception {
        int pages = FreePort.next();
        try (var console = process(
                "console",
                "console",
                ConsoleApplication.class,
                broker.tls("clicktrail-console"),
                Map.of("server.port", "" + pages))) {
            console.awaitReady(TIMEOUT);
            var before = awaitPages(pages, "/api/cases", SampleChain.host(1));
            assertThat(acknowledged(pages, before)).isEqualTo(303);
            await().atMost(TIMEOUT)
                    .until(() -> records(TOPICS.soarFeedback().name()).stream()
                            .anyMatch(each -> each.value().contains("\"kind\":\"acknowledge\"")));
            assertThat(console.log()).contains("clicktrail.audit", "Feedback");
            assertThat(awaitPages(pages, "/pipeline", "Not read yet"))
                    .doesNotContain("brokers do not answer")
                    .doesNotContain("has never read");

            console.kill();

            console.awaitReady(TIMEOUT);
            assertThat(awaitPages(pages, "/api/cases", SampleChain.host(1))).isEqualTo(before);
            assertNoSecrets(console);
        }
    }

    /** The body of a page as soon as it has a text. */
    private static String awaitPages(int port, String path, String text) {
        return await().atMost(TIMEOUT)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> page(port, path, HttpRequest.newBuilder()).body(), body -> body.contains(text));
    }

    /** Status of the answer when the first of the cases is acknowledged with the token of its own page. */
    private static int acknowledged(int port, String cases) throws IOException, InterruptedException {
        var id = JsonMapper.shared()
                .readTree(cases)
                .get("cases")
                .get(0)
                .get("alertId")
                .asString();
        var page = page(port, "/cases/" + id, HttpRequest.newBuilder());
        var token = TOKEN.matcher(page.body());
        assertThat(token.find()).isTrue();
        var form = HttpRequest.newBuilder()
                .header(
                        "Cookie",
                        page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + token.group(1)));
        return page(port, "/cases/" + id + "/acknowledge", form).statusCode();
    }

    private static HttpResponse<String> page(int port, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    request.uri(URI.create("http://localhost:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    @Order(3)
    void theServicesDetectAChainWithTheLeastAccessOverScram() throws Exception {
        var services = services("scram", service -> broker.scram("clicktrail-" + service.label()), TALKATIVE);
        try {
            services.values().forEach(service -> service.awaitReady(TIMEOUT));
            send(2, broker.scram("clicktrail-collector"));
            awaitCase(2, broker.scram("clicktrail-soar"));

            for (var service : services.values()) {
                assertNoSecrets(service);
            }
        } finally {
            close(services);
        }
    }

    @Test
    @Order(4)
    void aServiceThatLacksOneAccessSaysWhichAndResumesWhenItIsGiven() throws Exception {
        var removed = List.of(
                one(Service.NORMALIZER, ResourceType.TOPIC, "clicktrail.events"),
                one(Service.ENRICHER, ResourceType.TOPIC, "clicktrail.tuning"),
                one(Service.CORRELATOR, ResourceType.TRANSACTIONAL_ID, "clicktrail-correlator-"),
                one(Service.ALERTER, ResourceType.GROUP, "clicktrail-alerter"));
        try (var admin = broker.admin()) {
            admin.deleteAcls(removed.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            var services = services("lacking", service -> broker.tls("clicktrail-" + service.label()), Map.of());
            try {
                send(3, broker.tls("clicktrail-collector"));
                awaitRefusals(services);
                admin.createAcls(removed).all().get();
                services.values().forEach(service -> service.awaitReady(TIMEOUT));
                awaitCase(3, broker.tls("clicktrail-soar"));
            } finally {
                close(services);
                admin.createAcls(removed).all().get();
            }
        }
    }

    private static void awaitRefusals(Map<Service, ServiceProcess> services) throws IOException {
        awaitReason(
                Objects.requireNonNull(services.get(Service.NORMALIZER)),
                "TopicAuthorizationException",
                "clicktrail.events");
        awaitReason(
                Objects.requireNonNull(services.get(Service.ENRICHER)),
                "TopicAuthorizationException",
                "clicktrail.tuning");
        awaitReason(
                Objects.requireNonNull(services.get(Service.CORRELATOR)), "TransactionalIdAuthorizationException", "");
        awaitReason(
                Objects.requireNonNull(services.get(Service.ALERTER)),
                "GroupAuthorizationException",
                "clicktrail-alerter");
    }

    @Test
    @Order(5)
    void whoeverTheBrokerDoesNotKnowIsRefusedAndSaysWhy() throws Exception {
        try (var without = service("without", Service.NORMALIZER, broker.withoutCertificate(), Map.of());
                var wrong = service("wrong", Service.NORMALIZER, broker.tls("foreigner"), Map.of());
                var noAccess = service("no-access", Service.NORMALIZER, broker.tls("stranger"), Map.of())) {
            awaitReason(without, "SslAuthenticationException", "");
            awaitReason(wrong, "SslAuthenticationException", "");
            awaitReason(noAccess, "AuthorizationException", "clicktrail");
        }
    }

    @Test
    @Order(6)
    void everyMechanismOfTheChartLetsInWhoKnowsThePasswordAndNobodyElse() throws Exception {
        var topic = List.of(TOPICS.evidence().name());
        for (var mechanism : SecureBroker.MECHANISMS) {
            try (var admin = admin(mechanism, SecureBroker.USER_PASSWORD)) {
                assertThat(admin.describeTopics(topic).allTopicNames().get())
                        .as(mechanism)
                        .hasSize(1);
                assertThatThrownBy(() -> admin.describeTopics(
                                        List.of(TOPICS.alerts().name()))
                                .allTopicNames()
                                .get())
                        .as(mechanism)
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
            }
            try (var admin = admin(mechanism, "guessed")) {
                assertThatThrownBy(() ->
                                admin.describeTopics(topic).allTopicNames().get())
                        .as(mechanism)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
        }
    }

    private static Admin admin(String mechanism, String password) {
        var client = new HashMap<String, Object>(broker.sasl(mechanism, "clicktrail-correlator", password));
        client.put("request.timeout.ms", 20_000);
        client.put("default.api.timeout.ms", 20_000);
        return Admin.create(client);
    }

    private static Map<Service, ServiceProcess> services(
            String name, Function<Service, Map<String, String>> client, Map<String, String> extra) throws IOException {
        var services = new EnumMap<Service, ServiceProcess>(Service.class);
        for (var service : Service.values()) {
            services.put(service, service(name, service, client.apply(service), extra));
        }
        return services;
    }

    /** With its passwords in files, as the chart mounts them, and with a registry behind TLS and a password. */
    private static ServiceProcess service(
            String name, Service service, Map<String, String> client, Map<String, String> extra) throws IOException {
        var settings = new HashMap<>(extra);
        if (service == Service.ENRICHER) {
            settings.put("clicktrail.enricher.learning", "0s");
        }
        if (service == Service.NORMALIZER) {
            settings.put("clicktrail.canary.every", "1s");
            settings.put("clicktrail.canary.secret", "s".repeat(32));
        }
        return process(name, service.label(), service.application(), client, settings);
    }

    private static ServiceProcess process(
            String name, String label, Class<?> application, Map<String, String> client, Map<String, String> extra)
            throws IOException {
        var settings = new HashMap<>(extra);
        var secrets = new HashMap<String, String>();
        settings.put("clicktrail.registry.url", registry.url());
        settings.put("clicktrail.registry.username", SecureProxy.USER);
        settings.put("clicktrail.registry.password-file", registryPassword().toString());
        settings.put(
                "clicktrail.registry.truststore.location", registry.truststore().toString());
        secrets.put("clicktrail.registry.truststore.password", SecureProxy.truststorePassword());
        client.forEach((key, value) -> {
            if (key.equals("bootstrap.servers")) {
                settings.put("clicktrail.bootstrap-servers", value);
            } else {
                var kind = key.endsWith("password") || key.equals("sasl.jaas.config") ? secrets : settings;
                kind.put("clicktrail.streams.properties." + key, value);
            }
        });
        var canary = settings.remove("clicktrail.canary.secret");
        if (canary != null) {
            secrets.put("clicktrail.canary.secret", canary);
        }
        return new ServiceProcess(label, application, folder.resolve(name), settings, secrets);
    }

    private static Path registryPassword() throws IOException {
        return Files.writeString(folder.resolve("registry-password"), SecureProxy.PASSWORD + "\n");
    }

    private static void close(Map<Service, ServiceProcess> services) {
        for (var service : services.values()) {
            service.close();
        }
    }

    private static void send(int number, Map<String, String> client) throws ExecutionException, InterruptedException {
        try (var collector = new KafkaProducer<>(
                new HashMap<String, Object>(client), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var line : SampleChain.of(number)) {
                collector
                        .send(new ProducerRecord<>(
                                TOPICS.raw().getFirst().name(),
                                SampleChain.host(number).getBytes(StandardCharsets.UTF_8),
                                line))
                        .get();
            }
        }
    }

    private static void awaitCase(int number, Map<String, String> client) {
        var settings = new HashMap<String, Object>(client);
        settings.put("group.id", "clicktrail-soar");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        var received = new ArrayList<String>();
        try (var soar = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            soar.subscribe(List.of(
                    TOPICS.soarTier1().name(),
                    TOPICS.soarTier2().name(),
                    TOPICS.soarUpdates().name()));
            await().atMost(TIMEOUT).until(() -> {
                soar.poll(Duration.ofMillis(200)).forEach(each -> received.add(each.value()));
                return received.stream()
                        .anyMatch(text -> text.contains(SampleChain.host(number)) && text.contains(SampleChain.DOMAIN));
            });
        }
    }

    private static void awaitCanary(ServiceProcess service) {
        await().atMost(TIMEOUT)
                .pollInterval(POLL)
                .untilAsserted(
                        () -> assertThat(service.metrics()).containsPattern("clicktrail_canary_seconds_count [1-9]"));
    }

    private static void awaitReason(ServiceProcess service, String type, String name) throws IOException {
        await().atMost(TIMEOUT)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(service.readiness())
                        .contains("OUT_OF_SERVICE")
                        .contains(type)
                        .contains(name));
        assertThat(service.log()).contains(type);
        assertNoSecrets(service);
    }

    private static void assertNothingElseIsExposed(ServiceProcess service) throws IOException, InterruptedException {
        var links = JsonMapper.shared().readTree(service.endpoints()).get("_links");
        var exposed = new TreeSet<String>(links.propertyNames());
        assertThat(exposed).containsExactly("health", "health-path", "info", "prometheus", "self");
        for (var hidden : List.of("env", "configprops", "beans", "heapdump", "threaddump", "loggers", "shutdown")) {
            assertThat(service.status("/actuator/" + hidden)).as(hidden).isEqualTo(404);
        }
    }

    private static void assertNoSecrets(ServiceProcess service) throws IOException {
        assertThat(service.log()).isNotBlank();
        for (var secret : SECRETS) {
            assertThat(service.log()).doesNotContain(secret);
            assertThat(service.readiness()).doesNotContain(secret);
        }
    }

    /** Canaries came as far as the alerter reads, and what it wrote speaks of the story alone. */
    private static void assertCanariesAreNoCases(int number) {
        assertThat(records(TOPICS.detections().name()))
                .anyMatch(each -> Canary.KEY.equals(each.key()) && each.value() == null);
        for (var topic : List.of(
                TOPICS.alerts(), TOPICS.siemEcs(), TOPICS.soarTier1(), TOPICS.soarTier2(), TOPICS.soarUpdates())) {
            assertThat(records(topic.name()))
                    .as(topic.name())
                    .allMatch(each -> each.value().contains(SampleChain.host(number)))
                    .noneMatch(each -> each.value().contains(Canary.DATASET));
        }
        assertThat(records(TOPICS.alerts().name())).isNotEmpty();
    }

    private static List<ConsumerRecord<String, String>> records(String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.plain(), "isolation.level", "read_committed");
        var all = new ArrayList<ConsumerRecord<String, String>>();
        try (var reader = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
                reader.poll(POLL).forEach(all::add);
            }
        }
        return all;
    }

    private static AclBinding one(Service service, ResourceType type, String name) {
        return BY_CERTIFICATE.of(service.label(), TOPICS).stream()
                .filter(acl -> acl.pattern().resourceType() == type
                        && acl.pattern().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Metrics that rules or dashboards ask for, and that neither a running service shows nor our catalogue knows. Those
     * of a store are shown up to a minute after it was opened.
     */
    private static TreeSet<String> missingMetrics(Map<Service, ServiceProcess> services) throws IOException {
        var missing = new TreeSet<String>();
        for (var expression : Expressions.all()) {
            missing.addAll(Expressions.metrics(expression));
        }
        missing.remove("up");
        for (var service : services.values()) {
            var names = METRIC.matcher(service.metrics());
            while (names.find()) {
                missing.remove(names.group(1));
            }
        }
        Arrays.stream(Metric.values()).map(Expressions::shown).forEach(missing::removeAll);
        return missing;
    }
}
