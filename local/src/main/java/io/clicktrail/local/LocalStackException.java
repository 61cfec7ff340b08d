package io.clicktrail.local;

import org.jspecify.annotations.Nullable;

/** Broker or registry does not start or stop; the message says which, with the last lines of its log. */
public final class LocalStackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalStackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
