package io.clicktrail.enricher;

import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.dns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.tuning.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * The enricher as a service with a real broker: what counts as newly observed through its life, and how soon it obeys.
 */
class EnricherServiceIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final int DOMAINS = 24;

    @TempDir
    private Path folder;

    @Test
    void answersTheSameAfterARestartARebalanceAndAReplay() throws InterruptedException {
        List<Event> morning = sights(TEN);
        List<Event> noon = sights(TEN.plus(Duration.ofHours(2)));

        Topics calm = STACK.topics("first-sights-calm");
        Set<Answer> undisturbed;
        try (var service = start(calm, "calm")) {
            send(calm, "ws-1.contoso.com", morning);
            STACK.consume(calm.evidence(), DOMAINS);
            send(calm, "ws-2.contoso.com", noon);
            STACK.consume(calm.evidence(), 2 * DOMAINS);
            undisturbed = answers(calm);
        }
        assertThat(undisturbed).hasSize(2 * DOMAINS).allSatisfy(answer -> {
            assertThat(answer.firstSeen()).isEqualTo(TEN);
            assertThat(answer.score()).isEqualTo(32);
        });

        Topics topics = STACK.topics("first-sights");
        try (var service = start(topics, "first")) {
            send(topics, "ws-1.contoso.com", morning);
            STACK.consume(topics.evidence(), DOMAINS);
        }
        List<Event> before = noon.subList(0, DOMAINS / 2);
        List<Event> after = noon.subList(DOMAINS / 2, DOMAINS);
        try (var restarted = start(topics, "another-disk")) {
            send(topics, "ws-2.contoso.com", before);
            STACK.consume(topics.evidence(), DOMAINS + before.size());
            try (var second = start(topics, "second")) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(List.of(tasks(restarted), tasks(second)))
                                .allMatch(count -> count > 0));
                send(topics, "ws-2.contoso.com", after);
                STACK.consume(topics.evidence(), 2 * DOMAINS);
            }
            assertThat(answers(topics)).isEqualTo(undisturbed);

            send(topics, "ws-1.contoso.com", morning);
            send(topics, "ws-2.contoso.com", noon);
            STACK.consume(topics.evidence(), 4 * DOMAINS);
            assertThat(answers(topics)).isEqualTo(undisturbed);
        }
    }

    @Test
    void obeysANewTuningWithinFiveSeconds() throws InterruptedException {
        Topics topics = STACK.topics("hot-change");
        try (var service = start(topics, "hot")) {
            send(topics, "ws-1.contoso.com", sights(TEN));
            STACK.consume(topics.evidence(), DOMAINS);

            Tuning strict = Tuning.newBuilder(
                            TestTunings.builtIn(Platform.WINDOWS).document())
                    .setVersion("strict")
                    .build();
            STACK.produce(
                    topics.tuning(),
                    List.of(new ProducerRecord<>(topics.tuning().name(), "WINDOWS", strict)));

            await().atMost(Duration.ofSeconds(5)).until(() -> {
                send(
                        topics,
                        "ws-1.contoso.com",
                        List.of(dns("evil.sbs").setTime(TEN).build()));
                return STACK.consumeAll(topics.evidence()).stream()
                        .anyMatch(found -> found.value().getTuningVersion().equals("strict"));
            });
        }
    }

    private static List<Event> sights(Instant time) {
        List<Event> sights = new ArrayList<>();
        for (int i = 0; i < DOMAINS; i++) {
            sights.add(dns("evil" + i + ".sbs").setTime(time).build());
        }
        return sights;
    }

    private static void send(Topics topics, String host, List<Event> events) {
        STACK.produce(
                topics.events(),
                events.stream()
                        .map(event -> new ProducerRecord<>(
                                topics.events().name(), null, event.getTime().toEpochMilli(), host, event))
                        .toList());
    }

    /** What is said of the domain, without how many hosts have asked: that grows when a morning is played again. */
    private static Set<Answer> answers(Topics topics) {
        Set<Answer> all = new HashSet<>();
        for (var record : STACK.consumeAll(topics.evidence())) {
            Evidence found = record.value();
            if (found.getEvent().getKind() != EventKind.HEARTBEAT) {
                DomainRisk domain = found.getDomain();
                all.add(new Answer(
                        found.getEvent().getEventId(),
                        domain.getTenantKey(),
                        domain.getFirstSeen(),
                        domain.getScore(),
                        domain.getParts()));
            }
        }
        return all;
    }

    private record Answer(String eventId, String tenantKey, Instant firstSeen, int score, List<ScorePart> parts) {}

    private static int tasks(ConfigurableApplicationContext service) {
        KafkaStreams streams = service.getBean(StreamsBuilderFactoryBean.class).getKafkaStreams();
        return streams == null
                ? 0
                : streams.metadataForLocalThreads().stream()
                        .mapToInt(thread -> thread.activeTasks().size())
                        .sum();
    }

    private ConfigurableApplicationContext start(Topics topics, String disk) {
        var application = new SpringApplication(EnricherApplication.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "clicktrail.bootstrap-servers", STACK.bootstrapServers(),
                "clicktrail.registry.url", STACK.registryUrl(),
                "clicktrail.topic-prefix", topics.prefix(),
                "clicktrail.enricher.learning", "PT0S",
                "clicktrail.streams.state-dir", folder.resolve(disk).toString()));
        return application.run("--spring.application.name=" + topics.prefix() + "-enricher");
    }
}
