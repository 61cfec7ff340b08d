package io.clicktrail.standalone.logs;

import java.io.IOException;
import java.nio.file.Path;

/** A log file or folder that can't be read; the message says which and why, for the person who named it. */
public final class UnreadableLogException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableLogException(String message) {
        super(message);
    }

    private UnreadableLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says that reading a file failed on the way. */
    public static UnreadableLogException in(Path file, IOException e) {
        return new UnreadableLogException("cannot read " + file + ": " + LogFiles.reason(e), e);
    }

    /** Says that a file can't be written. */
    public static UnreadableLogException unwritable(Path file, IOException e) {
        return new UnreadableLogException("cannot write " + file + ": " + LogFiles.reason(e), e);
    }
}
