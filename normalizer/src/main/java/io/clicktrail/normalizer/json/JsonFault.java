package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.raw.Reason;

/** JSON that cannot be read on: an answer, not a bug, and so without a stack. */
public final class JsonFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final int at;

    JsonFault(Reason reason, int at) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.at = at;
    }

    public Reason reason() {
        return reason;
    }

    /** The byte at which reading failed. */
    public int at() {
        return at;
    }
}
