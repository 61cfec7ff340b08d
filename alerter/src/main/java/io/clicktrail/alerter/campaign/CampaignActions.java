package io.clicktrail.alerter.campaign;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.BlastRadius;
import io.clicktrail.alert.CampaignMember;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Specifier;
import io.clicktrail.alerter.response.ActionIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The actions of a campaign: what its hosts' cases recommend for the whole organisation, once, and a word to all. */
final class CampaignActions {

    private static final String EVERYBODY = "people of the campaign";

    private CampaignActions() {}

    static List<RecommendedAction> of(
            List<RecommendedAction> recommended, String campaign, List<CampaignMember> members, Instant until) {
        var all = new ArrayList<RecommendedAction>();
        for (RecommendedAction action : recommended) {
            if (action.getVerb() != ActionVerb.NOTIFY) {
                all.add(RecommendedAction.newBuilder(action)
                        .setActionId(
                                ActionIds.of(campaign, action.getVerb(), action.getTargetType(), action.getTarget()))
                        .setPriority(all.size() + 1)
                        .setExpiresAt(until)
                        .build());
            }
        }
        var people = new TreeSet<String>();
        members.stream().map(CampaignMember::getUser).filter(Objects::nonNull).forEach(people::add);
        if (!people.isEmpty()) {
            all.add(notice(people, campaign, all.size() + 1, until));
        }
        return List.copyOf(all);
    }

    private static RecommendedAction notice(TreeSet<String> people, String campaign, int priority, Instant until) {
        var names = new ArrayList<Specifier>();
        for (String person : people) {
            names.add(new Specifier("person." + (names.size() + 1), person));
        }
        return RecommendedAction.newBuilder()
                .setActionId(ActionIds.of(campaign, ActionVerb.NOTIFY, ActionTarget.OTHER, EVERYBODY))
                .setPriority(priority)
                .setTitle("Notify all " + people.size() + " people; ask what was clicked and what was entered")
                .setVerb(ActionVerb.NOTIFY)
                .setTargetType(ActionTarget.OTHER)
                .setTarget(EVERYBODY)
                .setTargetSpecifiers(names)
                .setActuator("mail")
                .setRationale("One message to all who followed the link says the same to each.")
                .setPreconditions(List.of(
                        "the notice does not go to a mailbox that received the link, if an attacker may read it"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(false)
                .setExpiresAt(until)
                .setCacaoActivity("deliver-content")
                .build();
    }
}
