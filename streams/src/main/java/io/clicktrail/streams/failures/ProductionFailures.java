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
 * Sets a record aside that can't be written, and goes on; a world that can't be written to stops the stream thread.
 *
 * <p>A dead letter carries the coordinates of the record that was being processed in the same headers as Kafka's own
 * handlers, and no value where the value is what was too large.
 */
public final class ProductionFailures implements ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProductionFailures.class);
    private static final String HEADER = "__streams.errors.";

    /** Topic that a dead letter was meant for which is no record that was read but one that could not be written. */
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

    /** Throws where the world is broken: a mere {@code fail} would reach the processing handler as if it were a bug. */
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
                .log("A record could not be written and is set aside");
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

    /** Kafka says -1 where a failure belongs to no source record; a producer takes only what is absent or real. */
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
