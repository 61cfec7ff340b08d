package io.clicktrail.alerter.render;

import io.clicktrail.alert.Account;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Attack;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Event;
import io.clicktrail.event.Hash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The case as an Elastic Common Schema document, {@code event.kind: alert}: one line of JSON. Indexed by its key it
 * replaces the previous revision.
 *
 * <p>What ECS has no field for is under {@code clicktrail}.
 */
public final class AlertEcsJson {

    private static final String VERSION = "9.0.0";

    private AlertEcsJson() {}

    /** The case as JSON. */
    public static String of(Alert alert) {
        return JsonDocument.object(json -> write(json, alert));
    }

    private static void write(JsonDocument json, Alert alert) {
        json.iso("@timestamp", alert.getCreatedTime())
                .inside("ecs", () -> json.text("version", VERSION))
                .text("message", alert.getTitle())
                .texts("tags", List.of("DET0066", alert.getAnalyticId()))
                .inside(
                        "labels",
                        () -> json.text("revision", Integer.toString(alert.getRevision()))
                                .text("dedup_key", alert.getDedupKey())
                                .text(
                                        "escalation_tier",
                                        Integer.toString(alert.getEscalation().getTier())));
        event(json, alert);
        rule(json, alert);
        threat(json, alert.getAttack());
        entities(json, alert);
        evidence(json, alert);
        json.inside("clicktrail", () -> {
            CaseExtension.write(json, alert, CloudEvent.ECS_SCHEMA);
            timeline(json, alert);
        });
    }

    private static void timeline(JsonDocument json, Alert alert) {
        json.each("timeline", alert.getEvidence(), item -> {
            Event event = item.getEvidence().getEvent();
            json.iso("time", event.getTime())
                    .text("stage", EnumNames.lower(item.getStage()))
                    .text("what", item.getWhat())
                    .text("event_id", event.getEventId())
                    .text("dataset", event.getSource().getDataset())
                    .text("topic", event.getSource().getTopic())
                    .number("partition", event.getSource().getPartition())
                    .number("offset", event.getSource().getOffset());
        });
    }

    private static void event(JsonDocument json, Alert alert) {
        json.inside(
                "event",
                () -> json.text("kind", "alert")
                        .texts("category", List.of("threat"))
                        .texts("type", List.of("indicator"))
                        .text("action", "alert-" + EnumNames.lower(alert.getLifecycle()))
                        .text("module", "clicktrail")
                        .text("dataset", "clicktrail.alert")
                        .text("id", alert.getAlertId())
                        .text("hash", alert.getIdempotencyKey())
                        .iso("created", alert.getCreatedTime())
                        .iso("start", alert.getFirstEventTime())
                        .iso("end", alert.getLastEventTime())
                        .number("severity", Judgement.weight(alert.getSeverity()))
                        .number("risk_score", alert.getRiskScore())
                        .number("sequence", alert.getRevision())
                        .text("reason", alert.getSummary())
                        .text("url", alert.getExternalLink()));
    }

    private static void rule(JsonDocument json, Alert alert) {
        json.inside(
                "rule",
                () -> json.text("id", alert.getRule().getId())
                        .text("name", alert.getRule().getName())
                        .text("version", alert.getRule().getVersion())
                        .text("ruleset", alert.getDetectionStrategy())
                        .text(
                                "reference",
                                "https://attack.mitre.org/detectionstrategies/" + alert.getDetectionStrategy() + "/"));
    }

    private static void threat(JsonDocument json, List<Attack> attacks) {
        json.inside(
                "threat",
                () -> json.text("framework", "MITRE ATT&CK")
                        .inside(
                                "tactic",
                                () -> json.texts("id", distinct(attacks, Attack::getTacticId))
                                        .texts("name", distinct(attacks, Attack::getTacticName)))
                        .inside(
                                "technique",
                                () -> json.texts("id", distinct(attacks, Attack::getTechniqueId))
                                        .texts("name", distinct(attacks, Attack::getTechniqueName))
                                        .inside(
                                                "subtechnique",
                                                () -> json.texts("id", distinct(attacks, Attack::getSubTechniqueId))
                                                        .texts(
                                                                "name",
                                                                distinct(attacks, Attack::getSubTechniqueName)))));
    }

    private static List<String> roles(Account account) {
        var roles = new ArrayList<String>();
        if (Boolean.TRUE.equals(account.getIsPrivileged())) {
            roles.add("administrator");
        }
        if (Boolean.TRUE.equals(account.getIsVip())) {
            roles.add("vip");
        }
        return roles;
    }

    private static void entities(JsonDocument json, Alert alert) {
        json.inside(
                "host",
                () -> json.text("name", alert.getDevice().getHostname())
                        .text("hostname", alert.getDevice().getHostname())
                        .text("id", alert.getDevice().getUid())
                        .text("domain", alert.getDevice().getDomain())
                        .texts("ip", alert.getDevice().getIps())
                        .text("type", alert.getDevice().getType())
                        .inside(
                                "os",
                                () -> json.text(
                                                "type",
                                                EnumNames.lower(
                                                        alert.getDevice().getPlatform()))
                                        .text("version", alert.getDevice().getOsVersion())));
        if (alert.getUser() != null) {
            json.inside(
                    "user",
                    () -> json.text("name", alert.getUser().getName())
                            .text("domain", alert.getUser().getDomain())
                            .text("id", alert.getUser().getUid())
                            .text("email", alert.getUser().getEmail())
                            .texts("roles", roles(alert.getUser())));
        }
        json.inside(
                        "observer",
                        () -> json.text("vendor", "Clicktrail")
                                .text("product", "Clicktrail")
                                .text("type", "correlation")
                                .text("version", alert.getProducer().getVersion())
                                .text("name", alert.getProducer().getInstance()))
                .inside(
                        "organization",
                        () -> json.text("id", alert.getTenantId()).text("name", alert.getOrganisation()))
                .inside(
                        "related",
                        () -> json.texts("hosts", values(alert, ObservableType.HOSTNAME))
                                .texts("ip", values(alert, ObservableType.IP))
                                .texts("user", values(alert, ObservableType.USER_NAME))
                                .texts("hash", values(alert, ObservableType.HASH)));
    }

    /** The one link, file and process that a list of cases shows; the rest is under {@code clicktrail}. */
    private static void evidence(JsonDocument json, Alert alert) {
        String url = first(alert, ObservableType.URL);
        if (url != null) {
            json.inside(
                    "url",
                    () -> json.text("original", url)
                            .text(
                                    "domain",
                                    alert.getDomain() == null
                                            ? null
                                            : alert.getDomain().getHost()));
        }
        Event write = first(alert, Stage.WRITE);
        if (write != null && write.getFile() != null) {
            Hash hash = write.getFile().getHash();
            json.inside("file", () -> {
                json.text("name", write.getFile().getName())
                        .text("path", write.getFile().getPath())
                        .text("extension", write.getFile().getExtension())
                        .number("size", write.getFile().getSize());
                if (hash != null) {
                    json.inside(
                            "hash",
                            () -> json.text("sha256", hash.getSha256())
                                    .text("sha1", hash.getSha1())
                                    .text("md5", hash.getMd5()));
                }
            });
        }
        Event run = first(alert, Stage.EXECUTION);
        if (run != null && run.getProcess() != null) {
            json.inside(
                    "process",
                    () -> json.text("entity_id", run.getProcess().getEntityId())
                            .number("pid", run.getProcess().getPid())
                            .text("name", run.getProcess().getName())
                            .text("executable", run.getProcess().getExecutable())
                            .text("command_line", run.getProcess().getCommandLine()));
        }
        if (alert.getDomain() != null) {
            json.inside(
                    "destination", () -> json.text("domain", alert.getDomain().getHost()));
        }
    }

    private static @Nullable Event first(Alert alert, Stage stage) {
        for (var item : alert.getEvidence()) {
            if (item.getStage() == stage) {
                return item.getEvidence().getEvent();
            }
        }
        return null;
    }

    private static @Nullable String first(Alert alert, ObservableType type) {
        for (Observable observable : alert.getObservables()) {
            if (observable.getType() == type && observable.getRole() == ObservableRole.ATTACK) {
                return observable.getValue();
            }
        }
        return null;
    }

    private static List<String> values(Alert alert, ObservableType type) {
        return alert.getObservables().stream()
                .filter(observable -> observable.getType() == type)
                .map(Observable::getValue)
                .toList();
    }

    private static Collection<String> distinct(List<Attack> attacks, Function<Attack, @Nullable String> field) {
        return attacks.stream()
                .map(field)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
