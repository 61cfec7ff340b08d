package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import java.util.ArrayList;
import java.util.List;

/** What happened after the click, as far as the chain does not show it. */
public record Aftermath(SentData sent) {

    /** What is known of a chain. */
    public static Aftermath of(Chain chain, CaseContext context) {
        return new Aftermath(SentData.of(chain, context));
    }

    /** Reasons for a higher severity and tier; empty where there is none. */
    public List<String> reasons() {
        var reasons = new ArrayList<String>();
        if (sent.verdict() == SentData.Verdict.SENT) {
            reasons.add("data was sent out after the click");
        }
        return reasons;
    }
}
