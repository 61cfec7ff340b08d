package io.clicktrail.streams.failures;

import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** Why Kafka Streams last stopped or did not start, in a form that health may show. */
public final class LastFailure {

    private static final int MAX_CHARS = 300;

    private volatile @Nullable String reason;

    public void record(Throwable failure) {
        reason = inWords(failure);
    }

    @Nullable
    public String reason() {
        return reason;
    }

    /**
     * Kafka's errors name topics and groups; other messages may contain secrets, so only the type is shown.
     */
    private static String inWords(Throwable failure) {
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException) {
                var words = cause.getClass().getSimpleName() + ": " + cause.getMessage();
                return words.length() <= MAX_CHARS ? words : words.substring(0, MAX_CHARS);
            }
            root = cause;
        }
        return root.getClass().getSimpleName();
    }
}
