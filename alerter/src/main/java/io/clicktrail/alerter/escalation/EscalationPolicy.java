package io.clicktrail.alerter.escalation;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.LostCredentials;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.RiskBand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tier handles a case, with all reasons.
 *
 * <p>Tier 1 handles low and medium. Tier 2 handles what is confirmed: a link known to be malicious, code that ran after
 * the click, a risky sign-in, an alert of another product after it, or other hosts on the same suspicious site. Tier 3
 * handles critical cases and campaigns.
 */
public final class EscalationPolicy {

    private EscalationPolicy() {}

    private static final int LAST_TIER = 3;

    /** The escalation of a judged chain. @param aftermath reasons from after the click */
    public static Escalation of(Chain chain, Judgement judgement, CaseContext context, List<String> aftermath) {
        var reasons = new ArrayList<String>();
        int tier = 1;
        if (chain.firstRun() != null) {
            reasons.add("code ran after the click");
            tier = 2;
        }
        if (chain.knownBad()) {
            reasons.add("the link or its domain is confirmed malicious");
            tier = 2;
        }
        if (LostCredentials.haveSignIn(chain.head().getDecision())) {
            reasons.add("a risky sign-in of the account followed the click");
            tier = 2;
        }
        int spread = spread(chain, context);
        if (spread > 0) {
            reasons.add(spread + (spread == 1 ? " other host" : " other hosts") + " contacted the site within a day");
            tier = 2;
        }
        int devices = context.devices();
        if (devices > 1) {
            reasons.add(devices + " hosts have cases with the same site or file");
            tier = devices >= CaseContext.LARGE_CAMPAIGN ? LAST_TIER : 2;
        }
        if (!context.alertsAfter().isEmpty()) {
            reasons.add("another security product alerted on the host or the file after the click");
            tier = Math.max(2, tier);
        }
        if (!aftermath.isEmpty()) {
            reasons.addAll(aftermath);
            tier = Math.max(2, tier);
        }
        if (judgement.severity() == Severity.CRITICAL) {
            reasons.add("severity is critical");
            tier = 3;
        }
        if (tier == 1) {
            reasons.add("no execution, no confirmed malicious link, no other hosts, no other alerts");
        }
        if (tier > 1 && judgement.confidenceBand() == ConfidenceBand.LOW) {
            reasons.add("confidence is low: check first that the events belong together");
        }
        return escalation(tier, reasons, judgement.severity());
    }

    /** The escalation to a tier for lack of an acknowledgement. */
    public static Escalation at(int tier, List<String> reasons) {
        return escalation(tier, reasons, Severity.HIGH);
    }

    /** Other hosts on the site; 0 where the score of the site is too low for them to matter. */
    private static int spread(Chain chain, CaseContext context) {
        DomainRisk domain = chain.domain();
        boolean suspicious = domain != null
                && domain.getAllowList() == null
                && domain.getBand().compareTo(RiskBand.HIGH) >= 0;
        return suspicious ? context.spread().size() : 0;
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
