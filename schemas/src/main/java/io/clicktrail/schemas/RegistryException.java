package io.clicktrail.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry refused a schema or a login, or can't be reached. The record itself may be valid, so the service stops
 * and retries; the message names subject and registry, never a secret.
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
