package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened after the click, as far as the chain does not show it. */
public record Aftermath(SentData sent, FollowUps followUps, SignIns signIns) {

    /** What is known of a chain. */
    public static Aftermath of(Chain chain, CaseContext context) {
        return new Aftermath(SentData.of(chain, context), FollowUps.of(chain, context), SignIns.of(chain, context));
    }

    /** True where data was sent out, which makes code that ran critical. */
    public boolean sentData() {
        return sent.verdict() == SentData.Verdict.SENT;
    }

    /** Reasons for a higher tier; empty where there is none. */
    public List<String> reasons() {
        var reasons = new ArrayList<String>();
        if (sentData()) {
            reasons.add("data was sent out after the click");
        }
        if (followUps.tookCredentials()) {
            reasons.add("what ran went for credentials");
        }
        if (!followUps.lateral().newHosts().isEmpty()) {
            reasons.add("logons followed at hosts that the account had not used before");
        }
        if (!signIns.strange().isEmpty()) {
            reasons.add("a sign-in after the click is unlike the account's others");
        }
        if (signIns.isFatigue()) {
            reasons.add(
                    "a second factor was accepted after " + signIns.refused().size() + " refusals");
        }
        return reasons;
    }

    /** What stands for a technique of ATT&CK. */
    public List<Fact> techniques() {
        var all = new ArrayList<>(followUps.techniques());
        all.addAll(signIns.techniques());
        return all;
    }

    /** What the chain's processes did that raises nothing, in one reason; null where they did nothing more. */
    public @Nullable String note() {
        Set<String> tactics = new TreeSet<>(followUps.tactics());
        tactics.remove("Credential Access");
        return tactics.isEmpty()
                ? null
                : "what ran went on to " + String.join(", ", tactics).toLowerCase(Locale.ROOT);
    }
}
