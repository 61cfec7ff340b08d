package io.clicktrail.alerter.response;

import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.WithheldAction;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Recommended actions of a case, in order, and actions that were considered and withheld.
 *
 * <p>Four actions are always considered: block link and domain at gateway and proxy, isolate the endpoint, notify the
 * user, capture traffic.
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
     * @param context what is known from outside the chain
     * @param aftermath what happened after the click
     * @param at time of the case, from which a recommendation is valid for a day
     */
    public static Response to(
            Chain chain, Judgement judgement, CaseContext context, Aftermath aftermath, String alertId, Instant at) {
        var plan = new Plan(alertId, at.plus(VALID), chain.defanger());
        HostActions.isolate(chain, plan);
        HostActions.stop(chain, plan);
        BlockActions.links(chain, plan);
        BlockActions.domain(chain, plan);
        BlockActions.address(chain, plan);
        HostActions.quarantineFile(chain, plan);
        HostActions.banFile(chain, context, plan);
        UserActions.purgeMail(chain, context, plan);
        UserActions.revokeSessions(chain, aftermath.signIns(), plan);
        UserActions.notifyUser(chain, plan);
        HostActions.capture(chain, plan);
        HostActions.collect(chain, plan);
        BlockActions.detonate(chain, plan);
        UserActions.sweep(chain, judgement, plan);
        UserActions.report(chain, judgement, plan);
        return plan.response();
    }

    /** Collects the actions of a response. */
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

        /** Adds an action, unless the same one was added before. */
        void recommend(RecommendedAction.Builder step) {
            String id = ActionIds.of(alertId, step.getVerb(), step.getTargetType(), step.getTarget());
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
