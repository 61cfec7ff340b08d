package io.clicktrail.normalizer.macos;

import io.clicktrail.event.Host;
import org.jspecify.annotations.Nullable;

/** Identities of processes, the same whichever log names them. */
final class ProcessEntityIds {

    private ProcessEntityIds() {}

    /** The identity of a process by its pid and the count of the pid's uses; null where either is missing. */
    static @Nullable String entityId(@Nullable String pid, @Nullable String pidVersion, @Nullable Host host) {
        return pid == null || pidVersion == null
                ? null
                : (host == null ? "" : host.getName()) + ":" + pid + ":" + pidVersion;
    }
}
