package io.clicktrail.schemas;

import io.clicktrail.event.Event;
import io.clicktrail.event.Hash;
import io.clicktrail.evidence.Evidence;
import org.jspecify.annotations.Nullable;

/** The file that a piece of evidence shows on a host. */
public final class SeenFile {

    private SeenFile() {}

    /** SHA-256 of the file that was written, or of a program in a user path that ran. */
    public static @Nullable String sha256(Evidence evidence) {
        Event event = evidence.getEvent();
        String written = event.getFile() == null ? null : sha256(event.getFile().getHash());
        if (written != null) {
            return written;
        }
        boolean own = evidence.getProcess() != null && evidence.getProcess().getImageUserWritable();
        return own && event.getProcess() != null ? sha256(event.getProcess().getHash()) : null;
    }

    private static @Nullable String sha256(@Nullable Hash hash) {
        return hash == null ? null : hash.getSha256();
    }
}
