package io.clicktrail.streams.failures;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sets a record aside on which a processor failed by a bug; a broker that refuses us stops the stream thread. Kafka
 * Streams asks a custom partitioner's topic for its partitions while it processes, so such a refusal comes this way.
 */
public final class ProcessingFailures extends LogAndContinueProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> processed, Exception exception) {
        return TransientFailures.whileProcessing(exception)
                ? Response.fail()
                : super.handleError(context, processed, exception);
    }
}
