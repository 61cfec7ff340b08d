package io.clicktrail.normalizer.event;

import io.clicktrail.event.Logon;
import org.jspecify.annotations.Nullable;

/** Logons as hosts and networks log them, which know neither country nor second factor. */
public final class Logons {

    private Logons() {}

    /**
     * A logon or logoff.
     *
     * @param ip address that it came from, canonical text
     * @param begin true for a logon
     */
    public static Logon of(@Nullable Integer type, @Nullable String id, @Nullable String ip, boolean begin) {
        return new Logon(type, id, ip, begin, null, null, null);
    }
}
