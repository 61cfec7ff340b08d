package io.clicktrail.alerter.render;

import io.clicktrail.alert.Account;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.CampaignMember;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.alert.PlaybookRef;
import io.clicktrail.alert.RecommendedAction;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The case as one flat JSON object, for systems whose field mappers cannot read nested ones. */
final class FlatJson {

    private FlatJson() {}

    static String of(Alert alert) {
        return JsonDocument.object(json -> write(json, alert));
    }

    private static void write(JsonDocument json, Alert alert) {
        json.text("alert_id", alert.getAlertId())
                .number("revision", alert.getRevision())
                .text("idempotency_key", alert.getIdempotencyKey())
                .text("dedup_key", alert.getDedupKey())
                .text("tenant_id", alert.getTenantId())
                .text("lifecycle", EnumNames.lower(alert.getLifecycle()))
                .text("state", EnumNames.lower(alert.getState()))
                .text("change_reason", EnumNames.lower(alert.getChangeReason()))
                .text("change_note", alert.getChangeNote())
                .text("title", alert.getTitle())
                .text("summary", alert.getSummary())
                .text("severity", EnumNames.lower(alert.getSeverity()))
                .number("severity_id", alert.getSeverity().ordinal())
                .number("confidence_score", alert.getConfidenceScore())
                .number("risk_score", alert.getRiskScore())
                .number("tier", alert.getEscalation().getTier())
                .texts("tier_reasons", alert.getEscalation().getReasons())
                .number("ack_seconds", alert.getEscalation().getAckSeconds())
                .number("contain_seconds", alert.getEscalation().getContainSeconds())
                .iso("created_time", alert.getCreatedTime())
                .iso("updated_time", alert.getUpdatedTime())
                .iso("first_event_time", alert.getFirstEventTime())
                .iso("last_event_time", alert.getLastEventTime())
                .text("detection_strategy", alert.getDetectionStrategy())
                .text("analytic_id", alert.getAnalyticId())
                .texts(
                        "techniques",
                        alert.getAttack().stream().map(FlatJson::technique).toList())
                .texts(
                        "stages",
                        alert.getStagesMatched().stream().map(EnumNames::lower).toList())
                .text("host", alert.getDevice().getHostname())
                .text("host_platform", EnumNames.lower(alert.getDevice().getPlatform()))
                .text("host_os_version", alert.getDevice().getOsVersion())
                .texts("host_ips", alert.getDevice().getIps())
                .text("host_type", alert.getDevice().getType())
                .number("host_criticality", alert.getDevice().getCriticality())
                .flag("host_managed", alert.getDevice().getIsManaged())
                .text("host_zone", alert.getDevice().getNetworkZone())
                .text("user", of(alert.getUser(), Account::getKey))
                .text("user_email", of(alert.getUser(), Account::getEmail))
                .flag("user_privileged", of(alert.getUser(), Account::getIsPrivileged))
                .flag("user_vip", of(alert.getUser(), Account::getIsVip))
                .text("user_department", of(alert.getUser(), Account::getDepartment))
                .text("user_session", of(alert.getUser(), Account::getSessionUid))
                .texts(
                        "playbooks",
                        alert.getPlaybookRefs().stream().map(PlaybookRef::getId).toList())
                .text("site", alert.getTenantKey())
                .number(
                        "site_score",
                        alert.getDomain() == null ? null : alert.getDomain().getScore())
                .flag(
                        "shared_hosting",
                        alert.getDomain() != null && alert.getDomain().getSharedHosting())
                .text("url", attack(alert, ObservableType.URL))
                .text("file_name", attack(alert, ObservableType.FILE_NAME))
                .text("file_path", attack(alert, ObservableType.FILE_PATH))
                .text("file_sha256", attack(alert, ObservableType.HASH))
                .text("command_line", attack(alert, ObservableType.COMMAND_LINE))
                .text("message_id", attack(alert, ObservableType.MESSAGE_ID))
                .texts(
                        "recommended_actions",
                        alert.getRecommendedActions().stream()
                                .map(RecommendedAction::getTitle)
                                .toList())
                .texts(
                        "answers",
                        alert.getAnalystQuestions().stream()
                                .filter(question -> question.getAnswer() != null)
                                .map(FlatJson::answer)
                                .toList())
                .number("evidence_total", alert.getEvidenceTotal())
                .number("suppressed_count", alert.getSuppressedCount())
                .text("duplicate_of", alert.getDuplicateOf())
                .texts("related_alerts", alert.getRelatedAlerts())
                .text("campaign_key", alert.getCampaignKey())
                .number("affected_device_count", alert.getAffectedDeviceCount())
                .texts(
                        "campaign_members",
                        alert.getCampaignMembers().stream()
                                .map(FlatJson::member)
                                .toList())
                .texts("routing", alert.getRouting())
                .number("ingest_lag_ms", alert.getIngestLagMs())
                .text("config_hash", alert.getProducer().getConfigHash())
                .texts(
                        "external_cases",
                        alert.getHandling() == null
                                ? List.of()
                                : alert.getHandling().getExternalCases().stream()
                                        .map(external -> external.getDestination() + ":" + external.getCaseId())
                                        .toList())
                .texts("labels", alert.getLabels())
                .text("tlp", EnumNames.lower(alert.getTlp()))
                .text("external_link", alert.getExternalLink())
                .text("description_md", alert.getDescriptionMd());
    }

    private static @Nullable String attack(Alert alert, ObservableType type) {
        for (Observable observable : alert.getObservables()) {
            if (observable.getType() == type && observable.getRole() == ObservableRole.ATTACK) {
                return observable.getValue();
            }
        }
        return null;
    }

    private static String technique(Attack attack) {
        return Objects.requireNonNullElse(attack.getSubTechniqueId(), attack.getTechniqueId());
    }

    private static String member(CampaignMember member) {
        return member.getFirstEventTime() + " " + member.getHostname()
                + (member.getUser() == null ? "" : " " + member.getUser()) + " "
                + EnumNames.lower(member.getReached()) + " " + member.getAlertId();
    }

    private static String answer(AnalystQuestion question) {
        return question.getId() + " " + question.getText() + " " + question.getAnswer();
    }

    /** A field of the account; null where the case has none. */
    private static <T> @Nullable T of(@Nullable Account user, Function<Account, @Nullable T> field) {
        return user == null ? null : field.apply(user);
    }
}
