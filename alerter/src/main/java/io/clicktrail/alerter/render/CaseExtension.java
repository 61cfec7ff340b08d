package io.clicktrail.alerter.render;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AllowProposal;
import io.clicktrail.alert.Handling;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Specifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields that neither OCSF nor ECS has: tier, actions, questions, stages, scores, tuning. */
final class CaseExtension {

    private CaseExtension() {}

    /** Writes the fields into the object that is open. @param dataSchema schema of the document */
    static void write(JsonDocument json, Alert alert, String dataSchema) {
        json.text("alert_id", alert.getAlertId())
                .number("revision", alert.getRevision())
                .text("alert_id_revision", alert.getIdempotencyKey())
                .text("dedup_key", alert.getDedupKey())
                .text("content_hash", alert.getContentHash())
                .text("lifecycle", EnumNames.lower(alert.getLifecycle()))
                .text("change_reason", EnumNames.lower(alert.getChangeReason()))
                .text("change_note", alert.getChangeNote());
        CloudEvent.of(alert, dataSchema).write(json, "cloudevent");
        escalation(json, alert);
        json.text("detection_strategy", alert.getDetectionStrategy())
                .text("analytic_id", alert.getAnalyticId())
                .text("tenant_key", alert.getTenantKey())
                .texts(
                        "chain_stages",
                        alert.getStagesMatched().stream().map(EnumNames::lower).toList())
                .each(
                        "missing_stages",
                        alert.getStagesMissing(),
                        missing -> json.text("stage", EnumNames.lower(missing.getStage()))
                                .text("reason", EnumNames.lower(missing.getReason()))
                                .text("text", missing.getText()))
                .texts("severity_reasons", alert.getSeverityReasons())
                .each(
                        "score_breakdown",
                        alert.getScoreBreakdown(),
                        line -> json.text("score", line.getScore())
                                .text("signal", line.getSignal())
                                .number("points", line.getPoints())
                                .text("evidence", line.getEvidence())
                                .text("event_id", line.getEventId())
                                .text("list_version", line.getListVersion()))
                .each(
                        "lowered",
                        alert.getLowered(),
                        lowering -> json.text("rule", lowering.getRule()).text("reason", lowering.getReason()));
        domain(json, alert);
        tuning(json, alert);
        actions(json, alert);
        questions(json, alert);
        json.number("evidence_total", alert.getEvidenceTotal())
                .flag("evidence_truncated", alert.getEvidenceTruncated())
                .number("observables_total", alert.getObservablesTotal())
                .number("suppressed_count", alert.getSuppressedCount())
                .text("duplicate_of", alert.getDuplicateOf())
                .texts("folded", alert.getFolded())
                .texts("other_places", alert.getOtherPlaces())
                .text("worse_chain", alert.getWorseChain())
                .text("campaign_key", alert.getCampaignKey())
                .number("affected_device_count", alert.getAffectedDeviceCount())
                .each(
                        "campaign_members",
                        alert.getCampaignMembers(),
                        member -> json.text("alert_id", member.getAlertId())
                                .text("hostname", member.getHostname())
                                .text("user", member.getUser())
                                .iso("first_event_time", member.getFirstEventTime())
                                .text("reached", EnumNames.lower(member.getReached()))
                                .flag("open", member.getOpen()))
                .texts("routing", alert.getRouting())
                .number("ingest_lag_ms", alert.getIngestLagMs())
                .text("config_hash", alert.getProducer().getConfigHash())
                .texts("related_alerts", alert.getRelatedAlerts())
                .text("tlp", EnumNames.lower(alert.getTlp()))
                .number("pap", alert.getPap())
                .iso("expires_at", alert.getExpiresAt())
                .text("external_link", alert.getExternalLink());
        handling(json, alert.getHandling());
        if (alert.getUser() != null) {
            json.inside(
                    "user",
                    () -> json.text("key", alert.getUser().getKey())
                            .text("name", alert.getUser().getName())
                            .text("domain", alert.getUser().getDomain())
                            .text("uid", alert.getUser().getUid())
                            .text("email_addr", alert.getUser().getEmail())
                            .flag("is_privileged", alert.getUser().getIsPrivileged())
                            .flag("is_vip", alert.getUser().getIsVip())
                            .text("department", alert.getUser().getDepartment())
                            .text("session_uid", alert.getUser().getSessionUid()));
        }
        json.number("device_criticality", alert.getDevice().getCriticality())
                .each(
                        "playbook_refs",
                        alert.getPlaybookRefs(),
                        playbook -> json.text("standard", playbook.getStandard())
                                .text("id", playbook.getId())
                                .text("version", playbook.getVersion())
                                .text("url", playbook.getUrl()));
    }

    private static void handling(JsonDocument json, @Nullable Handling handling) {
        if (handling == null) {
            return;
        }
        AllowProposal proposal = handling.getAllowProposal();
        json.inside("handling", () -> {
            json.iso("acknowledged_at", handling.getAcknowledgedAt())
                    .text("acknowledged_by", handling.getAcknowledgedBy())
                    .text("verdict", EnumNames.lower(handling.getVerdict()))
                    .number("verdict_id", handling.getVerdict().ordinal())
                    .text("note", handling.getNote())
                    .number("escalations", handling.getEscalations())
                    .iso("due_at", handling.getDueAt())
                    .text("reopened_as", handling.getReopenedAs())
                    .each(
                            "external_cases",
                            handling.getExternalCases(),
                            external -> json.text("destination", external.getDestination())
                                    .text("case_id", external.getCaseId()))
                    .each(
                            "action_results",
                            handling.getActionResults(),
                            result -> json.text("action_id", result.getActionId())
                                    .number("status", result.getStatus())
                                    .iso("at", result.getAt())
                                    .text("actor", result.getActor())
                                    .text("detail", result.getDetail()));
            if (proposal != null) {
                json.inside(
                        "proposed_allow_entry",
                        () -> json.text("pattern", proposal.getPattern())
                                .text("scope", proposal.getScope())
                                .text("reason", proposal.getReason())
                                .iso("expires", proposal.getExpires()));
            }
        });
    }

    private static void escalation(JsonDocument json, Alert alert) {
        json.number("escalation_tier", alert.getEscalation().getTier())
                .inside(
                        "escalation",
                        () -> json.number("tier", alert.getEscalation().getTier())
                                .texts("reasons", alert.getEscalation().getReasons())
                                .number("ack_seconds", alert.getEscalation().getAckSeconds())
                                .number("contain_seconds", alert.getEscalation().getContainSeconds()));
    }

    private static void domain(JsonDocument json, Alert alert) {
        if (alert.getDomain() == null) {
            return;
        }
        json.inside(
                "domain",
                () -> json.text("host", alert.getDomain().getHost())
                        .text("tenant_key", alert.getDomain().getTenantKey())
                        .text("suffix_kind", EnumNames.lower(alert.getDomain().getSuffixKind()))
                        .number("score", alert.getDomain().getScore())
                        .text("band", EnumNames.lower(alert.getDomain().getBand()))
                        .iso("first_seen", alert.getDomain().getFirstSeen())
                        .flag("shared_hosting", alert.getDomain().getSharedHosting())
                        .text("allow_list", alert.getDomain().getAllowList())
                        .texts("inputs_missing", alert.getScoreInputsMissing()));
    }

    private static void tuning(JsonDocument json, Alert alert) {
        json.inside(
                "tuning",
                () -> json.text("version", alert.getTuning().getVersion())
                        .number("time_window_ms", alert.getTuning().getTimeWindowMs())
                        .number("follow_on_ms", alert.getTuning().getFollowOnMs())
                        .number("skew_ms", alert.getTuning().getSkewMs())
                        .each(
                                "lists",
                                alert.getTuning().getLists(),
                                list -> json.text("name", list.getName()).text("version", list.getVersion())));
    }

    private static void actions(JsonDocument json, Alert alert) {
        json.each("recommended_actions", alert.getRecommendedActions(), action -> action(json, action))
                .each(
                        "withheld_actions",
                        alert.getWithheldActions(),
                        action -> json.text("title", action.getTitle()).text("reason", action.getReason()));
    }

    private static void action(JsonDocument json, RecommendedAction action) {
        json.text("action_id", action.getActionId())
                .number("priority", action.getPriority())
                .text("title", action.getTitle())
                .text("verb", EnumNames.lower(action.getVerb()))
                .text("target_type", target(action.getTargetType()))
                .text("target", action.getTarget());
        specifiers(json, action.getTargetSpecifiers());
        json.number("duration_seconds", action.getDurationSeconds())
                .text("actuator", action.getActuator())
                .text("rationale", action.getRationale())
                .texts("preconditions", action.getPreconditions())
                .text("approval", EnumNames.lower(action.getApproval()))
                .text("blast_radius", EnumNames.lower(action.getBlastRadius()))
                .flag("reversible", action.getReversible());
        if (action.getRollback() != null) {
            json.inside(
                    "rollback",
                    () -> json.text("verb", EnumNames.lower(action.getRollback().getVerb()))
                            .text("target_type", target(action.getRollback().getTargetType()))
                            .text("target", action.getRollback().getTarget()));
        }
        json.iso("expires_at", action.getExpiresAt())
                .text("cacao_activity", action.getCacaoActivity())
                .text("d3fend_tactic", action.getD3fendTactic());
    }

    private static void specifiers(JsonDocument json, List<Specifier> specifiers) {
        if (!specifiers.isEmpty()) {
            json.inside(
                    "target_specifiers",
                    () -> specifiers.forEach(specifier -> json.text(specifier.getName(), specifier.getValue())));
        }
    }

    private static String target(ActionTarget type) {
        return switch (type) {
            case X_ACCOUNT -> "x-account";
            case X_EMAIL -> "x-email";
            case URI, DOMAIN_NAME, IPV4_CONNECTION, IPV6_CONNECTION, FILE, PROCESS, DEVICE, ARTIFACT, OTHER ->
                EnumNames.lower(type);
        };
    }

    private static void questions(JsonDocument json, Alert alert) {
        json.each(
                "analyst_questions",
                alert.getAnalystQuestions(),
                question -> json.text("id", question.getId())
                        .text("text", question.getText())
                        .text("state", EnumNames.lower(question.getState()))
                        .text("answer", question.getAnswer())
                        .text("answer_type", EnumNames.lower(question.getAnswerType()))
                        .text("certainty", EnumNames.lower(question.getCertainty()))
                        .texts("event_ids", question.getEventIds())
                        .texts("missing_telemetry", question.getMissingTelemetry())
                        .text("where_to_look", question.getWhereToLook()));
    }
}
