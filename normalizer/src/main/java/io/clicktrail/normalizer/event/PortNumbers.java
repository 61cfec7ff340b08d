package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Which side of a connection serves, where it follows only from the ports. */
public final class PortNumbers {

    private static final int WELL_KNOWN_END = 1024;
    private static final int EPHEMERAL_FROM = 32_768;

    private PortNumbers() {}

    /**
     * Whether this side has the port of a server and the other that of a client: a well-known port, else one below the
     * ephemeral ones.
     */
    public static boolean isServer(@Nullable Integer here, @Nullable Integer there) {
        if (here == null || there == null) {
            return false;
        }
        return here < WELL_KNOWN_END ? there >= WELL_KNOWN_END : here < EPHEMERAL_FROM && there >= EPHEMERAL_FROM;
    }
}
