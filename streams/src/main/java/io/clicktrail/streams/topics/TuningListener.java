package io.clicktrail.streams.topics;

import io.clicktrail.event.Platform;
import io.clicktrail.tuning.Tuning;
import java.util.List;

/** What a service judges by, compiled from tuning documents. */
public interface TuningListener {

    /**
     * Puts a document in force.
     *
     * @return why it was refused, empty where it was not; a refused document leaves the old one in force
     */
    List<String> offer(Tuning document);

    /** Puts the built-in default back in force, as when a document is deleted. */
    void reset(Platform platform);
}
