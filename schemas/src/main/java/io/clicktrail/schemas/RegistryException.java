package io.clicktrail.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refused a schema, does not know one, or can't be reached; the message names subject and registry. */
public final class RegistryException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
