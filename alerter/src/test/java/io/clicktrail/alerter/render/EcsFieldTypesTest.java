package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types of the fields that we write, from ECS 9's field reference; other fields are under clicktrail. */
class EcsFieldTypesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, List<String>> FIELDS = Map.of(
            "date", List.of("@timestamp", "event.created", "event.start", "event.end"),
            "number", List.of("event.severity", "event.risk_score", "event.sequence", "file.size", "process.pid"),
            "array",
                    List.of(
                            "tags",
                            "event.category",
                            "event.type",
                            "threat.tactic.id",
                            "threat.tactic.name",
                            "threat.technique.id",
                            "threat.technique.name",
                            "threat.technique.subtechnique.id",
                            "threat.technique.subtechnique.name",
                            "host.ip",
                            "user.roles",
                            "related.hosts",
                            "related.ip",
                            "related.user",
                            "related.hash"),
            "keyword",
                    List.of(
                            "ecs.version",
                            "message",
                            "labels.revision",
                            "labels.dedup_key",
                            "labels.escalation_tier",
                            "event.kind",
                            "event.action",
                            "event.module",
                            "event.dataset",
                            "event.id",
                            "event.hash",
                            "event.reason",
                            "event.url",
                            "rule.id",
                            "rule.name",
                            "rule.version",
                            "rule.ruleset",
                            "rule.reference",
                            "threat.framework",
                            "host.name",
                            "host.hostname",
                            "host.id",
                            "host.domain",
                            "host.os.type",
                            "host.os.version",
                            "host.type",
                            "user.name",
                            "user.domain",
                            "user.id",
                            "user.email",
                            "observer.vendor",
                            "observer.product",
                            "observer.type",
                            "observer.version",
                            "observer.name",
                            "organization.id",
                            "organization.name",
                            "url.original",
                            "url.domain",
                            "file.name",
                            "file.path",
                            "file.extension",
                            "file.hash.sha256",
                            "file.hash.sha1",
                            "file.hash.md5",
                            "process.entity_id",
                            "process.name",
                            "process.executable",
                            "process.command_line",
                            "destination.domain"));

    @Test
    void everyFieldIsOfEcsAndHasItsType() {
        for (Alert alert : List.of(
                Stories.alert(Stories.executed()),
                Stories.alert(Stories.downloaded()),
                Stories.alert(Stories.contacted()),
                Stories.alert(HostileText.detection()))) {
            check(alert);
        }
    }

    /** Fails where the ECS form of a case has a field that ECS does not know, or of another type. */
    static void check(Alert alert) {
        Map<String, String> types = new HashMap<>();
        FIELDS.forEach((type, names) -> names.forEach(name -> types.put(name, type)));
        check("", JSON.readTree(AlertEcsJson.of(alert)), types);
    }

    private static void check(String path, JsonNode node, Map<String, String> types) {
        for (String name : node.propertyNames()) {
            String field = path.isEmpty() ? name : path + "." + name;
            JsonNode value = node.path(name);
            if (field.equals("clicktrail")) {
                continue;
            }
            if (value.isObject()) {
                check(field, value, types);
                continue;
            }
            String type = types.getOrDefault(field, "unknown to ECS");
            boolean right = switch (type) {
                case "date" -> value.isString() && Instant.parse(value.asString()) != null;
                case "number" -> value.isIntegralNumber();
                case "array" -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
                case "keyword" -> value.isString();
                default -> false;
            };
            assertThat(right).as(field + " is " + type + " and was " + value).isTrue();
        }
    }
}
