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

/** Tells a failure of the world around us from a bad record: the first is waited out, the second is set aside. */
public final class TransientFailures {

    private static final String CONFLUENT_REFUSAL =
            "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";
    private static final String CONFLUENT_UNKNOWN_SCHEMA = "error code: 40403";

    private TransientFailures() {}

    /** Whether a record could not be read for a reason that lies outside it. */
    static boolean whileReading(Throwable failure) {
        return any(
                failure,
                cause -> isOutage(cause)
                        || isConfluentRefusal(cause)
                                && !String.valueOf(cause.getMessage()).endsWith(CONFLUENT_UNKNOWN_SCHEMA));
    }

    /**
     * Whether a record could not be written for a reason that lies outside it; a schema that is not ours to write is
     * one.
     */
    public static boolean whileWriting(Throwable failure) {
        return any(failure, cause -> isOutage(cause) || isConfluentRefusal(cause));
    }

    /** Whether a record could not be processed because the brokers refuse us or do not answer. */
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

    /** By name, because Confluent's classes are on the class path only of those who asked for them. */
    private static boolean isConfluentRefusal(Throwable cause) {
        return cause.getClass().getName().equals(CONFLUENT_REFUSAL);
    }
}
