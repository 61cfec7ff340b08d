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

/** A record of the rejected topic or of dead letters, and what its headers tell of it. */
public record SetAside(ConsumerRecord<byte[], byte[]> record) {

    /** How often a record was sent back, in decimal; so one that is set aside each time does not go round for ever. */
    public static final String REDRIVEN = "clicktrail.redriven";

    private static final String REJECTED = "clicktrail.rejected.";
    private static final String DEAD_LETTER = "__streams.errors.";
    private static final String INTERNAL = "clicktrail-";
    private static final int SHOWN = 96;
    private static final int MOST_REASON = 160;

    /** What comes of sending a record back. */
    public sealed interface Way {

        /** It goes to its topic. */
        record Back(ProducerRecord<byte[], byte[]> record) implements Way {}

        /** It stays. */
        record Stays(String why) implements Way {}
    }

    /** Why it was set aside: the reason of a rejection, or the exception's class. */
    public String reason() {
        String reason = text(RejectedHeaders.REASON);
        if (reason != null) {
            return printable(reason, MOST_REASON);
        }
        String exception = text(DEAD_LETTER + "exception");
        return exception == null
                ? "UNKNOWN"
                : printable(exception.substring(exception.lastIndexOf('.') + 1), MOST_REASON);
    }

    /** How often it was sent back before. */
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
     * Where it goes: the bytes of key and value untouched, with the time of delivery and the headers that it came with.
     *
     * @param prefix of the topics; a record of another's topic stays
     * @param most how often a record may be sent back
     */
    public Way wayBack(String prefix, int most) {
        String unwritten = text(ProductionFailures.UNWRITTEN);
        String topic = unwritten != null ? unwritten : text(RejectedHeaders.TOPIC);
        if (topic == null) {
            topic = text(DEAD_LETTER + "topic");
        }
        if (topic == null || !(topic.startsWith(prefix + ".") || topic.startsWith(INTERNAL))) {
            return new Way.Stays("no header names a topic of " + prefix);
        }
        if (record.value() == null) {
            return new Way.Stays("its value was not kept");
        }
        if (text(RejectedHeaders.TRUNCATED) != null) {
            return new Way.Stays("its value is cut");
        }
        int before = redriven();
        if (before >= most) {
            return new Way.Stays("it was sent back " + before + " times");
        }
        var headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!isOfSettingAside(header.key())) {
                headers.add(header);
            }
        }
        headers.add(REDRIVEN, Integer.toString(before + 1).getBytes(StandardCharsets.UTF_8));
        return new Way.Back(
                new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), headers));
    }

    /** One line for a person; nothing of the record can move the cursor or pass for other text. */
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
            return " (" + printable(format, MOST_REASON) + ", byte " + shown(RejectedHeaders.POSITION) + ")";
        }
        String message = text(DEAD_LETTER + "message");
        return message == null ? "" : " (" + printable(message, MOST_REASON) + ")";
    }

    private String beginning() {
        byte[] value = record.value();
        if (value == null) {
            return "";
        }
        return printable(new String(value, 0, Math.min(value.length, SHOWN), StandardCharsets.UTF_8), SHOWN);
    }

    private String shown(String header) {
        String text = text(header);
        return text == null ? "?" : printable(text, MOST_REASON);
    }

    private @Nullable String text(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static boolean isOfSettingAside(String header) {
        return header.startsWith(REJECTED)
                || header.startsWith(DEAD_LETTER)
                || header.equals(ProductionFailures.UNWRITTEN)
                || header.equals(REDRIVEN);
    }

    /** ASCII alone: bytes from outside may hold anything that a terminal obeys. */
    private static String printable(String text, int most) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && i < most; i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : '.');
        }
        return out.toString();
    }
}
