package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.ChangeReason;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alert.ListVersion;
import io.clicktrail.alert.MissingStage;
import io.clicktrail.alert.Producer;
import io.clicktrail.alert.Rule;
import io.clicktrail.alert.ScoreLine;
import io.clicktrail.alert.TuningUsed;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.escalation.EscalationPolicy;
import io.clicktrail.alerter.judgement.AttackTechniques;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.judgement.Prevalence;
import io.clicktrail.alerter.mail.MailHistory;
import io.clicktrail.alerter.questions.Questions;
import io.clicktrail.alerter.response.Response;
import io.clicktrail.alerter.sanction.Sanction;
import io.clicktrail.alerter.timeline.Observables;
import io.clicktrail.alerter.timeline.Timeline;
import io.clicktrail.detection.Detection;
import io.clicktrail.state.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the case of a detection.
 *
 * <p>A case is a function of the detection's content and its context. It does not depend on when it is made, on what
 * was sent before, or on the order in which the detection lists its parts. What depends on the past (revision,
 * lifecycle, reason of the change) is set by the {@linkplain io.clicktrail.alerter.lifecycle lifecycle}.
 */
public final class CaseFile {

    private static final String RULE = "clicktrail.det0066";
    private static final int MAX_RELATED = 20;

    private final OrganisationSettings organisation;

    private final OrganisationTable known;

    private final String configHash;

    /** Makes cases of an organisation of which the settings alone say something. */
    public CaseFile(OrganisationSettings organisation) {
        this(organisation, new OrganisationTable());
    }

    /** @param known what the organisation knows of its hosts, people, exercises and playbooks */
    public CaseFile(OrganisationSettings organisation, OrganisationTable known) {
        this.organisation = organisation;
        this.known = known;
        this.configHash = CaseFingerprints.shortOf(organisation.toString());
    }

    /** The case of a detection without context, with the detection's id. */
    public Alert of(Detection detection) {
        return of(detection, detection.getDetectionId(), CaseContext.none(detection));
    }

    /**
     * The case of a detection as its first revision, with its content hash.
     *
     * @param alertId id of the case: the detection's, or that of a follow-up case
     * @param context what is known from outside the chain
     */
    public Alert of(Detection detection, String alertId, CaseContext context) {
        Chain chain = Chain.of(detection, context.firstSeen());
        Detection head = chain.head();
        AssetImportance importance = known.importance(organisation.assets(), head.getHost(), head.getUser());
        Aftermath aftermath = Aftermath.of(chain, context);
        MailHistory mail = MailHistory.of(chain, context);
        List<String> outside = new ArrayList<>(mail.reasons());
        outside.addAll(aftermath.reasons());
        Sanction sanction = Sanction.of(chain, context, known);
        Judgement judgement = sanction.judged(Judgement.of(
                chain,
                context.devices(),
                importance,
                aftermath,
                Prevalence.of(chain.head().getFirstEventTime(), context)));
        Instant created = head.getDetectedTime();
        Instant updated = later(created, head.getLastEventTime());
        Response response = sanction.allowed(Response.to(chain, judgement, context, aftermath, alertId, updated));
        Observables observables = Observables.of(chain);
        var narrative = new CaseNarrative(chain, judgement);
        Alert alert = Alert.newBuilder()
                .setAlertId(alertId)
                .setRevision(1)
                .setIdempotencyKey(alertId + ":1")
                .setDedupKey(CaseFingerprints.dedupKey(organisation.tenantId(), head))
                .setTenantId(organisation.tenantId())
                .setOrganisation(organisation.name())
                .setLifecycle(Lifecycle.CREATE)
                .setState(CaseState.NEW)
                .setChangeReason(ChangeReason.FIRST_SEEN)
                .setChangeNote("first revision")
                .setContentHash("")
                .setDetectionHash(head.getContentHash())
                .setDetectionRevision(head.getRevision())
                .setProducer(new Producer("clicktrail", organisation.version(), organisation.source(), configHash))
                .setFirstEventTime(head.getFirstEventTime())
                .setLastEventTime(head.getLastEventTime())
                .setDetectedTime(head.getDetectedTime())
                .setCreatedTime(created)
                .setUpdatedTime(updated)
                .setExpiresAt(updated.plus(organisation.keep()))
                .setSeverity(judgement.severity())
                .setSeverityReasons(judgement.severityReasons())
                .setConfidenceScore(judgement.confidence())
                .setConfidence(judgement.confidenceBand())
                .setRiskScore(judgement.risk())
                .setRiskLevel(judgement.riskLevel())
                .setImpact(judgement.impact())
                .setScoreBreakdown(judgement.breakdown())
                .setLowered(judgement.lowered())
                .setDecision(head.getDecision())
                .setScoreInputsMissing(
                        chain.domain() == null ? List.of() : chain.domain().getMissing())
                .setAttack(AttackTechniques.of(chain, aftermath.techniques()))
                .setDetectionStrategy("DET0066")
                .setAnalyticId(head.getAnalyticId())
                .setRule(new Rule(RULE, "Malicious link followed", "1"))
                .setStagesMatched(chain.stages())
                .setStagesMissing(missing(chain))
                .setTuning(tuning(head, judgement))
                .setDevice(Entities.device(chain, importance.host()))
                .setUser(Entities.account(chain, importance.person()))
                .setTenantKey(head.getTenantKey())
                .setDomain(chain.domain())
                .setEvidence(Timeline.of(chain))
                .setEvidenceTotal(head.getEvidenceTotal())
                .setEvidenceTruncated(chain.truncated())
                .setObservables(observables.items())
                .setObservablesTotal(observables.total())
                .setAnalystQuestions(Questions.of(chain, context, importance, mail, aftermath, sanction))
                .setEscalation(sanction.escalated(EscalationPolicy.of(chain, judgement, context, outside)))
                .setLabels(sanction.labels())
                .setRecommendedActions(response.recommended())
                .setWithheldActions(response.withheld())
                .setPlaybookRefs(known.playbooks(organisation.playbooks()))
                .setRelatedAlerts(context.campaign().stream()
                        .map(Fact::getId)
                        .limit(MAX_RELATED)
                        .toList())
                .setCampaignKey(context.campaignKey())
                .setAffectedDeviceCount(context.devices())
                .setTlp(organisation.tlp())
                .setExternalLink(link(alertId))
                .setTitle(sanction.title(narrative.title()))
                .setSummary(narrative.summary())
                .setDescriptionMd("")
                .build();
        Alert described =
                CaseCopy.of(alert).setDescriptionMd(Description.of(alert)).build();
        return CaseCopy.of(described)
                .setContentHash(CaseFingerprints.content(described))
                .build();
    }

    private @Nullable String link(String alertId) {
        String template = organisation.linkTemplate();
        return template == null ? null : template.replace("{alert_id}", alertId);
    }

    private static List<MissingStage> missing(Chain chain) {
        return chain.missing().stream()
                .map(missing -> new MissingStage(
                        missing.getStage(),
                        missing.getReason(),
                        StageNames.of(missing.getReason(), chain.head().getPlatform(), missing.getStage())))
                .toList();
    }

    private static TuningUsed tuning(Detection head, Judgement judgement) {
        var lists = new TreeMap<String, String>();
        for (ScoreLine line : judgement.breakdown()) {
            if (line.getListVersion() != null) {
                lists.put(line.getSignal(), line.getListVersion());
            }
        }
        return TuningUsed.newBuilder()
                .setVersion(head.getTuningVersion())
                .setTimeWindowMs(head.getWindowMs())
                .setFollowOnMs(head.getFollowOnMs())
                .setSkewMs(head.getSkewMs())
                .setLists(lists.entrySet().stream()
                        .map(list -> new ListVersion(list.getKey(), list.getValue()))
                        .toList())
                .build();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
