package io.clicktrail.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Where two revisions of a case differ in what they say, in words. */
final class RecordDifference {

    private static final int MAX_DIFFERENCES = 12;
    private static final int MAX_TEXT = 400;

    /** They differ wherever anything else does, or from run to run. */
    private static final Set<String> NO_CONTENT = Set.of(
            "content_hash",
            "detection_hash",
            "detection_revision",
            "revision",
            "idempotency_key",
            "change_note",
            "change_reason",
            "lifecycle",
            "source",
            "producer",
            "ingest_lag_ms");

    private final List<String> found = new ArrayList<>();

    private RecordDifference() {}

    /** At most {@value #MAX_DIFFERENCES} paths of fields, each with both values. */
    static List<String> of(IndexedRecord value, IndexedRecord expected) {
        var difference = new RecordDifference();
        difference.compare("", value, expected);
        return List.copyOf(difference.found);
    }

    private void compare(String path, @Nullable Object value, @Nullable Object expected) {
        if (found.size() >= MAX_DIFFERENCES || Objects.equals(value, expected)) {
            return;
        }
        if (value instanceof IndexedRecord one && expected instanceof IndexedRecord other) {
            for (Schema.Field field : one.getSchema().getFields()) {
                if (!NO_CONTENT.contains(field.name())) {
                    compare(path + "." + field.name(), one.get(field.pos()), other.get(field.pos()));
                }
            }
        } else if (value instanceof List<?> one && expected instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(path + "[" + i + "]", one.get(i), other.get(i));
            }
        } else if (value instanceof List<?> one && expected instanceof List<?> other) {
            found.add(path + ": " + text(without(one, other)) + " instead of " + text(without(other, one)));
        } else {
            found.add(path + ": " + text(value) + " instead of " + text(expected));
        }
    }

    private static List<?> without(List<?> all, List<?> others) {
        return all.stream().filter(each -> !others.contains(each)).toList();
    }

    private static String text(@Nullable Object value) {
        var text = String.valueOf(value);
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
