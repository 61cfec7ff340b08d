package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.Device;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The case as an OCSF Detection Finding, class 2004: one line of JSON, UTF-8, no schema prefix.
 *
 * <p>What OCSF has no field for is under {@code unmapped.det0066}.
 *
 * @see <a href="https://schema.ocsf.io/1.5.0/classes/detection_finding">schema</a>
 */
public final class AlertOcsfJson {

    static final int CLASS = 2004;

    private AlertOcsfJson() {}

    /** The case as JSON of the version that most consumers read. */
    public static String of(Alert alert) {
        return of(alert, CloudEvent.OCSF_VERSION);
    }

    /** The case as JSON. Its content is valid from 1.5.0 to 1.8.0; the version is the one that it states. */
    public static String of(Alert alert, String version) {
        return JsonDocument.object(json -> write(json, alert, version));
    }

    private static void write(JsonDocument json, Alert alert, String version) {
        int activity = OcsfCodes.activity(alert.getLifecycle());
        String activityName = OcsfCodes.activityName(alert.getLifecycle());
        json.number("activity_id", activity)
                .text("activity_name", activityName)
                .number("category_uid", 2)
                .text("category_name", "Findings")
                .number("class_uid", CLASS)
                .text("class_name", "Detection Finding")
                .number("type_uid", CLASS * 100 + activity)
                .text("type_name", "Detection Finding: " + activityName)
                .millis("time", alert.getCreatedTime())
                .millis("start_time", alert.getFirstEventTime())
                .millis("end_time", alert.getLastEventTime())
                .number(
                        "duration",
                        Math.max(
                                0,
                                Duration.between(alert.getFirstEventTime(), alert.getLastEventTime())
                                        .toMillis()))
                .number("count", alert.getSuppressedCount() + 1)
                .text("message", alert.getTitle())
                .number("severity_id", alert.getSeverity().ordinal())
                .text("severity", EnumNames.title(alert.getSeverity()))
                .number("confidence_id", alert.getConfidence().ordinal())
                .text("confidence", EnumNames.title(alert.getConfidence()))
                .number("confidence_score", alert.getConfidenceScore())
                .number("impact_id", alert.getImpact().ordinal())
                .text("impact", EnumNames.title(alert.getImpact()))
                .number("risk_score", alert.getRiskScore())
                .number("risk_level_id", alert.getRiskLevel().ordinal())
                .text("risk_level", EnumNames.title(alert.getRiskLevel()))
                .number("status_id", OcsfCodes.status(alert.getState()))
                .text("status", EnumNames.title(alert.getState()))
                .text("status_detail", EnumNames.lower(alert.getChangeReason()) + ": " + alert.getChangeNote())
                .flag("is_alert", isAlert(alert));
        metadata(json, alert, version);
        finding(json, alert);
        device(json, alert.getDevice());
        json.each(
                "resources",
                List.of(alert.getDevice()),
                device -> json.text("type", "host")
                        .text("name", device.getHostname())
                        .text("uid", device.getUid()));
        OcsfEvidence.write(json, alert);
        json.each("observables", alert.getObservables(), observable -> observable(json, alert, observable));
        String steps = alert.getRecommendedActions().stream()
                .map(RecommendedAction::getTitle)
                .collect(Collectors.joining(". "));
        if (!steps.isEmpty()) {
            json.inside("remediation", () -> json.text("desc", steps + "."));
        }
        json.inside(
                "unmapped",
                () -> json.inside("det0066", () -> CaseExtension.write(json, alert, CloudEvent.ocsfSchema(version))));
    }

    private static void metadata(JsonDocument json, Alert alert, String version) {
        json.inside(
                "metadata",
                () -> json.text("version", version)
                        .inside(
                                "product",
                                () -> json.text("name", "Clicktrail")
                                        .text("vendor_name", "Clicktrail")
                                        .text("version", alert.getProducer().getVersion())
                                        .text("uid", alert.getProducer().getInstance()))
                        .text("uid", alert.getIdempotencyKey())
                        .text("correlation_uid", alert.getAlertId())
                        .text("tenant_uid", alert.getTenantId())
                        .number("sequence", alert.getRevision())
                        .texts("labels", alert.getLabels()));
    }

    private static void finding(JsonDocument json, Alert alert) {
        var datasets = new TreeSet<String>();
        alert.getEvidence()
                .forEach(item ->
                        datasets.add(item.getEvidence().getEvent().getSource().getDataset()));
        json.inside(
                "finding_info",
                () -> json.text("uid", alert.getAlertId())
                        .text("uid_alt", alert.getDedupKey())
                        .text("title", alert.getTitle())
                        .text("desc", alert.getSummary())
                        .millis("created_time", alert.getCreatedTime())
                        .millis("modified_time", alert.getUpdatedTime())
                        .millis("first_seen_time", alert.getFirstEventTime())
                        .millis("last_seen_time", alert.getLastEventTime())
                        .text("src_url", alert.getExternalLink())
                        .texts("data_sources", datasets)
                        .inside(
                                "analytic",
                                () -> json.number("type_id", 2)
                                        .text("type", "Behavioral")
                                        .text("uid", alert.getAnalyticId())
                                        .text("name", alert.getRule().getName())
                                        .text("version", alert.getRule().getVersion())
                                        .text("category", alert.getDetectionStrategy()))
                        .each("attacks", alert.getAttack(), attack -> attack(json, attack))
                        .each(
                                "related_events",
                                alert.getEvidence(),
                                item -> json.text(
                                                "uid",
                                                item.getEvidence().getEvent().getEventId())
                                        .number(
                                                "type_uid",
                                                OcsfEvidence.typeUid(
                                                        item.getEvidence().getEvent())))
                        .each(
                                "tags",
                                List.of(alert.getEscalation()),
                                escalation -> json.text("name", "escalation_tier")
                                        .text("value", Integer.toString(escalation.getTier()))));
    }

    private static void attack(JsonDocument json, Attack attack) {
        json.text("version", attack.getVersion())
                .inside("tactic", () -> json.text("uid", attack.getTacticId()).text("name", attack.getTacticName()))
                .inside(
                        "technique",
                        () -> json.text("uid", attack.getTechniqueId()).text("name", attack.getTechniqueName()));
        if (attack.getSubTechniqueId() != null) {
            json.inside(
                    "sub_technique",
                    () -> json.text("uid", attack.getSubTechniqueId()).text("name", attack.getSubTechniqueName()));
        }
    }

    private static void device(JsonDocument json, Device device) {
        json.inside("device", () -> {
            json.text("hostname", device.getHostname())
                    .text("name", device.getHostname())
                    .number("type_id", OcsfCodes.deviceTypeId(device.getType()))
                    .text("type", OcsfCodes.deviceTypeName(device.getType()))
                    .flag("is_managed", device.getIsManaged())
                    .text("zone", device.getNetworkZone())
                    .text("uid", device.getUid())
                    .text("domain", device.getDomain())
                    .text(
                            "ip",
                            device.getIps().isEmpty() ? null : device.getIps().getFirst());
            Integer os = OcsfCodes.osTypeId(device.getPlatform());
            if (os != null) {
                json.inside(
                        "os",
                        () -> json.number("type_id", os)
                                .text("type", OcsfCodes.osName(device.getPlatform()))
                                .text("name", OcsfCodes.osName(device.getPlatform())));
            }
        });
    }

    private static void observable(JsonDocument json, Alert alert, Observable observable) {
        json.text("name", OcsfEvidence.pathOf(alert, observable))
                .number("type_id", OcsfCodes.observableTypeId(observable))
                .text("type", OcsfCodes.observableTypeName(observable))
                .text("value", observable.getValue());
        Integer score = observable.getScore();
        if (score != null) {
            json.inside(
                    "reputation",
                    () -> json.number("base_score", score)
                            .number("score_id", OcsfCodes.reputation(score))
                            .text("provider", observable.getProvider()));
        }
    }

    /** True for a new case, and for an update that makes it worse. */
    private static boolean isAlert(Alert alert) {
        return switch (alert.getLifecycle()) {
            case CREATE -> alert.getSeverity() != Severity.INFORMATIONAL;
            case UPDATE ->
                switch (alert.getChangeReason()) {
                    case SEVERITY_UP, INTEL_HIT, ESCALATED, NEW_STAGE -> true;
                    case UNKNOWN,
                            FIRST_SEEN,
                            SEVERITY_DOWN,
                            INTEL_RETRACTED,
                            MORE_EVIDENCE,
                            LATE_EVENT,
                            FEEDBACK,
                            EXPIRED,
                            DUPLICATE_MERGED,
                            RETRACTED -> false;
                };
            case CLOSE, UNKNOWN -> false;
        };
    }
}
