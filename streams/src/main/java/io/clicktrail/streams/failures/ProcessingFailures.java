package io.clicktrail.streams.failures;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes a record that hit a bug in a processor to the dead letters. If a broker refuses a request, the stream thread
 * stops instead: Kafka Streams asks for the partitions of a custom partitioner's topic during processing.
 */
public final class ProcessingFailures extends LogAndContinueProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> processed, Exception exception) {
        return TransientFailures.whileProcessing(exception)
                ? Response.fail()
                : super.handleError(context, processed, exception);
    }
}
