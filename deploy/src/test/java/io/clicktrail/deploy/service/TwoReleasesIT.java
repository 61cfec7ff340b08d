package io.clicktrail.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clicktrail.local.LocalRegistry;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.topics.AccessPlan;
import io.clicktrail.streams.topics.TopicPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two installations on one broker and one registry, each with the topics and the access that are shipped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoReleasesIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(6);

    /** An installation: its topics, and the user of each of its principals. */
    private record Release(Topics topics) {

        static Release of(String prefix) {
            return new Release(Topics.of(prefix, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry())));
        }

        AccessPlan access() {
            return new AccessPlan("User:CN=" + topics.prefix() + "-{name}");
        }

        String user(String principal) {
            return topics.prefix() + "-" + principal;
        }

        List<String> users() {
            return AccessPlan.principals().stream().map(this::user).toList();
        }

        /** Whether a topic, group or transaction is the installation's. */
        boolean owns(String name) {
            return name.startsWith(topics.prefix() + ".") || name.startsWith(topics.prefix() + "-");
        }
    }

    /** The prefix of one begins with that of the other, as careless people name them. */
    private static final List<Release> RELEASES = List.of(Release.of("soc"), Release.of("soc2"));

    private static final Map<Release, Map<Service, ServiceProcess>> SERVICES = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SecureBroker broker;

    @SuppressWarnings("NullAway.Init")
    private static LocalRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        broker = SecureBroker.start(
                folder.resolve("secure"),
                RELEASES.stream().flatMap(each -> each.users().stream()).toList(),
                List.of());
        registry = LocalRegistry.start(LocalRegistry.Options.in(folder.resolve("registry")));
        try (var admin = broker.admin()) {
            for (var release : RELEASES) {
                TopicPlan.DEFAULT.create(release.topics(), admin);
                release.access().create(release.topics(), admin);
            }
        }
        for (var release : RELEASES) {
            var services = new EnumMap<Service, ServiceProcess>(Service.class);
            SERVICES.put(release, services);
            for (var service : Service.values()) {
                services.put(service, start(release, service));
            }
        }
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(each -> each.values().forEach(ServiceProcess::close));
        registry.close();
        broker.close();
    }

    @Test
    @Order(1)
    void eachFindsTheCaseOfItsOwnLogsAlone() throws Exception {
        SERVICES.values().forEach(each -> each.values().forEach(service -> service.awaitReady(TIMEOUT)));
        for (var release : RELEASES) {
            send(release, RELEASES.indexOf(release));
        }
        for (var release : RELEASES) {
            awaitCase(release, RELEASES.indexOf(release));
        }

        for (var release : RELEASES) {
            var own = SampleChain.host(RELEASES.indexOf(release));
            var foreign = SampleChain.host(1 - RELEASES.indexOf(release));
            var records = records(release);
            assertThat(records.stream().filter(each -> holds(each, own)))
                    .extracting(ConsumerRecord::topic)
                    .as("where the logs of %s left something", own)
                    .contains(
                            release.topics().raw().getFirst().name(),
                            release.topics().events().name(),
                            release.topics().alerts().name())
                    .anyMatch(topic -> topic.endsWith("-changelog"));
            assertThat(records.stream().filter(each -> holds(each, foreign))).isEmpty();
        }
    }

    @Test
    @Order(2)
    void everyGroupReadsTheTopicsOfItsOwnReleaseAlone() throws Exception {
        try (var admin = broker.admin()) {
            var groups = new TreeMap<String, Map<TopicPartition, OffsetAndMetadata>>();
            for (var group : admin.listGroups().all().get()) {
                groups.put(
                        group.groupId(),
                        admin.listConsumerGroupOffsets(group.groupId())
                                .partitionsToOffsetAndMetadata()
                                .get());
            }
            assertThat(groups).hasSizeGreaterThanOrEqualTo(2 * Service.values().length);
            groups.forEach((group, offsets) -> {
                var owners = RELEASES.stream().filter(each -> each.owns(group)).toList();
                assertThat(owners).as(group).hasSize(1);
                assertThat(offsets.keySet())
                        .extracting(TopicPartition::topic)
                        .as(group)
                        .allMatch(owners.getFirst()::owns);
            });
        }
    }

    /** Read, Write and Delete imply Describe: whoever may not even describe something may do nothing with it. */
    @Test
    @Order(3)
    void noUserOfOneSeesATopicOrAGroupOfTheOther() throws Exception {
        try (var all = broker.admin()) {
            var topics = all.listTopics().names().get();
            var groups = all.listGroups().all().get().stream()
                    .map(each -> each.groupId())
                    .toList();
            for (var release : RELEASES) {
                var others = RELEASES.get(1 - RELEASES.indexOf(release));
                for (var user : release.users()) {
                    try (var admin = Admin.create(new HashMap<>(broker.tls(user)))) {
                        assertRefused(
                                user,
                                admin.describeTopics(topics.stream()
                                                .filter(others::owns)
                                                .toList())
                                        .topicNameValues());
                        assertRefused(
                                user,
                                admin.describeConsumerGroups(groups.stream()
                                                .filter(others::owns)
                                                .toList())
                                        .describedGroups());
                        assertThat(admin.listTopics().names().get()).noneMatch(others::owns);
                    }
                }
            }
        }
    }

    @Test
    @Order(4)
    void noUserOfOneWritesToOrInTheNameOfTheOther() {
        for (var release : RELEASES) {
            var others = RELEASES.get(1 - RELEASES.indexOf(release));
            for (var user : List.of(release.user("collector"), release.user("alerter"), release.user("operator"))) {
                try (var producer = producer(user, Map.of())) {
                    assertThatThrownBy(() -> producer.send(new ProducerRecord<>(
                                            others.topics().raw().getFirst().name(), new byte[1]))
                                    .get())
                            .as(user)
                            .hasCauseInstanceOf(AuthorizationException.class);
                }
            }
            try (var producer = producer(
                    release.user("alerter"),
                    Map.of("transactional.id", others.topics().application("alerter") + "-1"))) {
                assertThatThrownBy(producer::initTransactions)
                        .isInstanceOf(TransactionalIdAuthorizationException.class);
            }
        }
    }

    private static void assertRefused(String user, Map<String, ? extends KafkaFuture<?>> answers) {
        assertThat(answers).isNotEmpty();
        answers.forEach((name, answer) -> assertThatThrownBy(answer::get)
                .as("%s at %s", user, name)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthorizationException.class));
    }

    private static ServiceProcess start(Release release, Service service) throws IOException {
        var settings = new HashMap<String, String>();
        var secrets = new HashMap<String, String>();
        settings.put("clicktrail.topic-prefix", release.topics().prefix());
        settings.put("clicktrail.registry.url", registry.url().toString());
        broker.tls(release.user(service.label())).forEach((key, value) -> {
            if (key.equals("bootstrap.servers")) {
                settings.put("clicktrail.bootstrap-servers", value);
            } else {
                (key.endsWith("password") ? secrets : settings).put("clicktrail.streams.properties." + key, value);
            }
        });
        if (service == Service.ENRICHER) {
            settings.put("clicktrail.enricher.learning", "0s");
        }
        return new ServiceProcess(service, folder.resolve(release.topics().prefix()), settings, secrets);
    }

    private static void send(Release release, int number) throws ExecutionException, InterruptedException {
        try (var collector = producer(release.user("collector"), Map.of())) {
            for (var line : SampleChain.of(number)) {
                collector
                        .send(new ProducerRecord<>(
                                release.topics().raw().getFirst().name(),
                                SampleChain.host(number).getBytes(StandardCharsets.UTF_8),
                                line))
                        .get();
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String user, Map<String, String> more) {
        var settings = new HashMap<String, Object>(broker.tls(user));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void awaitCase(Release release, int number) {
        var settings = new HashMap<String, Object>(broker.tls(release.user("soar")));
        settings.put("group.id", release.topics().application("soar"));
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        var received = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var soar = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            soar.subscribe(Stream.of(
                            release.topics().soarTier1(),
                            release.topics().soarTier2(),
                            release.topics().soarUpdates())
                    .map(each -> each.name())
                    .toList());
            await().atMost(TIMEOUT).until(() -> {
                soar.poll(Duration.ofMillis(200)).forEach(received::add);
                return received.stream()
                        .anyMatch(each -> holds(each, SampleChain.host(number)) && holds(each, SampleChain.DOMAIN));
            });
        }
    }

    /** Every record of every topic of a release, also of the internal ones, as one sees it behind the own listener. */
    private static Collection<ConsumerRecord<byte[], byte[]>> records(Release release)
            throws ExecutionException, InterruptedException {
        var names = new TreeSet<String>();
        try (var admin = broker.admin()) {
            admin.listTopics().names().get().stream().filter(release::owns).forEach(names::add);
        }
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.plain()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = names.stream()
                    .flatMap(name -> consumer.partitionsFor(name).stream()
                            .map(each -> new TopicPartition(name, each.partition())))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            await().atMost(TIMEOUT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                return partitions.stream().allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            });
        }
        return all;
    }

    private static boolean holds(ConsumerRecord<byte[], byte[]> each, String text) {
        return each.value() != null && new String(each.value(), StandardCharsets.ISO_8859_1).contains(text);
    }
}
