package io.clicktrail.console.revisions;

import io.clicktrail.alert.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Every field in which two revisions of a case differ, except the book-keeping that differs in each. The schema is
 * walked, so that no field is forgotten.
 */
public final class RevisionChanges {

    /** Most changes of two revisions; what is beyond is left out. */
    public static final int MAX_CHANGES = 200;

    private static final int MAX_LABEL = 300;

    /** Fields of the alert that count or name the revision itself, and the text that is made of the others. */
    private static final Set<String> OF_THE_REVISION = Set.of(
            "revision",
            "idempotency_key",
            "lifecycle",
            "change_reason",
            "change_note",
            "content_hash",
            "detection_hash",
            "detection_revision",
            "producer",
            "updated_time",
            "description_md");

    private final List<Change> changes = new ArrayList<>();

    private RevisionChanges() {}

    /**
     * A difference.
     *
     * @param field name of the field in words, with those of the records around it
     * @param before empty where it was absent
     * @param after empty where it is absent
     */
    public record Change(String field, String before, String after) {}

    /** The changes from one revision to another, in the order of the schema. */
    public static List<Change> between(Alert before, Alert after) {
        var all = new RevisionChanges();
        all.records("", before, after, OF_THE_REVISION);
        return List.copyOf(all.changes);
    }

    private void records(String path, SpecificRecord before, SpecificRecord after, Set<String> skipped) {
        for (Schema.Field field : before.getSchema().getFields()) {
            if (!skipped.contains(field.name())) {
                values(path + words(field.name()), before.get(field.pos()), after.get(field.pos()));
            }
        }
    }

    private void values(String path, @Nullable Object before, @Nullable Object after) {
        if (before == null ? after == null : before.equals(after)) {
            return;
        }
        if (before instanceof SpecificRecord old && after instanceof SpecificRecord now) {
            records(path + ", ", old, now, Set.of());
        } else if (before instanceof List<?> old && after instanceof List<?> now) {
            lists(path, old, now);
        } else {
            add(path, label(before), label(after));
        }
    }

    /** What left and what came; an entry that reads the same in both is the same one, changed inside. */
    private void lists(String path, List<?> before, List<?> after) {
        Map<String, Object> left = new HashMap<>();
        for (Object each : before) {
            if (!after.contains(each)) {
                left.put(label(each), each);
            }
        }
        for (Object each : after) {
            if (!before.contains(each)) {
                String label = label(each);
                if (left.remove(label) instanceof SpecificRecord old && each instanceof SpecificRecord now) {
                    records(path + " " + label + ", ", old, now, Set.of());
                } else {
                    add(path, "", label);
                }
            }
        }
        for (Object each : before) {
            if (left.containsValue(each)) {
                add(path, label(each), "");
            }
        }
    }

    private void add(String path, String before, String after) {
        if (changes.size() < MAX_CHANGES) {
            changes.add(new Change(path, before, after));
        }
    }

    /** A value in words; a record by its own plain fields. */
    private static String label(@Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case SpecificRecord record -> {
                var fields = new StringJoiner(", ");
                for (Schema.Field field : record.getSchema().getFields()) {
                    Object each = record.get(field.pos());
                    if (each instanceof String || each instanceof Enum<?> || each instanceof Number) {
                        fields.add(label(each));
                    }
                }
                yield fields.toString();
            }
            case List<?> list -> {
                var entries = new StringJoiner("; ");
                list.forEach(each -> entries.add(label(each)));
                yield entries.toString();
            }
            case Enum<?> symbol -> symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            default -> value.toString();
        };
        return text.length() <= MAX_LABEL ? text : text.substring(0, MAX_LABEL) + "…";
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }
}
