package io.clicktrail.streams.failures;

import io.clicktrail.schemas.RegistryException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Distinguishes failures of brokers and registry, which are retried, from bad records, which become dead letters. */
public final class TransientFailures {

    private static final String CONFLUENT_REFUSAL =
            "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";
    private static final String CONFLUENT_UNKNOWN_SCHEMA = "error code: 40403";

    private TransientFailures() {}

    /** Whether a record could not be deserialized for a reason other than the record itself. */
    static boolean whileReading(Throwable failure) {
        return any(
                failure,
                cause -> isOutage(cause)
                        || isConfluentRefusal(cause)
                                && !String.valueOf(cause.getMessage()).endsWith(CONFLUENT_UNKNOWN_SCHEMA));
    }

    /**
     * Whether a record could not be written for a reason other than the record itself, including a schema that the
     * registry refuses.
     */
    public static boolean whileWriting(Throwable failure) {
        return any(failure, cause -> isOutage(cause) || isConfluentRefusal(cause));
    }

    /** Whether a record could not be processed because the brokers refuse requests or do not answer. */
    static boolean whileProcessing(Throwable failure) {
        return any(
                failure,
                cause -> cause instanceof AuthorizationException
                        || cause instanceof AuthenticationException
                        || cause instanceof RetriableException);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> matches) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (matches.test(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return cause instanceof RegistryException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof HttpTimeoutException
                || cause instanceof InterruptedIOException
                || cause instanceof SSLException;
    }

    /** By name, because Confluent's classes are on the class path only with the profile confluent. */
    private static boolean isConfluentRefusal(Throwable cause) {
        return cause.getClass().getName().equals(CONFLUENT_REFUSAL);
    }
}
