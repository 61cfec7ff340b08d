package io.clicktrail.streams.failures;

import org.jspecify.annotations.Nullable;

/** Why Kafka Streams last stopped or did not start, in a form that health and log may show. */
public final class LastFailure {

    private volatile @Nullable String reason;

    /** Keeps a failure, and returns it as a sentence. */
    public String record(Throwable failure) {
        var sentence = FailureSentence.of(failure);
        reason = sentence;
        return sentence;
    }

    @Nullable
    public String reason() {
        return reason;
    }
}
