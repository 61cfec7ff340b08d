package io.clicktrail.alerter.sanction;

import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.RiskLevel;
import io.clicktrail.alert.Severity;
import io.clicktrail.alert.WithheldAction;
import io.clicktrail.alerter.assets.Exercise;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.response.Response;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Email;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a case is of an approved exercise. Such a case is shown and marked, of the lowest severity and tier, and
 * nothing is done about it; what it would be otherwise is said. Known malicious content is never of an exercise:
 * nobody's simulation is on the lists of threat intelligence, and an entry must not hide what is.
 *
 * @param exercise null where the case is of none
 * @param isKnown whether the organisation has entered any exercise, so that "none" is an answer
 */
public record Sanction(@Nullable Exercise exercise, boolean isKnown) {

    private static final String LABEL = "exercise";
    private static final int MAX_NAMES = 64;

    /** Holds a chain against the exercises. */
    public static Sanction of(Chain chain, CaseContext context, OrganisationTable known) {
        if (!known.knowsExercises()) {
            return new Sanction(null, false);
        }
        var head = chain.head();
        Exercise found = chain.knownBad()
                ? null
                : known.exercise(new Exercise.Subject(
                        places(chain),
                        senders(chain, context),
                        head.getHost(),
                        head.getUser(),
                        head.getFirstEventTime()));
        return new Sanction(found, true);
    }

    private static Set<String> places(Chain chain) {
        var places = new LinkedHashSet<String>();
        places.add(chain.head().getTenantKey());
        DomainRisk domain = chain.domain();
        if (domain != null) {
            places.add(domain.getHost());
        }
        return places;
    }

    private static Set<String> senders(Chain chain, CaseContext context) {
        var senders = new LinkedHashSet<String>();
        for (StageEvidence item : chain.evidence()) {
            Email email = item.getEvidence().getEvent().getEmail();
            if (email != null && email.getFrom() != null && senders.size() < MAX_NAMES) {
                senders.add(email.getFrom().toLowerCase(Locale.ROOT));
            }
        }
        for (Fact mail : context.mails()) {
            if (mail.getSender() != null && senders.size() < MAX_NAMES) {
                senders.add(mail.getSender().toLowerCase(Locale.ROOT));
            }
        }
        return senders;
    }

    /** The judgement of a case of an exercise is informational, and says what it would be otherwise. */
    public Judgement judged(Judgement judgement) {
        if (exercise == null) {
            return judgement;
        }
        var reasons = new ArrayList<String>();
        reasons.add(words(exercise) + "; otherwise the severity would be "
                + judgement.severity().name().toLowerCase(Locale.ROOT));
        reasons.addAll(judgement.severityReasons());
        return new Judgement(
                Severity.INFORMATIONAL,
                reasons,
                judgement.confidence(),
                judgement.confidenceBand(),
                0,
                RiskLevel.INFO,
                judgement.impact(),
                judgement.breakdown(),
                judgement.lowered());
    }

    /** Tier 1 looks at it, when there is time. */
    public Escalation escalated(Escalation escalation) {
        return exercise == null
                ? escalation
                : Escalation.newBuilder(escalation)
                        .setTier(1)
                        .setReasons(List.of(words(exercise)))
                        .setContainSeconds(null)
                        .build();
    }

    /** Nothing is to be done about it. */
    public Response allowed(Response response) {
        if (exercise == null) {
            return response;
        }
        var withheld = new ArrayList<>(response.withheld());
        for (RecommendedAction action : response.recommended()) {
            withheld.add(new WithheldAction(action.getTitle(), words(exercise)));
        }
        return new Response(List.of(), withheld);
    }

    /** Marks of the case. */
    public List<String> labels() {
        return exercise == null ? List.of() : List.of(LABEL);
    }

    public String title(String title) {
        return exercise == null ? title : "Exercise: " + title;
    }

    /** The exercise in words. */
    public static String words(Exercise exercise) {
        return "it is of the exercise " + exercise.name() + " (entered by " + exercise.source()
                + (exercise.contact() == null ? "" : ", ask " + exercise.contact()) + ", until " + exercise.until()
                + ")";
    }
}
