package io.clicktrail.alerter.escalation;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.detection.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tier that looks at a case, with every reason that speaks for it.
 *
 * <p>Tier 1 takes low and medium. Tier 2 takes what is confirmed: a link known to be malicious, or code that ran after the
 * click. Tier 3 takes critical.
 */
public final class Escalations {

    private Escalations() {}

    /** The escalation of a judged chain. */
    public static Escalation of(Chain chain, Judgement judgement) {
        var reasons = new ArrayList<String>();
        int tier = 1;
        if (chain.has(Stage.EXECUTION)) {
            reasons.add("code ran after the click");
            tier = 2;
        }
        if (chain.knownBad()) {
            reasons.add("the link or its domain is confirmed malicious");
            tier = 2;
        }
        if (judgement.severity() == Severity.CRITICAL) {
            reasons.add("severity is critical");
            tier = 3;
        }
        if (tier == 1) {
            reasons.add("neither execution nor a confirmed malicious link");
        }
        if (tier > 1 && judgement.confidenceBand() == ConfidenceBand.LOW) {
            reasons.add("confidence is low: check first that the events belong together");
        }
        return escalation(tier, reasons, judgement.severity());
    }

    private static Escalation escalation(int tier, List<String> reasons, Severity severity) {
        return Escalation.newBuilder()
                .setTier(tier)
                .setReasons(reasons)
                .setAckSeconds(acknowledge(tier, severity).toSeconds())
                .setContainSeconds(
                        switch (tier) {
                            case 1 -> null;
                            case 2 -> Duration.ofMinutes(60).toSeconds();
                            default -> Duration.ofMinutes(30).toSeconds();
                        })
                .build();
    }

    private static Duration acknowledge(int tier, Severity severity) {
        return switch (tier) {
            case 1 -> severity == Severity.MEDIUM ? Duration.ofMinutes(60) : Duration.ofHours(4);
            case 2 -> Duration.ofMinutes(15);
            default -> Duration.ofMinutes(5);
        };
    }
}
