package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.json.JsonRows;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapped format whose records are JSON objects. */
public final class MappedJsonFormat implements JsonFormat {

    private final Mapping mapping;
    private final int[] signature;
    private final List<Set<String>> expected = new ArrayList<>();
    private final Place[] time;
    private final Place[] timeZone;
    private final Place[][] rules;

    MappedJsonFormat(Mapping mapping, Signature.Json json, JsonPaths paths) {
        this.mapping = mapping;
        this.signature = new int[json.values().size()];
        json.values().forEach((path, texts) -> {
            signature[expected.size()] = paths.field(path);
            expected.add(texts);
        });
        this.time = places(mapping.time().from(), paths);
        this.timeZone = places(mapping.time().zoneFrom(), paths);
        this.rules = new Place[mapping.rules().size()][];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = places(mapping.rules().get(i).from(), paths);
        }
    }

    @Override
    public String name() {
        return mapping.name();
    }

    @Override
    public List<String> datasets() {
        return List.of(mapping.name());
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        for (int i = 0; i < signature.length; i++) {
            String value = document.get(signature[i]);
            Set<String> texts = expected.get(i);
            if (value == null ? !(texts.isEmpty() && document.has(signature[i])) : !fits(texts, value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        MappedFields fields = new MappedFields(mapping, context);
        List<String> text = mapping.time().isJoined() ? every(document, time) : first(document, time);
        List<String> zone = first(document, timeZone);
        fields.time(
                text.isEmpty()
                        ? null
                        : String.join(" ", text.subList(0, mapping.time().isJoined() ? text.size() : 1)),
                zone.isEmpty() ? null : zone.getFirst());
        for (int i = 0; i < rules.length; i++) {
            Rule rule = mapping.rules().get(i);
            if (rule.constant() != null) {
                fields.put(rule.target(), rule.constant());
                continue;
            }
            List<String> found = rule.join() == null ? first(document, rules[i]) : every(document, rules[i]);
            if (rule.join() != null && !found.isEmpty()) {
                found = List.of(String.join(rule.join(), found));
            }
            List<String> values = new ArrayList<>(found.size());
            for (String each : found) {
                String value = rule.value(each);
                if (value != null) {
                    values.add(value);
                }
            }
            if (!values.isEmpty()) {
                fields.put(rule.target(), values);
            }
        }
        return fields.event(this, document.truncated());
    }

    private static boolean fits(Set<String> texts, String value) {
        return texts.isEmpty() || texts.contains(value);
    }

    /** The values of the first source that holds something. */
    private static List<String> first(JsonFields document, Place[] places) {
        for (Place place : places) {
            List<String> values = place.all(document);
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }

    /** The values of all sources, in their order. */
    private static List<String> every(JsonFields document, Place[] places) {
        List<String> values = new ArrayList<>();
        for (Place place : places) {
            values.addAll(place.all(document));
        }
        return values;
    }

    private static Place[] places(List<String> paths, JsonPaths into) {
        return paths.stream().map(path -> Place.of(path, into)).toArray(Place[]::new);
    }

    /**
     * Where a value is: at a path, or in the object of a list that has a text at one of its members, {@code
     * parameters[name=URL].value}.
     */
    private record Place(int slot, @Nullable JsonRows rows, String text) {

        private static final int MAX_ROWS = 256;

        static Place of(String path, JsonPaths into) {
            int open = path.indexOf('[');
            int equals = path.indexOf('=', open);
            int close = path.indexOf("].", equals);
            return open < 0 || equals < 0 || close < 0
                    ? new Place(into.field(path), null, "")
                    : new Place(
                            into.span(path.substring(0, open)),
                            new JsonRows(MAX_ROWS, path.substring(open + 1, equals), path.substring(close + 2)),
                            path.substring(equals + 1, close));
        }

        List<String> all(JsonFields document) {
            if (rows == null) {
                return document.get(slot) == null ? List.of() : document.all(slot);
            }
            for (@Nullable String[] row : rows.read(document.inner(slot))) {
                if (text.equals(row[0]) && row[1] != null) {
                    return List.of(row[1]);
                }
            }
            return List.of();
        }
    }
}
