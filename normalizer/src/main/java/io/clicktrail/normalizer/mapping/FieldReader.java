package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.mapping.Mapping.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One choice of where a field comes from, with the slots of its sources. */
final class FieldReader {

    private static final String OTHERS = "*";
    private static final int MAX_PARTS = 256;
    private static final int MAX_JOINED = 64 << 10;

    private final Choice choice;
    private final TextSource[] sources;
    private final Criterion[][] when;
    private final boolean isUnconditional;
    private final boolean isPlain;
    private final Map<String, String> values;
    private final @Nullable TextSource unlike;
    private final Criterion[] beside;

    private FieldReader(
            Choice choice, TextSource[] sources, Criterion[][] when, @Nullable TextSource unlike, Criterion[] beside) {
        this.choice = choice;
        this.unlike = unlike;
        this.sources = sources;
        this.when = when;
        this.beside = beside;
        this.isUnconditional = choice.when().equals(Mapping.Condition.NONE);
        this.isPlain = choice.pattern() == null
                && choice.replace().isEmpty()
                && choice.prefix().isEmpty()
                && choice.values().isEmpty()
                && choice.split() == null
                && unlike == null
                && beside.length == 0
                && choice.decoding() == Decoding.PLAIN;
        this.values = new HashMap<>();
        choice.values().forEach((text, meaning) -> values.put(text.toLowerCase(Locale.ROOT), meaning));
        this.values.putAll(choice.values());
    }

    static FieldReader of(Choice choice, Compiler compiler) {
        return new FieldReader(
                choice,
                compiler.sources(choice.from()),
                compiler.condition(choice.when()),
                choice.unlike() == null ? null : compiler.source(choice.unlike()),
                compiler.criteria(choice.beside()));
    }

    /** The first text that one of the choices gives; null where none does. */
    static @Nullable String first(FieldReader[] choices, Fields record, EnvelopeMetadata around) {
        for (FieldReader each : choices) {
            String text = each.first(record, around);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** All texts of the first choice that gives one. */
    static List<String> all(FieldReader[] choices, Fields record, EnvelopeMetadata around) {
        for (FieldReader each : choices) {
            List<String> texts = each.all(record, around);
            if (!texts.isEmpty()) {
                return texts;
            }
        }
        return List.of();
    }

    private @Nullable String first(Fields record, EnvelopeMetadata around) {
        if (!isUnconditional && !Criterion.any(when, record, around)) {
            return null;
        }
        if (choice.constant() != null) {
            return choice.constant();
        }
        if (choice.join() != null) {
            String joined = joined(record, around);
            return joined == null || isPlain ? joined : firstOf(List.of(joined));
        }
        for (TextSource source : sources) {
            String text = source.get(record, around);
            String value = text == null || isPlain ? text : firstOf(texts(source, record, around));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String firstOf(List<String> texts) {
        List<String> values = new ArrayList<>(1);
        for (String text : texts) {
            take(text, values);
            if (!values.isEmpty()) {
                return values.getFirst();
            }
        }
        return null;
    }

    private List<String> all(Fields record, EnvelopeMetadata around) {
        if (!isUnconditional && !Criterion.any(when, record, around)) {
            return List.of();
        }
        if (choice.constant() != null) {
            return List.of(choice.constant());
        }
        List<String> values = new ArrayList<>(4);
        if (choice.join() != null) {
            String joined = joined(record, around);
            if (joined != null) {
                take(joined, values);
            }
            return values;
        }
        for (int i = 0; i < sources.length && values.isEmpty(); i++) {
            for (String text : texts(sources[i], record, around)) {
                take(text, values);
            }
        }
        return values;
    }

    /** The texts of a source; those alone that have an accepted text beside them. */
    private List<String> texts(TextSource source, Fields record, EnvelopeMetadata around) {
        List<String> texts = choice.decoding().together(source.all(record, around));
        if (unlike != null) {
            String other = unlike.get(record, around);
            texts = texts.stream().filter(text -> !text.equals(other)).toList();
        }
        for (Criterion other : beside) {
            List<String> own = parts(texts);
            List<String> others = parts(other.all(record, around));
            texts = new ArrayList<>();
            for (int i = 0; i < own.size() && own.size() == others.size(); i++) {
                if (other.isAccepted(others.get(i))) {
                    texts.add(own.get(i));
                }
            }
        }
        return texts;
    }

    private List<String> parts(List<String> texts) {
        return choice.split() == null || texts.size() != 1
                ? texts
                : Arrays.stream(texts.getFirst().split(Pattern.quote(choice.split()), MAX_PARTS))
                        .map(String::strip)
                        .toList();
    }

    private @Nullable String joined(Fields record, EnvelopeMetadata around) {
        StringBuilder joined = null;
        for (TextSource source : sources) {
            for (String text : source.all(record, around)) {
                joined = joined == null ? new StringBuilder() : joined.append(choice.join());
                joined.append(text, 0, Math.min(text.length(), Math.max(0, MAX_JOINED - joined.length())));
            }
        }
        return joined == null ? null : joined.toString();
    }

    /** Adds what the parts of a text stand for. */
    private void take(String text, List<String> into) {
        if (choice.split() == null) {
            takePart(text, into);
            return;
        }
        int from = 0;
        for (int parts = 0; from <= text.length() && parts < MAX_PARTS; parts++) {
            int end = text.indexOf(choice.split(), from);
            end = end < 0 ? text.length() : end;
            takePart(text.substring(from, end).strip(), into);
            from = end + choice.split().length();
        }
    }

    private void takePart(String text, List<String> into) {
        String part = choice.pattern() == null ? text : choice.pattern().part(text);
        if (part == null || part.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> each : choice.replace().entrySet()) {
            part = part.replace(each.getKey(), each.getValue());
        }
        for (String plain : choice.decoding() == Decoding.PLAIN
                ? List.of(part)
                : choice.decoding().decode(part)) {
            String value = values.isEmpty() ? plain : meaning(plain);
            if (value != null && into.size() < MAX_PARTS) {
                into.add(choice.prefix() + value);
            }
        }
    }

    private @Nullable String meaning(String text) {
        String exact = values.get(text);
        String alike = exact == null ? values.get(text.toLowerCase(Locale.ROOT)) : exact;
        return alike == null ? values.get(OTHERS) : alike;
    }
}
