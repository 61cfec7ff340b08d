package io.clicktrail.standalone.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.streams.failures.ProductionFailures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final long DELIVERED = 1_772_445_660_000L;
    private static final byte[] KEY = {1, 2};
    private static final byte[] VALUE = "{\"a\": \u001b[2Jno json".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> REJECTED = Map.of(
            RejectedHeaders.REASON,
            "BAD_JSON",
            RejectedHeaders.FORMAT,
            "json",
            RejectedHeaders.POSITION,
            "6",
            RejectedHeaders.TOPIC,
            "clicktrail.raw.logs",
            RejectedHeaders.PARTITION,
            "2",
            RejectedHeaders.OFFSET,
            "17",
            "collector",
            "c1");

    @Test
    void goesBackUntouchedWithItsOwnHeadersAndACount() {
        var back = back(deadLetter(REJECTED, VALUE));

        assertThat(back.topic()).isEqualTo("clicktrail.raw.logs");
        assertThat(back.key()).isEqualTo(KEY);
        assertThat(back.value()).isEqualTo(VALUE);
        assertThat(back.timestamp()).isEqualTo(DELIVERED);
        assertThat(back.headers().toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("collector=c1", "clicktrail.redriven=1");
    }

    @Test
    void doesNotGoRoundForEver() {
        assertThat(back(deadLetter(with(DeadLetter.REDRIVEN, "2"), VALUE))
                        .headers()
                        .lastHeader(DeadLetter.REDRIVEN)
                        .value())
                .asString()
                .isEqualTo("3");
        assertThat(deadLetter(with(DeadLetter.REDRIVEN, "3"), VALUE).redrive("clicktrail", 3))
                .isEqualTo(new DeadLetter.RedriveDecision.Skip("it was sent back 3 times"));
        assertThat(deadLetter(with(DeadLetter.REDRIVEN, "many"), VALUE).redrive("clicktrail", 3))
                .isInstanceOf(DeadLetter.RedriveDecision.Skip.class);
    }

    @Test
    void staysWhereItIsNotWholeOrBelongsToOthers() {
        assertThat(deadLetter(with(RejectedHeaders.TRUNCATED, "99"), VALUE).redrive("clicktrail", 3))
                .isEqualTo(new DeadLetter.RedriveDecision.Skip("its value is cut"));
        assertThat(deadLetter(REJECTED, null).redrive("clicktrail", 3))
                .isEqualTo(new DeadLetter.RedriveDecision.Skip("its value was not kept"));
        assertThat(deadLetter(with(RejectedHeaders.TOPIC, "payroll"), VALUE).redrive("clicktrail", 3))
                .isInstanceOf(DeadLetter.RedriveDecision.Skip.class);
        assertThat(deadLetter(Map.of(), VALUE).redrive("clicktrail", 3))
                .isInstanceOf(DeadLetter.RedriveDecision.Skip.class);
    }

    @Test
    void aDeadLetterGoesBackToItsSourceOrToWhereItCouldNotBeWritten() {
        var letter = Map.of(
                "__streams.errors.exception", "java.lang.IllegalStateException",
                "__streams.errors.message", "a bug",
                "__streams.errors.topic", "clicktrail.events");
        assertThat(deadLetter(letter, VALUE).reason()).isEqualTo("IllegalStateException");
        assertThat(back(deadLetter(letter, VALUE)).topic()).isEqualTo("clicktrail.events");
        assertThat(back(deadLetter(letter, VALUE)).headers()).hasSize(1);

        var unwritten = Map.of(
                "__streams.errors.topic", "clicktrail.events", ProductionFailures.UNWRITTEN, "clicktrail.evidence");
        assertThat(back(deadLetter(unwritten, VALUE)).topic()).isEqualTo("clicktrail.evidence");
    }

    @Test
    void isShownOnOneLineThatATerminalDoesNotObey() {
        assertThat(deadLetter(REJECTED, VALUE).line())
                .isEqualTo("clicktrail.raw.rejected-0@5  BAD_JSON (json, byte 6)  from clicktrail.raw.logs-2@17"
                        + "  17 bytes  {\"a\": .[2Jno json");
    }

    private static ProducerRecord<byte[], byte[]> back(DeadLetter record) {
        return ((DeadLetter.RedriveDecision.Send) record.redrive("clicktrail", 3)).record();
    }

    private static Map<String, String> with(String header, String value) {
        var all = new HashMap<>(REJECTED);
        all.put(header, value);
        return all;
    }

    private static DeadLetter deadLetter(Map<String, String> headers, byte @Nullable [] value) {
        var all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return new DeadLetter(new ConsumerRecord<>(
                "clicktrail.raw.rejected",
                0,
                5,
                DELIVERED,
                TimestampType.CREATE_TIME,
                KEY.length,
                VALUE.length,
                KEY,
                value,
                all,
                Optional.empty()));
    }
}
