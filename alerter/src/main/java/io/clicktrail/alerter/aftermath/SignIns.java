package io.clicktrail.alerter.aftermath;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.Traits;
import io.clicktrail.context.Authentication;
import io.clicktrail.context.FollowOn;
import io.clicktrail.state.Fact;
import io.clicktrail.state.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins of the chain's account at services, in the day from the click on.
 *
 * <p>A sign-in is strange where its country or its device is one that the account did not have before the click while
 * others are known from before, or where the identity provider calls its risk medium or high. A new browser alone is
 * not: people use several. An account whose sign-ins are known from after the click alone has no strange ones.
 *
 * @param all that succeeded, in event-time order
 * @param strange those that are strange, each with what is
 * @param refused requests for a second factor that were refused or not answered
 * @param accepted a sign-in that followed the last of at least {@value #FATIGUE} such refusals; null where none did
 * @param known true where any sign-in of the account is known, at whatever time
 */
public record SignIns(
        List<Fact> all,
        List<Strange> strange,
        List<Fact> refused,
        @Nullable Fact accepted,
        boolean known) {

    /** Refusals from which on they are called fatigue. */
    static final int FATIGUE = 3;

    private static final Set<String> RISKS = Set.of("medium", "high");

    /** A sign-in and what is strange about it, in words. */
    public record Strange(Fact signIn, List<String> why) {

        public Strange {
            why = List.copyOf(why);
        }
    }

    public SignIns {
        all = List.copyOf(all);
        strange = List.copyOf(strange);
        refused = List.copyOf(refused);
    }

    static SignIns of(Chain chain, CaseContext context) {
        Instant click = chain.head().getFirstEventTime();
        var all = new ArrayList<Fact>();
        var strange = new ArrayList<Strange>();
        var refused = new ArrayList<Fact>();
        Fact accepted = null;
        for (Fact fact : context.logons()) {
            Authentication signIn = fact.getAuthentication();
            if (signIn == null || signIn.getLogonType() != null) {
                continue;
            }
            if (signIn.getMfaDenied()) {
                refused.add(fact);
                continue;
            }
            all.add(fact);
            List<String> why = why(signIn, click, context.traitsOfAccount());
            if (!why.isEmpty()) {
                strange.add(new Strange(fact, why));
            }
            if (refused.size() >= FATIGUE && accepted == null) {
                accepted = fact;
            }
        }
        boolean known = !all.isEmpty() || !context.traitsOfAccount().isEmpty();
        return new SignIns(all, strange, refused, accepted, known);
    }

    private static List<String> why(Authentication signIn, Instant click, List<Seen> traits) {
        var why = new ArrayList<String>();
        if (isNew(Traits.country(signIn), click, traits)) {
            why.add("a new country, " + signIn.getCountry());
        }
        if (isNew(Traits.device(signIn), click, traits)) {
            why.add("a new device, " + signIn.getDevice());
        }
        if (!why.isEmpty() && isNew(Traits.agent(signIn), click, traits)) {
            why.add("a new browser");
        }
        if (signIn.getRisk() != null && RISKS.contains(signIn.getRisk())) {
            why.add(signIn.getRisk() + " risk by the identity provider");
        }
        return why;
    }

    /** True where the account has the trait since the click, and others of its kind since before. */
    private static boolean isNew(@Nullable String trait, Instant click, List<Seen> traits) {
        if (trait == null) {
            return false;
        }
        String kind = trait.substring(0, trait.indexOf(':') + 1);
        boolean hasOlder = false;
        boolean isYoung = false;
        for (Seen seen : traits) {
            boolean isOlder = seen.getFirst().isBefore(click);
            hasOlder |= isOlder && seen.getKey().startsWith(kind);
            isYoung |= !isOlder && seen.getKey().equals(trait);
        }
        return hasOlder && isYoung;
    }

    /** True where many requests for a second factor were refused, and one was then accepted. */
    public boolean isFatigue() {
        return accepted != null;
    }

    /** What stands for a technique of ATT&CK. */
    List<Fact> techniques() {
        var facts = new ArrayList<Fact>();
        for (Strange each : strange) {
            facts.add(with(each.signIn(), "T1078", "Valid Accounts", "TA0001", "Initial Access"));
        }
        if (isFatigue()) {
            refused.forEach(fact -> facts.add(with(
                    fact, "T1621", "Multi-Factor Authentication Request Generation", "TA0006", "Credential Access")));
        }
        return facts;
    }

    private static Fact with(Fact fact, String technique, String name, String tactic, String tacticName) {
        return Fact.newBuilder(fact)
                .setFollowOn(FollowOn.newBuilder()
                        .setTechnique(technique)
                        .setTechniqueName(name)
                        .setTactic(tactic)
                        .setTacticName(tacticName)
                        .setWhat("a sign-in")
                        .setShown(fact.getAuthentication().getAccount())
                        .setListVersion("")
                        .build())
                .build();
    }
}
