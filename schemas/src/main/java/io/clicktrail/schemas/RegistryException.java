package io.clicktrail.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry refused our schema, does not let us in or can't be reached. Nothing is wrong with the record at hand, so
 * the service stops and tries again; the message names subject and registry, never a secret.
 */
public final class RegistryException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
