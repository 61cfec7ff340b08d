package io.clicktrail.standalone.redrive;

import io.clicktrail.normalizer.kafka.RejectedHeaders;
import io.clicktrail.streams.failures.ProductionFailures;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record of the rejected topic or of a dead-letter topic, described by its headers. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

    /**
     * Header with the number of times that a record was redriven, in decimal; it ends the loop of one that always
     * fails.
     */
    public static final String REDRIVEN = "clicktrail.redriven";

    private static final String REJECTED = "clicktrail.rejected.";
    private static final String DEAD_LETTER = "__streams.errors.";
    private static final int MAX_SHOWN_CHARS = 96;
    private static final int MAX_REASON_CHARS = 160;

    /** Whether a record can be redriven. */
    public sealed interface RedriveDecision {

        /** Send this record to the topic that it names. */
        record Send(ProducerRecord<byte[], byte[]> record) implements RedriveDecision {}

        /** Leave it where it is. */
        record Skip(String reason) implements RedriveDecision {}
    }

    /** The reason of a rejection, or the simple name of the exception's class. */
    public String reason() {
        String reason = text(RejectedHeaders.REASON);
        if (reason != null) {
            return printable(reason, MAX_REASON_CHARS);
        }
        String exception = text(DEAD_LETTER + "exception");
        return exception == null
                ? "UNKNOWN"
                : printable(exception.substring(exception.lastIndexOf('.') + 1), MAX_REASON_CHARS);
    }

    /** How often it was redriven before; a header that is no number counts as the maximum. */
    public int redriven() {
        String count = text(REDRIVEN);
        if (count == null) {
            return 0;
        }
        try {
            return Math.max(0, Integer.parseInt(count));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * The record to send to its original topic: same key, value, timestamp and headers, without the headers of the
     * failure.
     *
     * @param prefix of the topics; a record of any other topic is skipped
     * @param max how often a record may be redriven
     */
    public RedriveDecision redrive(String prefix, int max) {
        String unwritten = text(ProductionFailures.UNWRITTEN);
        String topic = unwritten != null ? unwritten : text(RejectedHeaders.TOPIC);
        if (topic == null) {
            topic = text(DEAD_LETTER + "topic");
        }
        if (topic == null || !(topic.startsWith(prefix + ".") || topic.startsWith(prefix + "-"))) {
            return new RedriveDecision.Skip("no header names a topic of " + prefix);
        }
        if (record.value() == null) {
            return new RedriveDecision.Skip("its value was not kept");
        }
        if (text(RejectedHeaders.TRUNCATED) != null) {
            return new RedriveDecision.Skip("its value is cut");
        }
        int before = redriven();
        if (before >= max) {
            return new RedriveDecision.Skip("it was sent back " + before + " times");
        }
        var headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!describesTheFailure(header.key())) {
                headers.add(header);
            }
        }
        headers.add(REDRIVEN, Integer.toString(before + 1).getBytes(StandardCharsets.UTF_8));
        return new RedriveDecision.Send(
                new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), headers));
    }

    /** One line for the terminal, in printable ASCII, so that no content of the record acts as a control sequence. */
    public String line() {
        String topic = text(RejectedHeaders.TOPIC) == null ? DEAD_LETTER : REJECTED;
        return String.format(
                Locale.ROOT,
                "%s-%d@%d  %s%s  from %s-%s@%s  %,d bytes  %s",
                record.topic(),
                record.partition(),
                record.offset(),
                reason(),
                detail(),
                shown(topic + "topic"),
                shown(topic + "partition"),
                shown(topic + "offset"),
                record.value() == null ? 0 : record.value().length,
                beginning());
    }

    private String detail() {
        String format = text(RejectedHeaders.FORMAT);
        if (format != null) {
            return " (" + printable(format, MAX_REASON_CHARS) + ", byte " + shown(RejectedHeaders.POSITION) + ")";
        }
        String message = text(DEAD_LETTER + "message");
        return message == null ? "" : " (" + printable(message, MAX_REASON_CHARS) + ")";
    }

    private String beginning() {
        byte[] value = record.value();
        if (value == null) {
            return "";
        }
        return printable(
                new String(value, 0, Math.min(value.length, MAX_SHOWN_CHARS), StandardCharsets.UTF_8), MAX_SHOWN_CHARS);
    }

    private String shown(String header) {
        String text = text(header);
        return text == null ? "?" : printable(text, MAX_REASON_CHARS);
    }

    private @Nullable String text(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static boolean describesTheFailure(String header) {
        return header.startsWith(REJECTED)
                || header.startsWith(DEAD_LETTER)
                || header.equals(ProductionFailures.UNWRITTEN)
                || header.equals(REDRIVEN);
    }

    /** Printable ASCII; other characters, such as terminal control sequences, become dots. */
    private static String printable(String text, int max) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && i < max; i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : '.');
        }
        return out.toString();
    }
}
