package io.clicktrail.normalizer.event;

import io.clicktrail.event.EventOutcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the words of controls say of the outcome: let through, or stopped. */
public final class Outcomes {

    private static final String[] STOPPED = {
        "block",
        "deny",
        "denied",
        "drop",
        "reject",
        "prevent",
        "reset",
        "sinkhole",
        "quarantine",
        "random-drop",
        "caution"
    };
    private static final String[] LET_THROUGH = {
        "allow", "accept", "permit", "pass", "alert", "continue", "override", "observed", "proxied", "monitor"
    };

    private Outcomes() {}

    /** The outcome of an action such as {@code Blocked}, {@code reset-both}, {@code passthrough}; unknown words say nothing. */
    public static EventOutcome ofAction(@Nullable String action) {
        if (action == null) {
            return EventOutcome.UNKNOWN;
        }
        String word = action.toLowerCase(Locale.ROOT);
        return begins(word, STOPPED)
                ? EventOutcome.FAILURE
                : begins(word, LET_THROUGH) ? EventOutcome.SUCCESS : EventOutcome.UNKNOWN;
    }

    private static boolean begins(String word, String[] beginnings) {
        for (String beginning : beginnings) {
            if (word.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
