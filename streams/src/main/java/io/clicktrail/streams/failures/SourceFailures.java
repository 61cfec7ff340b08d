package io.clicktrail.streams.failures;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Kafka's own handling of unreadable records, dead letter and go on, with one exception: while the registry is down
 * every record is unreadable, so the service stops and reads them again later.
 */
public final class SourceFailures extends LogAndContinueExceptionHandler {

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> unreadable, Exception exception) {
        return TransientFailures.whileReading(exception)
                ? Response.fail()
                : super.handleError(context, unreadable, exception);
    }
}
