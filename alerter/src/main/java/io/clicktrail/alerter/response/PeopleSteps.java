package io.clicktrail.alerter.response;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.BlastRadius;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Rollback;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.event.Email;
import java.util.List;

/** Steps that reach people: their mail, a word to them, a look for others who were hit. */
final class PeopleSteps {

    private PeopleSteps() {}

    static void purgeMail(Chain chain, Response.Plan plan) {
        for (var item : chain.evidence()) {
            Email email = item.getEvidence().getEvent().getEmail();
            if (email == null || email.getMessageId() == null || chain.isCut(email.getMessageId())) {
                continue;
            }
            plan.recommend(RecommendedAction.newBuilder()
                    .setTitle("Take the message " + email.getMessageId() + " out of all mailboxes")
                    .setVerb(ActionVerb.DELETE)
                    .setTargetType(ActionTarget.X_EMAIL)
                    .setTarget(email.getMessageId())
                    .setActuator("mail")
                    .setRationale("It carried the link.")
                    .setPreconditions(List.of("the message is kept as evidence"))
                    .setApproval(Approval.ONE_CLICK)
                    .setBlastRadius(BlastRadius.ORG)
                    .setReversible(true)
                    .setRollback(new Rollback(ActionVerb.RESTORE, ActionTarget.X_EMAIL, email.getMessageId()))
                    .setCacaoActivity("restrict-access")
                    .setD3fendTactic("Evict"));
        }
    }

    static void notifyUser(Chain chain, Response.Plan plan) {
        String user = chain.head().getUser();
        if (user == null) {
            plan.withhold("Notify the user", "no log of this chain names the user");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Notify " + user + ", ask what was clicked and whether a password was typed")
                .setVerb(ActionVerb.NOTIFY)
                .setTargetType(ActionTarget.X_ACCOUNT)
                .setTarget(user)
                .setActuator("mail")
                .setRationale("Only the user knows what the page asked for.")
                .setPreconditions(List.of("not by the mailbox that received the link, if it may be read by others"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.SINGLE_USER)
                .setReversible(false)
                .setCacaoActivity("deliver-content"));
    }

    static void sweep(Chain chain, Judgement judgement, Response.Plan plan) {
        if (judgement.severity() == Severity.LOW) {
            return;
        }
        String tenant = chain.head().getTenantKey();
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Search for other hosts that touched " + tenant + " or the file")
                .setVerb(ActionVerb.QUERY)
                .setTargetType(ActionTarget.OTHER)
                .setTarget(tenant)
                .setActuator("siem")
                .setRationale("A link is rarely sent to one person.")
                .setApproval(Approval.AUTO_OK)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(true)
                .setCacaoActivity("analyze-collected-data")
                .setD3fendTactic("Detect"));
    }
}
