package io.clicktrail.alerter.response;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.BlastRadius;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Rollback;
import io.clicktrail.alert.Severity;
import io.clicktrail.alert.Specifier;
import io.clicktrail.alerter.aftermath.SignIns;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Email;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.state.Fact;
import java.util.List;

/** Actions on mail and accounts, messages to people, and the search for other victims. */
final class UserActions {

    private static final int MAX_MESSAGE_ID = 200;

    private UserActions() {}

    static void purgeMail(Chain chain, CaseContext context, Response.Plan plan) {
        for (var item : chain.evidence()) {
            Email email = item.getEvidence().getEvent().getEmail();
            if (email != null && email.getMessageId() != null && !chain.isCut(email.getMessageId())) {
                purge(email.getMessageId(), plan);
            }
        }
        for (Fact mail : context.mails()) {
            if (mail.getMessageId() != null && !SafeText.isCut(mail.getMessageId(), MAX_MESSAGE_ID)) {
                purge(mail.getMessageId(), plan);
            }
        }
    }

    private static void purge(String messageId, Response.Plan plan) {
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Delete the message " + messageId + " from all mailboxes")
                .setVerb(ActionVerb.DELETE)
                .setTargetType(ActionTarget.X_EMAIL)
                .setTarget(messageId)
                .setActuator("mail")
                .setRationale("It contained the link.")
                .setPreconditions(List.of("the message is kept as evidence"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(true)
                .setRollback(new Rollback(ActionVerb.RESTORE, ActionTarget.X_EMAIL, messageId))
                .setCacaoActivity("restrict-access")
                .setD3fendTactic("Evict"));
    }

    /** Only where a form was submitted, a sign-in is strange or code ran; otherwise no session can have been stolen. */
    static void revokeSessions(Chain chain, SignIns signIns, Response.Plan plan) {
        String user = chain.head().getUser();
        boolean posted = chain.at(Stage.EGRESS).stream()
                .map(item -> item.getEvent().getHttp())
                .anyMatch(http -> http != null && "POST".equals(http.getMethod()));
        boolean isStrange = !signIns.strange().isEmpty() || signIns.isFatigue();
        if (user == null || !(posted || isStrange || chain.firstRun() != null)) {
            plan.withhold(
                    "Revoke the user's sessions",
                    user == null
                            ? "no log of this chain names the user"
                            : "no form was submitted and no code ran, as far as seen; ask the user first");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Revoke all sessions of " + user + " and reset the password")
                .setVerb(ActionVerb.SET)
                .setTargetType(ActionTarget.X_ACCOUNT)
                .setTarget(user)
                .setTargetSpecifiers(
                        List.of(new Specifier("sessions", "revoked"), new Specifier("password", "expired")))
                .setActuator("idp")
                .setRationale(
                        isStrange
                                ? "A sign-in after the click is unlike the account's others."
                                : posted
                                        ? "A form was submitted to the site."
                                        : "Code that ran can use the sessions of the user.")
                .setPreconditions(List.of("the account is not a service account that others depend on"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.SINGLE_USER)
                .setReversible(false)
                .setCacaoActivity("restrict-access")
                .setD3fendTactic("Evict"));
    }

    static void notifyUser(Chain chain, Response.Plan plan) {
        String user = chain.head().getUser();
        if (user == null) {
            plan.withhold("Notify the user", "no log of this chain names the user");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Notify " + user + "; ask what was clicked and whether a password was entered")
                .setVerb(ActionVerb.NOTIFY)
                .setTargetType(ActionTarget.X_ACCOUNT)
                .setTarget(user)
                .setActuator("mail")
                .setRationale("Only the user knows what the page asked for.")
                .setPreconditions(List.of(
                        "the notice does not go to the mailbox that received the link, if an attacker may read it"))
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

    static void report(Chain chain, Judgement judgement, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        if (domain == null
                || domain.getInternal()
                || domain.getAllowList() != null
                || judgement.severity().compareTo(Severity.HIGH) < 0) {
            plan.withhold(
                    "Report the site to its registrar or host", "it is not certain enough that the site is malicious");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Report " + domain.getTenantKey() + " to its registrar or host and to your feeds")
                .setVerb(ActionVerb.NOTIFY)
                .setTargetType(ActionTarget.OTHER)
                .setTarget("report:" + domain.getTenantKey())
                .setActuator("mail")
                .setRationale("Others may be sent there.")
                .setPreconditions(List.of("a person has looked at the site, and the TLP allows sharing the case"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(false)
                .setCacaoActivity("deliver-content"));
    }
}
