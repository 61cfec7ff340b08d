package io.clicktrail.streams.failures;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Kafka's handling of records that can't be deserialized, dead letter and continue, with one exception: while the
 * registry is down no record can be deserialized, so the service stops and reads them again later.
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
