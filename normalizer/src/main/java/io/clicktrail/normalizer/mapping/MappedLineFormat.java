package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.mapping.Mapping.TimeRule;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A mapped format whose records are lines. */
public final class MappedLineFormat implements TextFormat {

    /** The longest line that is taken apart, bytes. */
    private static final int MAX_TEXT = 64 << 10;

    private static final KeyValuePairs PAIRS = new KeyValuePairs(' ', '=');

    private final Mapping mapping;
    private final Signature.Line signature;

    /** The keys of pairs. */
    private final FieldNames keys = new FieldNames();

    MappedLineFormat(Mapping mapping, Signature.Line signature) {
        this.mapping = mapping;
        this.signature = signature;
        mapping.time().from().forEach(keys::slot);
        mapping.time().zoneFrom().forEach(keys::slot);
        mapping.rules().forEach(rule -> rule.from().forEach(keys::slot));
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
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        boolean begins = signature.begins().isEmpty();
        for (int i = 0; i < signature.begins().size() && !begins; i++) {
            begins = Lines.startsWith(
                    bytes, text.from(), text.to(), signature.begins().get(i));
        }
        if (!begins) {
            return false;
        }
        int end = end(text);
        boolean contains = signature.contains().isEmpty();
        for (int i = 0; i < signature.contains().size() && !contains; i++) {
            contains = Lines.find(bytes, text.from(), end, signature.contains().get(i)) >= 0;
        }
        return contains && (!signature.isWhole() || isMatched(text, end));
    }

    private boolean isMatched(Span text, int end) {
        return signature.pattern() == null
                || end - text.from() <= MAX_TEXT
                        && signature
                                        .pattern()
                                        .groups(new String(
                                                text.bytes(), text.from(), end - text.from(), StandardCharsets.UTF_8))
                                != null;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        if (record.length() > MAX_TEXT) {
            return context.rejected(Reason.TOO_LONG, this);
        }
        String text = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        Function<String, @Nullable String> part =
                signature.pattern() == null ? pairs(text) : signature.pattern().groups(text);
        if (part == null) {
            return context.rejected(Reason.NO_MATCH, this);
        }
        MappedFields fields = new MappedFields(mapping, context);
        TimeRule time = mapping.time();
        fields.time(
                time.isJoined() ? joined(part, time.from(), " ") : first(part, time.from()),
                first(part, time.zoneFrom()));
        int mostChars = context.limits().fieldChars();
        boolean isCut = false;
        for (Rule rule : mapping.rules()) {
            String value = rule.constant() != null
                    ? rule.constant()
                    : rule.value(
                            rule.join() == null ? first(part, rule.from()) : joined(part, rule.from(), rule.join()));
            if (value != null && value.length() > mostChars) {
                isCut = true;
                value = value.substring(
                        0, Character.isHighSurrogate(value.charAt(mostChars - 1)) ? mostChars - 1 : mostChars);
            }
            if (value != null) {
                fields.put(rule.target(), value);
            }
        }
        return fields.event(this, isCut);
    }

    private Function<String, @Nullable String> pairs(String text) {
        TextFields values = new TextFields(keys, MAX_TEXT);
        PAIRS.read(text, 0, keys, values);
        return key -> values.get(keys.find(key, 0, key.length()));
    }

    private static @Nullable String first(Function<String, @Nullable String> part, List<String> names) {
        for (String name : names) {
            String value = part.apply(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String joined(
            Function<String, @Nullable String> part, List<String> names, String between) {
        String joined = names.stream()
                .map(part)
                .filter(value -> value != null && !value.isEmpty())
                .collect(Collectors.joining(between));
        return joined.isEmpty() ? null : joined;
    }
}
