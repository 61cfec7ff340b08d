package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.mapping.Mapping.Accepted;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a source has one of some texts, or none of them; of a list one of its texts. */
final class Criterion {

    private static final String ANYTHING = "*";
    private static final String NOTHING = "-";
    private static final String OBJECT = "{}";
    private static final String EMPTY_LIST = "[]";
    private static final int NONE = -1;

    private final TextSource source;
    private final Accepted accepted;
    private final boolean anything;
    private final boolean nothing;
    private final Set<String> texts;
    private final List<String> parts;
    private final int object;
    private final int list;

    private Criterion(TextSource source, Accepted accepted, int object, int list) {
        this.source = source;
        this.accepted = accepted;
        this.anything = accepted.texts().contains(ANYTHING);
        this.nothing = accepted.texts().contains(NOTHING);
        this.texts = accepted.texts().stream().filter(text -> !isPart(text)).collect(Collectors.toUnmodifiableSet());
        this.parts = accepted.texts().stream().filter(Criterion::isPart).toList();
        this.object = object;
        this.list = list;
    }

    static Criterion of(String name, Accepted accepted, Compiler compiler) {
        boolean isObject = accepted.texts().contains(OBJECT);
        JsonPaths paths = compiler.paths();
        return new Criterion(
                compiler.source(name),
                accepted,
                isObject ? compiler.slots().applyAsInt(name) : NONE,
                paths != null && accepted.texts().contains(EMPTY_LIST) ? paths.span(name) : NONE);
    }

    static boolean any(Criterion[][] alternatives, Fields record, EnvelopeMetadata around) {
        for (Criterion[] all : alternatives) {
            boolean holds = true;
            for (int i = 0; i < all.length && holds; i++) {
                holds = all[i].holds(record, around) != all[i].accepted.isNot();
            }
            if (holds) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(Fields record, EnvelopeMetadata around) {
        if (list != NONE && record instanceof JsonFields json) {
            Span place = json.inner(list);
            if (place != null && place.length() == 2 && place.bytes()[place.from()] == '[') {
                return true;
            }
        }
        if (object != NONE && record instanceof JsonFields json && json.isObject(object)) {
            return true;
        }
        if (anything || nothing) {
            boolean has = source.has(record, around);
            if (has ? anything : nothing) {
                return true;
            }
        }
        boolean isOfTexts = !texts.isEmpty() || !parts.isEmpty() || accepted.pattern() != null;
        String text = isOfTexts ? source.get(record, around) : null;
        return text != null
                && (isAccepted(text) || source.any(record, around).stream().anyMatch(this::isAccepted));
    }

    /** All texts of the source. */
    List<String> all(Fields record, EnvelopeMetadata around) {
        return source.all(record, around);
    }

    boolean isAccepted(String text) {
        return accepted.pattern() == null
                ? texts.contains(text) || hasPart(text)
                : accepted.pattern().part(text) != null;
    }

    private boolean hasPart(String text) {
        for (String part : parts) {
            boolean isOpen = part.charAt(0) == '*';
            String plain = part.substring(isOpen ? 1 : 0, part.length() - (part.endsWith(ANYTHING) ? 1 : 0));
            if (!isOpen
                    ? text.startsWith(plain)
                    : part.endsWith(ANYTHING) ? text.contains(plain) : text.endsWith(plain)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(String text) {
        return text.length() > 1 && (text.charAt(0) == '*' || text.endsWith(ANYTHING));
    }
}
