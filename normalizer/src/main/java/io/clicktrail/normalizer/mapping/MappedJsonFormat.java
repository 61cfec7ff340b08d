package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An operator's format whose records are JSON objects. */
public final class MappedJsonFormat implements JsonFormat {

    private final Mapping mapping;
    private final int[] signature;
    private final List<Set<String>> expected = new ArrayList<>();
    private final int[] time;
    private final int[][] rules;

    MappedJsonFormat(Mapping mapping, Signature.Json json, JsonPaths paths) {
        this.mapping = mapping;
        this.signature = new int[json.values().size()];
        json.values().forEach((path, texts) -> {
            signature[expected.size()] = paths.field(path);
            expected.add(texts);
        });
        this.time = slots(mapping.time().from(), paths);
        this.rules = new int[mapping.rules().size()][];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = slots(mapping.rules().get(i).from(), paths);
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
        int place = first(document, time);
        fields.time(place < 0 ? null : document.get(place));
        for (int i = 0; i < rules.length; i++) {
            Rule rule = mapping.rules().get(i);
            if (rule.constant() != null) {
                fields.put(rule.target(), rule.constant());
                continue;
            }
            int slot = first(document, rules[i]);
            if (slot >= 0 && rule.pattern() == null) {
                fields.put(rule.target(), document.all(slot));
            } else if (slot >= 0) {
                String part = Patterns.part(rule.pattern(), document.get(slot));
                if (part != null) {
                    fields.put(rule.target(), part);
                }
            }
        }
        return fields.event(this, document.truncated());
    }

    private static boolean fits(Set<String> texts, String value) {
        return texts.isEmpty() || texts.contains(value);
    }

    /** The first slot that holds something, or -1. */
    private static int first(JsonFields document, int[] slots) {
        for (int slot : slots) {
            if (document.get(slot) != null) {
                return slot;
            }
        }
        return -1;
    }

    private static int[] slots(List<String> paths, JsonPaths into) {
        int[] slots = new int[paths.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = into.field(paths.get(i));
        }
        return slots;
    }
}
