package io.clicktrail.alerter.campaign;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CampaignMember;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Escalation;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.Reached;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.chain.LostCredentials;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.escalation.EscalationPolicy;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.Markdown;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One case above the cases that several hosts have for the same place or file within a day. It has its own tier, lists
 * each block once, removes each message from all mailboxes and notifies everyone concerned in one action. It opens with
 * the second host and closes when the cases of all its hosts are closed.
 *
 * <p>The last revision is its own state: members are the {@value #MAX_MEMBERS} earliest cases, actions the first
 * {@value #MAX_ACTIONS}; the evidence is that of its worst host. A case that is delivered again changes nothing. A case
 * costs O({@value #MAX_MEMBERS}).
 */
public final class CampaignCase {

    /** Label of the case of a campaign. */
    public static final String LABEL = "campaign";

    /** The most host cases that are listed. */
    static final int MAX_MEMBERS = 64;

    /** The most actions; the last one notifies everyone concerned. */
    static final int MAX_ACTIONS = 24;

    private static final int MAX_NAME = 80;
    private static final int MAX_HOST = 253;
    private static final int SHOWN = 20;
    private static final UUID NAMESPACE =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");
    private static final Comparator<CampaignMember> EARLIEST =
            Comparator.comparing(CampaignMember::getFirstEventTime).thenComparing(CampaignMember::getAlertId);

    private CampaignCase() {}

    /** Whether a case can be part of a campaign: it has a group, and is of no exercise. */
    public static boolean concerns(Alert hostCase) {
        return hostCase.getCampaignKey() != null
                && !hostCase.getLabels().contains(LABEL)
                && !hostCase.getLabels().contains("exercise");
    }

    /** The group of a case: the campaigns of one place or file of one tenant. */
    public static String key(Alert hostCase) {
        return hostCase.getTenantId() + '|' + Objects.requireNonNull(hostCase.getCampaignKey());
    }

    /**
     * The campaign with a case as it is now. While it has one host it is kept and not sent: its revision is 0.
     *
     * @param last the last revision of the group's latest campaign; null for none
     * @return the campaign; the same object where nothing changed, null where none began
     */
    public static @Nullable Alert with(@Nullable Alert last, Alert hostCase) {
        if (isGone(hostCase) && (last == null || !names(last, hostCase))) {
            return last;
        }
        boolean isOver = last != null && isOver(last, hostCase);
        Alert before = isOver ? null : last;
        if (before == null) {
            return opened(hostCase, last == null ? 1 : episode(last) + 1);
        }
        List<CampaignMember> members = with(before.getCampaignMembers(), member(hostCase));
        if (members.equals(before.getCampaignMembers()) && !adds(before, hostCase)) {
            return before;
        }
        Alert example = isWorse(hostCase, before) ? hostCase : before;
        return revised(before, example, members, actions(before, hostCase), hostCase);
    }

    /** Whether it is sent: there are at least two hosts, or it was sent before. */
    public static boolean isSent(Alert campaign) {
        return campaign.getRevision() > 0;
    }

    private static boolean isOver(Alert last, Alert hostCase) {
        return !names(last, hostCase)
                && (last.getLifecycle() == Lifecycle.CLOSE
                        || hostCase.getFirstEventTime()
                                .isAfter(last.getLastEventTime().plus(CaseContext.AROUND)));
    }

    private static boolean names(Alert campaign, Alert hostCase) {
        return campaign.getCampaignMembers().stream()
                .anyMatch(member -> member.getAlertId().equals(hostCase.getAlertId()));
    }

    /** Whether a case went into another one, or its events form no chain any more. */
    private static boolean isGone(Alert hostCase) {
        return hostCase.getDuplicateOf() != null || hostCase.getChangeReason() == ChangeReason.RETRACTED;
    }

    private static Alert opened(Alert hostCase, int episode) {
        String id = Generators.nameBasedGenerator(NAMESPACE)
                .generate("campaign|" + key(hostCase) + '|' + episode)
                .toString();
        return Alert.newBuilder(hostCase)
                .setAlertId(id)
                .setRevision(0)
                .setIdempotencyKey(id + ":0")
                .setDedupKey(id.replace("-", ""))
                .setLifecycle(Lifecycle.UNKNOWN)
                .setDetectionRevision(episode)
                .setSuppressedCount(0)
                .setCampaignMembers(List.of(member(hostCase)))
                .setRecommendedActions(actionsOf(hostCase))
                .build();
    }

    /** The number of the campaign in its group, which is kept where a host's case has the revision of its detection. */
    private static int episode(Alert campaign) {
        return campaign.getDetectionRevision();
    }

    private static Alert revised(
            Alert before,
            Alert example,
            List<CampaignMember> members,
            List<RecommendedAction> actions,
            Alert hostCase) {
        Set<String> hosts = hosts(members);
        boolean isSent = isSent(before) || hosts.size() > 1;
        boolean isClosed = members.stream().noneMatch(CampaignMember::getOpen);
        int revision = isSent ? before.getRevision() + 1 : 0;
        Severity severity = max(before.getSeverity(), hostCase.getSeverity());
        Instant first = earlier(before.getFirstEventTime(), hostCase.getFirstEventTime());
        Instant last = later(before.getLastEventTime(), hostCase.getLastEventTime());
        Escalation escalation = escalation(before, hostCase, members, hosts.size());
        String what = what(hostCase);
        String title = "Campaign: " + hosts.size() + " hosts " + what;
        String summary = summary(hosts.size(), members, what);
        boolean isFirst = isSent && !isSent(before);
        boolean isRaised = severity != before.getSeverity();
        Alert next = Alert.newBuilder(example)
                .setAlertId(before.getAlertId())
                .setRevision(revision)
                .setIdempotencyKey(before.getAlertId() + ":" + revision)
                .setDedupKey(before.getDedupKey())
                .setDetectionRevision(episode(before))
                .setSuppressedCount(0)
                .setLifecycle(
                        !isSent
                                ? Lifecycle.UNKNOWN
                                : isFirst ? Lifecycle.CREATE : isClosed ? Lifecycle.CLOSE : Lifecycle.UPDATE)
                .setState(isClosed ? CaseState.RESOLVED : CaseState.NEW)
                .setChangeReason(
                        isFirst
                                ? ChangeReason.FIRST_SEEN
                                : isRaised ? ChangeReason.SEVERITY_UP : ChangeReason.MORE_EVIDENCE)
                .setChangeNote(isFirst ? "a second host has a case" : "now " + hosts.size() + " hosts")
                .setFirstEventTime(first)
                .setLastEventTime(last)
                .setDetectedTime(begun(members))
                .setCreatedTime(begun(members))
                .setUpdatedTime(later(begun(members), last))
                .setExpiresAt(later(before.getExpiresAt(), hostCase.getExpiresAt()))
                .setSeverity(severity)
                .setConfidenceScore(Math.max(before.getConfidenceScore(), hostCase.getConfidenceScore()))
                .setRiskScore(Math.max(before.getRiskScore(), hostCase.getRiskScore()))
                .setUser(null)
                .setEscalation(escalation)
                .setRecommendedActions(actions(actions, before.getAlertId(), members, later(first, last)))
                .setWithheldActions(List.of())
                .setAnalystQuestions(List.of())
                .setLabels(List.of(LABEL))
                .setRelatedAlerts(
                        members.stream().map(CampaignMember::getAlertId).toList())
                .setCampaignKey(hostCase.getCampaignKey())
                .setCampaignMembers(members)
                .setAffectedDeviceCount(hosts.size())
                .setDuplicateOf(null)
                .setHandling(null)
                .setFolded(List.of())
                .setOtherPlaces(List.of())
                .setIngestLagMs(null)
                .setExternalLink(null)
                .setTitle(title)
                .setSummary(summary)
                .setDescriptionMd(description(summary, members))
                .build();
        return CaseCopy.of(next).buildHashed();
    }

    private static CampaignMember member(Alert hostCase) {
        return CampaignMember.newBuilder()
                .setAlertId(hostCase.getAlertId())
                .setHostname(SafeText.clip(hostCase.getDevice().getHostname(), MAX_HOST))
                .setUser(
                        hostCase.getUser() == null
                                ? null
                                : SafeText.clip(hostCase.getUser().getKey(), MAX_NAME))
                .setFirstEventTime(hostCase.getFirstEventTime())
                .setReached(reached(hostCase))
                .setOpen(hostCase.getLifecycle() != Lifecycle.CLOSE && !isGone(hostCase))
                .build();
    }

    private static Reached reached(Alert hostCase) {
        if (hostCase.getStagesMatched().contains(Stage.EXECUTION)) {
            return Reached.RAN_CODE;
        }
        if (hostCase.getStagesMatched().contains(Stage.WRITE)) {
            return Reached.WROTE_FILE;
        }
        return LostCredentials.isLikely(hostCase.getDecision()) ? Reached.ENTERED_CREDENTIALS : Reached.CONTACTED;
    }

    private static List<CampaignMember> with(List<CampaignMember> members, CampaignMember member) {
        var all = new ArrayList<>(members);
        all.removeIf(other -> other.getAlertId().equals(member.getAlertId()));
        all.add(member);
        all.sort(EARLIEST);
        return all.size() > MAX_MEMBERS ? List.copyOf(all.subList(0, MAX_MEMBERS)) : List.copyOf(all);
    }

    private static Set<String> hosts(List<CampaignMember> members) {
        var hosts = new LinkedHashSet<String>();
        members.forEach(member -> hosts.add(member.getHostname()));
        return hosts;
    }

    /** The time at which the second host joined. */
    private static Instant begun(List<CampaignMember> members) {
        return members.get(Math.min(1, members.size() - 1)).getFirstEventTime();
    }

    private static boolean isWorse(Alert hostCase, Alert before) {
        return hostCase.getSeverity().compareTo(before.getSeverity()) > 0;
    }

    private static boolean adds(Alert before, Alert hostCase) {
        return isWorse(hostCase, before)
                || hostCase.getEscalation().getTier() > before.getEscalation().getTier()
                || actions(before, hostCase).size()
                        > before.getRecommendedActions().size();
    }

    private static Escalation escalation(Alert before, Alert hostCase, List<CampaignMember> members, int hosts) {
        int tier = Math.max(
                2,
                Math.max(
                        before.getEscalation().getTier(),
                        hostCase.getEscalation().getTier()));
        var reasons = new ArrayList<String>();
        reasons.add(hosts + " hosts have cases with the same site or file");
        long ran = members.stream()
                .filter(member -> member.getReached() == Reached.RAN_CODE)
                .count();
        if (ran > 0) {
            reasons.add("code ran on " + ran + " of them");
        }
        if (hosts >= CaseContext.LARGE_CAMPAIGN) {
            tier = 3;
        }
        return EscalationPolicy.at(tier, reasons);
    }

    /** What is done for the whole organisation: blocks, messages, searches. */
    private static List<RecommendedAction> actionsOf(Alert hostCase) {
        return hostCase.getRecommendedActions().stream()
                .filter(action -> switch (action.getVerb()) {
                    case DENY, DELETE, QUERY -> true;
                    case INVESTIGATE, CONTAIN, STOP, COPY, DETONATE, SET, NOTIFY, ALLOW, RESTORE -> false;
                })
                .toList();
    }

    private static List<RecommendedAction> actions(Alert before, Alert hostCase) {
        var all = new ArrayList<>(before.getRecommendedActions());
        for (RecommendedAction action : actionsOf(hostCase)) {
            boolean isNew = all.stream()
                    .noneMatch(other -> other.getVerb() == action.getVerb()
                            && other.getTargetType() == action.getTargetType()
                            && other.getTarget().equals(action.getTarget()));
            if (isNew && all.size() < MAX_ACTIONS) {
                all.add(action);
            }
        }
        return all;
    }

    private static List<RecommendedAction> actions(
            List<RecommendedAction> all, String id, List<CampaignMember> members, Instant at) {
        return CampaignActions.of(all, id, members, at.plus(Duration.ofDays(1)));
    }

    private static String what(Alert hostCase) {
        String key = Objects.requireNonNull(hostCase.getCampaignKey());
        return key.startsWith("file:")
                ? "have the file " + SafeText.clip(key.substring("file:".length()), MAX_NAME)
                : "followed links to " + Defanger.host(SafeText.clip(key.substring(key.indexOf(':') + 1), MAX_NAME));
    }

    private static String summary(int hosts, List<CampaignMember> members, String what) {
        var said = new StringBuilder();
        said.append(hosts).append(" hosts ").append(what).append(" from ");
        said.append(members.getFirst().getFirstEventTime()).append(" to ");
        said.append(members.getLast().getFirstEventTime()).append('.');
        for (Reached reached : List.of(Reached.RAN_CODE, Reached.WROTE_FILE, Reached.ENTERED_CREDENTIALS)) {
            long count = members.stream()
                    .filter(member -> member.getReached() == reached)
                    .count();
            if (count > 0) {
                said.append(' ')
                        .append(words(reached))
                        .append(": ")
                        .append(count)
                        .append('.');
            }
        }
        return said.toString();
    }

    private static String words(Reached reached) {
        return switch (reached) {
            case CONTACTED -> "Contact alone";
            case ENTERED_CREDENTIALS -> "Credentials were probably entered";
            case WROTE_FILE -> "A file was written";
            case RAN_CODE -> "Code ran";
        };
    }

    private static String description(String summary, List<CampaignMember> members) {
        var out = new StringBuilder(Markdown.escape(summary)).append("\n\n## Hosts in time order (UTC)\n\n");
        for (CampaignMember member : members.subList(0, Math.min(SHOWN, members.size()))) {
            out.append("- ").append(member.getFirstEventTime()).append(' ');
            out.append(Markdown.escape(member.getHostname()));
            if (member.getUser() != null) {
                out.append(", ").append(Markdown.escape(member.getUser()));
            }
            out.append(": ")
                    .append(words(member.getReached()))
                    .append(", case ")
                    .append(member.getAlertId());
            out.append(member.getOpen() ? "\n" : ", closed\n");
        }
        if (members.size() > SHOWN) {
            out.append("- and ").append(members.size() - SHOWN).append(" more\n");
        }
        return out.toString();
    }

    private static Severity max(Severity one, Severity other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
