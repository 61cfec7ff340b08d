package io.clicktrail.streams.failures;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a record that can't be written to its topic to the dead letters, and continues. If the brokers or the registry
 * are unavailable, the stream thread stops.
 *
 * <p>A dead letter has the coordinates of the record that was being processed, in the same headers as Kafka's handlers
 * use. It has no value if the value is too large.
 */
public final class ProductionFailures implements ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProductionFailures.class);
    private static final String HEADER = "__streams.errors.";

    /** Header with the target topic of a record that could not be written. */
    public static final String UNWRITTEN = "clicktrail.unwritten.topic";

    private @Nullable String deadLetters;

    @Override
    public void configure(Map<String, ?> configs) {
        var topic = configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);
        deadLetters = topic == null ? null : topic.toString();
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> unwritten, Exception exception) {
        if (unwritten.topic().equals(deadLetters)) {
            LOG.atError()
                    .addKeyValue("topicName", context.topic())
                    .addKeyValue("offset", context.offset())
                    .setCause(exception)
                    .log("A dead letter could not be written");
            return concernsOneRecord(exception) ? Response.resume() : Response.fail();
        }
        if (!concernsOneRecord(exception)) {
            return Response.fail();
        }
        var value = exception instanceof RecordTooLargeException ? null : unwritten.value();
        var letter = letter(context, unwritten.key(), value);
        letter.headers().add(UNWRITTEN, unwritten.topic().getBytes(StandardCharsets.UTF_8));
        return setAside(context, unwritten.topic(), letter, exception);
    }

    /** Throws on a transient failure; {@code fail} would reach the processing handler as if it were a bug. */
    @Override
    @SuppressWarnings("rawtypes") // Kafka's signature
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord unwritten,
            Exception exception,
            SerializationExceptionOrigin origin) {
        if (TransientFailures.whileWriting(exception)) {
            throw new IllegalStateException("Can't write to " + unwritten.topic() + " for now", exception);
        }
        var letter = letter(context, context.sourceRawKey(), context.sourceRawValue());
        return setAside(context, unwritten.topic(), letter, exception);
    }

    private static boolean concernsOneRecord(Exception exception) {
        return exception instanceof RecordTooLargeException
                || exception instanceof SerializationException
                || exception instanceof InvalidTimestampException;
    }

    private Response setAside(
            ErrorHandlerContext context, String topic, ProducerRecord<byte[], byte[]> letter, Exception exception) {
        LOG.atWarn()
                .addKeyValue("unwrittenTopic", topic)
                .addKeyValue("topicName", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .setCause(exception)
                .log("A record could not be written; it goes to the dead letters");
        if (deadLetters == null) {
            return Response.resume();
        }
        var headers = letter.headers();
        add(headers, "exception", exception.getClass().getName());
        add(headers, "message", String.valueOf(exception.getMessage()));
        add(headers, "stacktrace", stackTrace(exception));
        add(headers, "topic", String.valueOf(context.topic()));
        add(headers, "partition", String.valueOf(context.partition()));
        add(headers, "offset", String.valueOf(context.offset()));
        return Response.resume(List.of(letter));
    }

    private ProducerRecord<byte[], byte[]> letter(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value) {
        return new ProducerRecord<>(String.valueOf(deadLetters), null, timestamp(context), key, value);
    }

    /** Kafka uses -1 if a failure has no source record; a producer accepts only null or a valid value. */
    private static @Nullable Long timestamp(ErrorHandlerContext context) {
        return context.timestamp() < 0 ? null : context.timestamp();
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(HEADER + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String stackTrace(Exception exception) {
        var trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
