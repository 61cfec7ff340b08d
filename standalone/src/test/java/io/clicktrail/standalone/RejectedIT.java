package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.schemas.RegistrySerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.redrive.DeadLetter;
import io.clicktrail.streams.testkit.InMemoryRegistry;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rejected records on a real broker. */
class RejectedIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final String PREFIX = "aside";

    @Test
    void listsRejectedRecordsAndSendsEachBackOnce() {
        var topics = Topics.of(PREFIX, Topics.DEFAULT_RAW, new RegistrySerdes(new InMemoryRegistry()));
        STACK.createTopics(topics);
        STACK.produce(
                topics.rejected(), List.of(rejected(topics, "first", "BAD_JSON"), rejected(topics, "second", "EMPTY")));
        var bytes = Serdes.ByteArray();
        STACK.produce(new Topic<>(topics.dlq("enricher"), bytes, bytes), List.of(deadLetter(topics)));

        var listed = new Captured();
        assertThat(run(listed, "list")).isZero();
        assertThat(listed.results()).hasLineCount(2).contains("BAD_JSON").contains("from aside.raw.logs-0@7");
        assertThat(listed.messages()).contains("1 BAD_JSON").contains("1 EMPTY");

        assertThat(redriven("--reason", "bad_json")).contains("1 sent back");
        assertThat(redriven()).contains("2 sent back");
        assertThat(redriven()).contains("0 sent back");
        assertThat(redriven("--again")).contains("2 sent back");

        assertThat(STACK.consume(topics.raw().getFirst(), 5)).hasSize(5).allSatisfy(record -> {
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isIn("first", "second");
            assertThat(record.timestamp()).isEqualTo(1_772_445_660_000L);
            assertThat(record.headers().lastHeader(DeadLetter.REDRIVEN).value())
                    .asString()
                    .isEqualTo("1");
            assertThat(record.headers().lastHeader(RejectedHeaders.REASON)).isNull();
        });

        assertThat(redriven("--dead-letters", "enricher")).contains("1 sent back");
        var events = new Topic<>(topics.events().name(), bytes, bytes);
        assertThat(STACK.consume(events, 1))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).asString().isEqualTo("third"));
    }

    private static String redriven(String... options) {
        var captured = new Captured();
        var arguments = new ArrayList<>(List.of("redrive"));
        arguments.addAll(List.of(options));
        assertThat(run(captured, arguments.toArray(String[]::new))).isZero();
        return captured.messages();
    }

    private static int run(Captured captured, String... arguments) {
        var all = new ArrayList<>(List.of("rejected"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", STACK.bootstrapServers(), "--prefix", PREFIX));
        return captured.run(all.toArray(String[]::new));
    }

    private static ProducerRecord<byte[], byte[]> rejected(Topics topics, String value, String reason) {
        var record = record(topics.rejected().name(), value);
        record.headers()
                .add(RejectedHeaders.REASON, bytes(reason))
                .add(RejectedHeaders.TOPIC, bytes(topics.raw().getFirst().name()))
                .add(RejectedHeaders.PARTITION, bytes("0"))
                .add(RejectedHeaders.OFFSET, bytes("7"));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(Topics topics) {
        var record = record(topics.dlq("enricher"), "third");
        record.headers()
                .add("__streams.errors.exception", bytes("java.lang.IllegalStateException"))
                .add("__streams.errors.topic", bytes(topics.events().name()));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
        return new ProducerRecord<>(topic, null, 1_772_445_660_000L, null, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
