package io.clicktrail.standalone.replay;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import java.util.List;

/** The cases that a person is shown: no duplicate of another, not retracted and not suppressed. */
public final class OpenCases {

    private OpenCases() {}

    /** Those of the given cases, in their order. */
    public static List<Alert> of(List<Alert> cases) {
        return cases.stream().filter(OpenCases::isOpen).toList();
    }

    private static boolean isOpen(Alert alert) {
        return alert.getDuplicateOf() == null
                && alert.getChangeReason() != ChangeReason.RETRACTED
                && alert.getState() != CaseState.SUPPRESSED
                && alert.getState() != CaseState.DELETED;
    }
}
