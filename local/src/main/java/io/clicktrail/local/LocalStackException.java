package io.clicktrail.local;

import org.jspecify.annotations.Nullable;

/** The broker or registry of this machine does not start or stop; the message says which, and what it wrote last. */
public final class LocalStackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalStackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
