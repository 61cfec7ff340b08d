package io.clicktrail.alerter.render;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.Observable;
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
        Map<String, Consumer<JsonDocument>> observables = StixObservables.of(alert);
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
            String pattern = StixObservables.pattern(observable);
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
                .text("description", description())
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

    private static String id(String type, String name) {
        return type + "--" + Generators.nameBasedGenerator(OURS).generate(type + '|' + name);
    }

    /** With milliseconds, as the specification requires of created and modified. */
    private static String time(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    /** The summary and the answers to the analyst's questions. */
    private String description() {
        var said = new StringBuilder(alert.getSummary());
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            if (question.getAnswer() != null) {
                said.append("\n\n").append(question.getText()).append(' ').append(question.getAnswer());
            }
        }
        return said.toString();
    }
}
