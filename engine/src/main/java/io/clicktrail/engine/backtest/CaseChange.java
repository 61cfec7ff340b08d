package io.clicktrail.engine.backtest;

import io.clicktrail.alert.Alert;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case that two settings judge differently.
 *
 * @param before by the old setting, null where there is none
 * @param after by the new setting, null where there is none
 * @param reasons why, each a short sentence without a full stop
 */
public record CaseChange(
        Kind kind, @Nullable Alert before, @Nullable Alert after, List<String> reasons) {

    /** What became of a case. */
    public enum Kind {
        APPEARS,
        DISAPPEARS,
        TIER,
        SEVERITY
    }

    public CaseChange {
        reasons = List.copyOf(reasons);
    }

    /** The case, by the new setting where there are two. */
    public Alert shown() {
        return after != null ? after : Objects.requireNonNull(before, "a change has a case");
    }
}
