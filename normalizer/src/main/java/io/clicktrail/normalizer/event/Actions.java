package io.clicktrail.normalizer.event;

import io.clicktrail.event.EventOutcome;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words in which devices say what they did about what they saw. */
public final class Actions {

    private static final List<String> FAILURES = List.of(
            "block",
            "den",
            "drop",
            "random-drop",
            "reject",
            "reset",
            "sinkhole",
            "quarantin",
            "fail",
            "prevent",
            "terminat");
    private static final List<String> SUCCESSES = List.of(
            "allow",
            "accept",
            "permit",
            "pass",
            "success",
            "deliver",
            "/success",
            "start",
            "end",
            "clos",
            "alert",
            "continue",
            "override",
            "observed",
            "proxied",
            "monitor");

    private Actions() {}

    /** FAILURE for what was blocked or failed, SUCCESS for what was let through, else UNKNOWN. */
    public static EventOutcome outcome(@Nullable String action) {
        if (action == null) {
            return EventOutcome.UNKNOWN;
        }
        String word = action.toLowerCase(Locale.ROOT);
        for (String failure : FAILURES) {
            if (word.startsWith(failure)) {
                return EventOutcome.FAILURE;
            }
        }
        for (String success : SUCCESSES) {
            if (word.startsWith(success)) {
                return EventOutcome.SUCCESS;
            }
        }
        return EventOutcome.UNKNOWN;
    }
}
