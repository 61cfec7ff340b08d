package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** Windows logon types (learn.microsoft.com, event 4624), which some sources write as a number and some in words. */
public final class LogonTypes {

    private LogonTypes() {}

    /** The number of a logon type; null where it is absent or none. */
    public static @Nullable Integer number(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "Interactive", "INTERACTIVE" -> 2;
            case "Network", "NETWORK" -> 3;
            case "Batch", "BATCH" -> 4;
            case "Service", "SERVICE" -> 5;
            case "Unlock", "UNLOCK" -> 7;
            case "NetworkCleartext", "NETWORK_CLEARTEXT" -> 8;
            case "NewCredentials", "NEW_CREDENTIALS" -> 9;
            case "RemoteInteractive", "REMOTE_INTERACTIVE" -> 10;
            case "CachedInteractive", "CACHED_INTERACTIVE" -> 11;
            case "CachedRemoteInteractive", "CACHED_REMOTE_INTERACTIVE" -> 12;
            case "CachedUnlock", "CACHED_UNLOCK" -> 13;
            default -> Numbers.within(text, 255);
        };
    }
}
