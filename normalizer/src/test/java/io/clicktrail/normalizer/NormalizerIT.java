package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.heartbeat.CanarySignature;
import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.normalizer.windows.WindowsScenario;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** The service as it runs, on a real broker and a real registry. */
class NormalizerIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final String PREFIX = "normalizer-it";
    private static final int TEN_MEGABYTES = 10 << 20;

    @Test
    void handsOnARecordOfTenMegabytesWithItsBytesAndReadsWhatFollows(@TempDir Path state) {
        Topics topics = STACK.topics(PREFIX);
        byte[] large = ("{\"a\":\"" + "x".repeat(TEN_MEGABYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
        byte[] sysmon = WindowsScenario.ALL.getFirst().fixture().winlogbeat().getBytes(StandardCharsets.UTF_8);
        String secret = "s".repeat(32);
        byte[] heartbeat = new CanarySignature(secret).canary("it-1", System.currentTimeMillis());
        String raw = topics.raw().getFirst().name();
        STACK.produce(
                topics.raw().getFirst(),
                List.of(
                        new ProducerRecord<>(raw, 0, null, large),
                        new ProducerRecord<>(raw, 0, null, new byte[0]),
                        new ProducerRecord<>(raw, 0, null, null),
                        new ProducerRecord<>(raw, 0, null, sysmon),
                        new ProducerRecord<>(raw, 0, null, heartbeat)));

        try (var service = SpringApplication.run(
                NormalizerApplication.class,
                "--clicktrail.bootstrap-servers=" + STACK.bootstrapServers(),
                "--clicktrail.topic-prefix=" + PREFIX,
                "--clicktrail.registry.url=" + STACK.registryUrl(),
                "--clicktrail.streams.state-dir=" + state,
                "--clicktrail.canary.secret=" + secret,
                "--server.port=0")) {
            assertThat(service.isRunning()).isTrue();

            var rejected = STACK.consume(topics.rejected(), 3);
            assertThat(rejected)
                    .extracting(NormalizerIT::reason)
                    .containsExactlyInAnyOrder("TOO_LARGE", "EMPTY", "EMPTY");
            assertThat(rejected)
                    .filteredOn(record -> reason(record).equals("TOO_LARGE"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(large));

            var events = STACK.consume(topics.events(), 4);
            assertThat(events)
                    .filteredOn(record -> record.value().getKind() == EventKind.HEARTBEAT)
                    .extracting(ConsumerRecord::partition)
                    .containsExactlyInAnyOrder(0, 1, 2);
            assertThat(events)
                    .filteredOn(record -> record.value().getKind() == EventKind.PROCESS_START)
                    .singleElement()
                    .satisfies(record -> assertThat(record.key()).isEqualTo("ws-17.corp.example"));
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(RejectedHeaders.REASON).value(), StandardCharsets.UTF_8);
    }
}
