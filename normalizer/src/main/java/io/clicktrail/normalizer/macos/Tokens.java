package io.clicktrail.normalizer.macos;

import io.clicktrail.event.Host;
import org.jspecify.annotations.Nullable;

/** Identities of processes, the same whichever log names them. */
final class Tokens {

    private Tokens() {}

    static String entityId(@Nullable Host host, String pid, String pidVersion) {
        return (host == null ? "" : host.getName()) + ":" + pid + ":" + pidVersion;
    }
}
