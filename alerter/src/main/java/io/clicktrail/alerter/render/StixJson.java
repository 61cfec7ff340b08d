package io.clicktrail.alerter.render;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Observable;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The case as a STIX 2.1 bundle: the observed data, a sighting of T1204.001, indicators, and a report of all of these
 * with the summary (not a note, which the published schema of bundles refuses). Ids of observables are those that the
 * specification derives from their content, all others are UUIDv5 of our own name space, so the same case always has
 * the same objects.
 *
 * @see <a href="https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html">STIX 2.1</a>
 */
final class StixJson {

    /** Name space of the specification for the ids of cyber-observable objects, section 2.9. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    private static final UUID OURS =
            Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_DNS).generate("clicktrail.io");

    /** T1204.001 in MITRE's own STIX data. */
    private static final String MALICIOUS_LINK = "attack-pattern--ef67e13e-5598-4adc-bdb2-998225874fa9";

    private static final Instant MALICIOUS_LINK_CREATED = Instant.parse("2020-03-11T14:43:31.706Z");

    private final Alert alert;
    private final String producer;
    private final String created;
    private final String modified;

    private StixJson(Alert alert) {
        this.alert = alert;
        producer =
                id("identity", alert.getTenantId() + '|' + alert.getProducer().getInstance());
        created = time(alert.getCreatedTime());
        modified = time(
                alert.getUpdatedTime().isBefore(alert.getCreatedTime())
                        ? alert.getCreatedTime()
                        : alert.getUpdatedTime());
    }

    static String of(Alert alert) {
        var stix = new StixJson(alert);
        return JsonDocument.object(json -> stix.write(json));
    }

    private void write(JsonDocument json) {
        Map<String, Consumer<JsonDocument>> reported = reported();
        var objects = new ArrayList<Consumer<JsonDocument>>();
        objects.add(this::identity);
        objects.addAll(reported.values());
        objects.add(out -> report(out, List.copyOf(reported.keySet())));
        json.text("type", "bundle")
                .text("id", id("bundle", alert.getIdempotencyKey()))
                .each("objects", objects, object -> object.accept(json));
    }

    /** Objects of the report, by id. */
    private Map<String, Consumer<JsonDocument>> reported() {
        Map<String, Consumer<JsonDocument>> observables = observables();
        var objects = new LinkedHashMap<String, Consumer<JsonDocument>>();
        objects.put(MALICIOUS_LINK, this::technique);
        objects.putAll(observables);
        String observed = id("observed-data", alert.getAlertId());
        boolean any = !observables.isEmpty();
        if (any) {
            objects.put(observed, out -> observedData(out, observed, List.copyOf(observables.keySet())));
        }
        String sighting = id("sighting", alert.getAlertId());
        objects.put(sighting, out -> sighting(out, sighting, any ? observed : null));
        for (Observable observable : alert.getObservables()) {
            String pattern = pattern(observable);
            if (observable.getIoc() && !observable.getSharedHosting() && pattern != null) {
                String id = id("indicator", observable.getType() + "|" + observable.getValue());
                objects.put(id, out -> indicator(out, id, observable, pattern));
            }
        }
        return objects;
    }

    private void identity(JsonDocument json) {
        json.text("type", "identity")
                .text("spec_version", "2.1")
                .text("id", producer)
                .text("created", "2026-01-01T00:00:00.000Z")
                .text("modified", "2026-01-01T00:00:00.000Z")
                .text("name", "Clicktrail " + alert.getProducer().getInstance())
                .text("identity_class", "system");
    }

    private void technique(JsonDocument json) {
        json.text("type", "attack-pattern")
                .text("spec_version", "2.1")
                .text("id", MALICIOUS_LINK)
                .text("created", time(MALICIOUS_LINK_CREATED))
                .text("modified", time(MALICIOUS_LINK_CREATED))
                .text("name", "Malicious Link")
                .each(
                        "external_references",
                        List.of("T1204.001"),
                        technique -> json.text("source_name", "mitre-attack")
                                .text("external_id", technique)
                                .text("url", "https://attack.mitre.org/techniques/T1204/001"));
    }

    private void observedData(JsonDocument json, String id, List<String> observables) {
        object(json, "observed-data", id)
                .text("first_observed", time(alert.getFirstEventTime()))
                .text("last_observed", time(alert.getLastEventTime()))
                .number("number_observed", 1)
                .texts("object_refs", observables);
    }

    private void sighting(JsonDocument json, String id, @Nullable String observed) {
        object(json, "sighting", id)
                .text("first_seen", time(alert.getFirstEventTime()))
                .text("last_seen", time(alert.getLastEventTime()))
                .number("count", alert.getSuppressedCount() + 1)
                .text("sighting_of_ref", MALICIOUS_LINK)
                .texts("observed_data_refs", observed == null ? List.of() : List.of(observed))
                .texts("where_sighted_refs", List.of(producer));
        confidence(json);
    }

    private void indicator(JsonDocument json, String id, Observable observable, String pattern) {
        object(json, "indicator", id)
                .text("name", observable.getDefanged())
                .texts("indicator_types", List.of("malicious-activity"))
                .text("pattern", pattern)
                .text("pattern_type", "stix")
                .text("valid_from", created);
        confidence(json);
    }

    private void report(JsonDocument json, List<String> about) {
        object(json, "report", id("report", alert.getAlertId()))
                .text("name", alert.getTitle())
                .text("description", alert.getSummary())
                .texts("report_types", List.of("observed-data"))
                .text("published", created)
                .texts("object_refs", about);
    }

    private JsonDocument object(JsonDocument json, String type, String id) {
        return json.text("type", type)
                .text("spec_version", "2.1")
                .text("id", id)
                .text("created_by_ref", producer)
                .text("created", created)
                .text("modified", modified);
    }

    private void confidence(JsonDocument json) {
        json.number("confidence", alert.getConfidenceScore());
    }

    /** Observables by their ids, each once. */
    private Map<String, Consumer<JsonDocument>> observables() {
        var objects = new LinkedHashMap<String, Consumer<JsonDocument>>();
        for (Observable observable : alert.getObservables()) {
            String value = observable.getValue();
            switch (observable.getType()) {
                case URL -> {
                    String uri = StixText.uri(value);
                    if (uri != null) {
                        simple(objects, "url", "value", uri);
                    }
                }
                case HOSTNAME -> {
                    if (isName(value) && StixText.isHost(value)) {
                        simple(objects, "domain-name", "value", value);
                    }
                }
                case IP -> {
                    if (isAddress(value)) {
                        simple(objects, value.indexOf(':') < 0 ? "ipv4-addr" : "ipv6-addr", "value", value);
                    }
                }
                case EMAIL -> {
                    if (StixText.isMailbox(value)) {
                        simple(objects, "email-addr", "value", value);
                    }
                }
                case FILE_NAME -> simple(objects, "file", "name", value);
                case USER_NAME -> simple(objects, "user-account", "account_login", value);
                case HASH -> hash(objects, value);
                case PROCESS_ENTITY, PROCESS_NAME, COMMAND_LINE, FILE_PATH, MESSAGE_ID, USER_AGENT, OTHER -> {}
            }
        }
        return objects;
    }

    private static void simple(
            Map<String, Consumer<JsonDocument>> objects, String type, String property, String value) {
        String id = observableId(type, JsonDocument.object(json -> json.text(property, value)));
        objects.put(
                id,
                json -> json.text("type", type)
                        .text("spec_version", "2.1")
                        .text("id", id)
                        .text(property, value));
    }

    private static void hash(Map<String, Consumer<JsonDocument>> objects, String sha256) {
        if (sha256.length() != 64) {
            return;
        }
        String id = observableId(
                "file", JsonDocument.object(json -> json.inside("hashes", () -> json.text("SHA-256", sha256))));
        objects.put(
                id,
                json -> json.text("type", "file")
                        .text("spec_version", "2.1")
                        .text("id", id)
                        .inside("hashes", () -> json.text("SHA-256", sha256)));
    }

    private static @Nullable String pattern(Observable observable) {
        String value = quoted(observable.getValue());
        return switch (observable.getType()) {
            case URL -> {
                String uri = StixText.uri(observable.getValue());
                yield uri == null ? null : "[url:value = '" + quoted(uri) + "']";
            }
            case HOSTNAME -> isName(observable.getValue()) ? "[domain-name:value = '" + value + "']" : null;
            case IP ->
                !isAddress(value)
                        ? null
                        : "[" + (value.indexOf(':') < 0 ? "ipv4" : "ipv6") + "-addr:value = '" + value + "']";
            case HASH -> value.length() == 64 ? "[file:hashes.'SHA-256' = '" + value + "']" : null;
            case OTHER,
                    USER_NAME,
                    EMAIL,
                    FILE_NAME,
                    FILE_PATH,
                    PROCESS_NAME,
                    PROCESS_ENTITY,
                    COMMAND_LINE,
                    MESSAGE_ID,
                    USER_AGENT -> null;
        };
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Labels of letters, digits and dashes with single dots between them: what a domain name object may hold. */
    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_')) {
                return false;
            }
        }
        return text.indexOf('.') > 0 && !text.endsWith(".") && !text.contains("..");
    }

    /** A full address without a zone; IPv6 without dots, which the published schema refuses. */
    private static boolean isAddress(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '.' || c == ':')) {
                return false;
            }
        }
        try {
            return text.indexOf(':') >= 0
                    ? text.indexOf('.') < 0 && Inet6Address.ofLiteral(text) != null
                    : text.chars().filter(c -> c == '.').count() == 3 && Inet4Address.ofLiteral(text) != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String observableId(String type, String contributing) {
        return type + "--" + Generators.nameBasedGenerator(OBSERVABLES).generate(contributing);
    }

    private static String id(String type, String name) {
        return type + "--" + Generators.nameBasedGenerator(OURS).generate(type + '|' + name);
    }

    /** With milliseconds, as the specification requires of created and modified. */
    private static String time(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }
}
