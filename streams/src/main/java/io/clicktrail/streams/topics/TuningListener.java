package io.clicktrail.streams.topics;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.List;

/** Applies tuning documents in a service. */
public interface TuningListener {

    /**
     * Applies a document.
     *
     * @return why it was refused, empty if it was not; then the previous document stays in force
     */
    List<String> offer(Tuning document);

    /** Applies the built-in default, when a document is deleted. */
    void reset(Platform platform);
}
