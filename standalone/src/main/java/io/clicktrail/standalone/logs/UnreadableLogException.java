package io.clicktrail.standalone.logs;

import java.io.IOException;
import java.nio.file.Path;

/** A file or folder can't be read or written; the message says which and why. */
public final class UnreadableLogException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableLogException(String message) {
        super(message);
    }

    private UnreadableLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Reading a file failed. */
    public static UnreadableLogException in(Path file, IOException e) {
        return new UnreadableLogException("cannot read " + file + ": " + LogFiles.reason(e), e);
    }

    /** Writing a file failed. */
    public static UnreadableLogException unwritable(Path file, IOException e) {
        return new UnreadableLogException("cannot write " + file + ": " + LogFiles.reason(e), e);
    }
}
