package io.clicktrail.alerter.response;

import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.WithheldAction;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.Context;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do about a case, in order, and what was weighed and held back.
 *
 * <p>The four steps of the analysts' playbook are always weighed: block link and domain at gateway and proxy,
 * quarantine the endpoint, notify the user, capture traffic.
 */
public record Response(List<RecommendedAction> recommended, List<WithheldAction> withheld) {

    private static final int MAX_TITLE = 600;
    private static final Duration VALID = Duration.ofHours(24);

    public Response {
        recommended = List.copyOf(recommended);
        withheld = List.copyOf(withheld);
    }

    /**
     * The response to a judged chain.
     *
     * @param context what is known beside it
     * @param at time of the case, from which a recommendation is valid for a day
     */
    public static Response to(Chain chain, Judgement judgement, Context context, String alertId, Instant at) {
        var plan = new Plan(alertId, at.plus(VALID), chain.defanger());
        HostSteps.isolate(chain, plan);
        HostSteps.stop(chain, plan);
        BlockSteps.links(chain, plan);
        BlockSteps.domain(chain, plan);
        BlockSteps.address(chain, plan);
        HostSteps.quarantineFile(chain, plan);
        HostSteps.banFile(chain, context, plan);
        PeopleSteps.purgeMail(chain, context, plan);
        PeopleSteps.revokeSessions(chain, plan);
        PeopleSteps.notifyUser(chain, plan);
        HostSteps.capture(chain, plan);
        HostSteps.collect(chain, plan);
        BlockSteps.detonate(chain, plan);
        PeopleSteps.sweep(chain, judgement, plan);
        PeopleSteps.report(chain, judgement, plan);
        return plan.response();
    }

    /** A response in the making. */
    static final class Plan {

        private final String alertId;
        private final Instant expiresAt;
        private final Defanger defanger;
        private final List<RecommendedAction> recommended = new ArrayList<>();
        private final List<WithheldAction> withheld = new ArrayList<>();

        private Plan(String alertId, Instant expiresAt, Defanger defanger) {
            this.alertId = alertId;
            this.expiresAt = expiresAt;
            this.defanger = defanger;
        }

        /** Adds a step, unless the same one is there. */
        void recommend(RecommendedAction.Builder step) {
            String id = Ids.of(alertId, step.getVerb(), step.getTargetType(), step.getTarget());
            if (recommended.stream().anyMatch(other -> other.getActionId().equals(id))) {
                return;
            }
            recommended.add(step.setActionId(id)
                    .setTitle(SafeText.clip(defanger.prose(step.getTitle()), MAX_TITLE))
                    .setPriority(recommended.size() + 1)
                    .setExpiresAt(expiresAt)
                    .build());
        }

        void withhold(String title, String reason) {
            withheld.add(new WithheldAction(SafeText.clip(defanger.prose(title), MAX_TITLE), reason));
        }

        private Response response() {
            return new Response(recommended, withheld);
        }
    }
}
