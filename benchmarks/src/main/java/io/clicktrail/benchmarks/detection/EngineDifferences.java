package io.clicktrail.benchmarks.detection;

import io.clicktrail.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Where two ways to judge the same logs do not end with the same cases. */
final class EngineDifferences {

    /** Who made a case, how often it was revised, and where its raw records are. */
    private static final Set<String> ORIGIN = Set.of(
            "revision",
            "idempotency_key",
            "change_reason",
            "change_note",
            "lifecycle",
            "detection_hash",
            "detection_revision",
            "producer",
            "source",
            "handling",
            "content_hash",
            "routing",
            "ingest_lag_ms",
            "description_md");

    private static final int MAX_FIELDS = 6;
    private static final int MAX_TEXT = 160;

    private final List<String> fields = new ArrayList<>();

    private EngineDifferences() {}

    /**
     * Compares ids, tiers, states and content of the last revisions. Numbers of revisions are left out: how often a
     * case is renewed on the way depends on what arrives together.
     *
     * @return one line for each case that differs, sorted by id, with the first fields that differ
     */
    static List<String> between(List<Alert> stack, List<Alert> local) {
        Map<String, Alert> ofStack = byId(stack);
        Map<String, Alert> ofLocal = byId(local);
        var ids = new TreeSet<>(ofStack.keySet());
        ids.addAll(ofLocal.keySet());
        var differences = new ArrayList<String>();
        for (String id : ids) {
            Alert real = ofStack.get(id);
            Alert other = ofLocal.get(id);
            if (real == null) {
                differences.add("case " + id + " is of the local engine only");
            } else if (other == null) {
                differences.add("case " + id + " is of the stack only");
            } else if (!inShort(real).equals(inShort(other))) {
                var found = new EngineDifferences();
                found.values("", real, other);
                differences.add("case " + id + ": stack " + inShort(real) + ", local engine " + inShort(other) + "; "
                        + String.join("; ", found.fields));
            }
        }
        return List.copyOf(differences);
    }

    private static Map<String, Alert> byId(List<Alert> cases) {
        return cases.stream().collect(Collectors.toMap(Alert::getAlertId, Function.identity()));
    }

    private static String inShort(Alert alert) {
        return "tier " + alert.getEscalation().getTier() + ", " + alert.getState() + ", content "
                + alert.getContentHash();
    }

    private void values(String path, @Nullable Object real, @Nullable Object other) {
        if (fields.size() >= MAX_FIELDS || real == null && other == null) {
            return;
        }
        if (real instanceof SpecificRecord one && other instanceof SpecificRecord two) {
            for (Schema.Field field : one.getSchema().getFields()) {
                if (!ORIGIN.contains(field.name())) {
                    values(path + '/' + field.name(), one.get(field.pos()), two.get(field.pos()));
                }
            }
        } else if (real instanceof List<?> one && other instanceof List<?> two && one.size() == two.size()) {
            for (int i = 0; i < one.size(); i++) {
                values(path + '/' + i, one.get(i), two.get(i));
            }
        } else if (real == null || !real.equals(other)) {
            fields.add(path + ": " + text(real) + " and " + text(other));
        }
    }

    private static String text(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
