package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.json.JsonRows;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns the names in a mapping into the slots of a record's table, once, at the start.
 *
 * @param slots the slot of a source
 * @param paths of a record that is JSON; null for lines
 */
record Compiler(ToIntFunction<String> slots, @Nullable JsonPaths paths) {

    TextSource source(String name) {
        TextSource.Envelope envelope = TextSource.Envelope.named(name);
        if (envelope != null) {
            return envelope;
        }
        if (name.contains(TextSource.Any.SEPARATOR)) {
            return new TextSource.Any(sources(List.of(name.split(TextSource.Any.SEPARATOR, -1))));
        }
        int open = name.indexOf('[');
        int equals = name.indexOf('=', open);
        int close = name.indexOf("].", equals);
        return paths == null || open < 0 || equals < 0 || close < 0
                ? new TextSource.Slot(slots.applyAsInt(name))
                : new TextSource.Member(
                        paths.span(name.substring(0, open)),
                        new JsonRows(
                                TextSource.Member.MAX_ROWS,
                                name.substring(open + 1, equals),
                                name.substring(close + 2)),
                        name.substring(equals + 1, close));
    }

    TextSource[] sources(List<String> names) {
        return names.stream().map(this::source).toArray(TextSource[]::new);
    }

    Criterion[][] condition(Mapping.Condition condition) {
        return condition.alternatives().stream().map(this::criteria).toArray(Criterion[][]::new);
    }

    Criterion[] criteria(Map<String, Mapping.Accepted> all) {
        return all.entrySet().stream()
                .map(each -> Criterion.of(each.getKey(), each.getValue(), this))
                .toArray(Criterion[]::new);
    }

    FieldReader[] readers(List<Mapping.Choice> choices) {
        return choices.stream().map(choice -> FieldReader.of(choice, this)).toArray(FieldReader[]::new);
    }
}
