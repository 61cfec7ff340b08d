package io.clicktrail.normalizer.mapping;

import com.google.re2j.Matcher;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.mapping.Mapping.Rule;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator's format whose records are lines. */
public final class MappedLineFormat implements TextFormat {

    private final Mapping mapping;
    private final Signature.Line signature;

    MappedLineFormat(Mapping mapping, Signature.Line signature) {
        this.mapping = mapping;
        this.signature = signature;
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
        return signature.isBeginning()
                ? Lines.startsWith(text.bytes(), text.from(), text.to(), signature.text())
                : Lines.find(text.bytes(), text.from(), end(text), signature.text()) >= 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        if (record.length() > Patterns.MAX_TEXT) {
            return context.rejected(Reason.TOO_LONG, this);
        }
        Matcher matcher = signature
                .pattern()
                .matcher(new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            return context.rejected(Reason.NO_MATCH, this);
        }
        MappedFields fields = new MappedFields(mapping, context);
        fields.time(first(matcher, mapping.time().from()));
        int mostChars = context.limits().fieldChars();
        boolean isCut = false;
        for (Rule rule : mapping.rules()) {
            String value = rule.constant() == null ? first(matcher, rule.from()) : rule.constant();
            if (value != null && rule.pattern() != null) {
                value = Patterns.part(rule.pattern(), value);
            }
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

    private static @Nullable String first(Matcher matcher, List<String> groups) {
        for (String group : groups) {
            String value = matcher.group(group);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
