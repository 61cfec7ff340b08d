package io.clicktrail.alerter.chain;

import io.clicktrail.detection.Decision;
import io.clicktrail.detection.DecisionPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What made a chain without a file a case: a form that was sent, or a risky sign-in that followed. The names of the
 * parts are those of the correlator's weights.
 */
public enum LostCredentials {
    FORM("form_sent", "a form was sent to a page that asks for credentials and is not trusted"),
    SIGN_IN("high_risk_sign_in", "a sign-in of the account followed that its identity provider calls a high risk"),
    MEDIUM_SIGN_IN(
            "medium_risk_sign_in", "a sign-in of the account followed that its identity provider calls a medium risk");

    private final String part;
    private final String reason;

    LostCredentials(String part, String reason) {
        this.part = part;
        this.reason = reason;
    }

    /** Why it counts, in words. */
    public String reason() {
        return reason;
    }

    /** Those that the decision over a chain names, in the order of this type. */
    public static List<LostCredentials> of(Chain chain) {
        return of(chain.head().getDecision());
    }

    /** Whether a risky sign-in is among what made a case of a chain. */
    public static boolean haveSignIn(@Nullable Decision decision) {
        return of(decision).stream().anyMatch(each -> each != FORM);
    }

    /** Whether a form or a risky sign-in is among what made a case of a chain. */
    public static boolean isLikely(@Nullable Decision decision) {
        return !of(decision).isEmpty();
    }

    private static List<LostCredentials> of(@Nullable Decision decision) {
        var found = new ArrayList<LostCredentials>();
        for (LostCredentials each : values()) {
            if (decision != null
                    && decision.getParts().stream().map(DecisionPart::getName).anyMatch(each.part::equals)) {
                found.add(each);
            }
        }
        return found;
    }
}
