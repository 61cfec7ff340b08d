package io.clicktrail.console.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clicktrail.console.pipeline.PipelineState;
import io.clicktrail.console.pipeline.PipelineState.Health;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.streams.topics.TopicPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page on the pipeline says of groups on a real broker. */
class PipelineWatchIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final int RECORDS = 100;
    private static final int READ = 40;

    private final Topics topics = STACK.topics("watch", 1);
    private final Map<String, KafkaConsumer<byte[], byte[]>> services = new HashMap<>();

    @AfterEach
    void stop() {
        services.values().forEach(KafkaConsumer::close);
    }

    @Test
    void itFollowsTheServicesFromTheirFirstReadToTheirEnd() throws Exception {
        assertThat(look().health()).isEqualTo(Health.UNKNOWN);
        var raw = new TopicPartition(topics.raw().getFirst().name(), 0);
        Instant first = Instant.now().minusSeconds(1000);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(
                    new ProducerRecord<>(raw.topic(), 0, first.plusSeconds(i).toEpochMilli(), null, new byte[] {1}));
        }
        STACK.produce(topics.raw().getFirst(), records);
        for (String service : TopicPlan.SERVICES) {
            String source = service.equals("normalizer")
                    ? raw.topic()
                    : service.equals("alerter")
                            ? topics.detections().name()
                            : topics.events().name();
            start(service, new TopicPartition(source, 0), service.equals("normalizer") ? READ : 0);
        }

        PipelineState behind = look();
        assertThat(behind.health()).isEqualTo(Health.BEHIND);
        assertThat(behind.text()).contains("normalizer has not read " + (RECORDS - READ) + " records");
        assertThat(behind.lags().getFirst().oldest()).isCloseTo(first.plusSeconds(READ), within(1, ChronoUnit.SECONDS));

        var normalizer = Objects.requireNonNull(services.get("normalizer"));
        normalizer.commitSync(Map.of(raw, new OffsetAndMetadata(RECORDS - 1)));
        PipelineState oneLeft = look();
        assertThat(oneLeft.health()).isEqualTo(Health.UNKNOWN);
        assertThat(oneLeft.text()).contains("normalizer has not read 1 offsets");

        normalizer.commitSync(Map.of(raw, new OffsetAndMetadata(RECORDS)));
        assertThat(look().health()).isEqualTo(Health.HEALTHY);

        var repartition = new TopicPartition(topics.application("alerter") + "-by-case-repartition", 0);
        try (var admin = STACK.admin()) {
            admin.createTopics(List.of(new NewTopic(repartition.topic(), 2, (short) 1)))
                    .all()
                    .get();
        }
        STACK.produce(
                topics.raw().getFirst(),
                records.stream()
                        .map(record -> new ProducerRecord<>(
                                repartition.topic(), 1, record.timestamp(), record.key(), record.value()))
                        .toList());
        Objects.requireNonNull(services.get("alerter")).commitSync(Map.of(repartition, new OffsetAndMetadata(0)));
        PipelineState inside = look();
        assertThat(inside.health()).isEqualTo(Health.BEHIND);
        assertThat(inside.text()).contains("alerter has not read " + RECORDS + " records");
        Objects.requireNonNull(services.get("alerter"))
                .commitSync(Map.of(new TopicPartition(repartition.topic(), 1), new OffsetAndMetadata(RECORDS)));
        assertThat(look().health()).isEqualTo(Health.HEALTHY);

        Objects.requireNonNull(services.remove("alerter")).close();
        PipelineState stopped = look();
        assertThat(stopped.health()).isEqualTo(Health.STOPPED);
        assertThat(stopped.text()).startsWith("alerter does not run");
    }

    private void start(String service, TopicPartition source, long offset) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        STACK.bootstrapServers(),
                        "group.id",
                        topics.application(service),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        services.put(service, consumer);
        consumer.subscribe(List.of(source.topic()));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        consumer.commitSync(Map.of(source, new OffsetAndMetadata(offset)));
    }

    private PipelineState look() {
        try (var watch = new PipelineWatch(
                topics, Map.of("bootstrap.servers", STACK.bootstrapServers()), Duration.ofSeconds(10))) {
            return watch.look();
        }
    }
}
