package io.clicktrail.standalone.stack;

import org.jspecify.annotations.Nullable;

/** The stack does not start or has failed; the message says what failed, what to do and where the log is. */
public final class StackException extends Exception {
    private static final long serialVersionUID = 1;

    public StackException(String message) {
        this(message, null);
    }

    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
