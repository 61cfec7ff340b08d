package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.fields.Fields;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.Format;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.mapping.Mapping.Case;
import io.clicktrail.normalizer.mapping.Mapping.Result;
import io.clicktrail.normalizer.mapping.Mapping.TimeRule;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an event of a record by one entry of a mapping's {@code events}, where its condition holds. */
final class CaseReader {

    private final Case rule;
    private final Criterion[][] when;
    private final FieldReader[][] time;
    private final TextSource[] zone;
    private final TargetField[] targets;
    private final FieldReader[][] fields;
    private final boolean hasLists;

    private CaseReader(Case rule, Compiler compiler) {
        this.rule = rule;
        this.when = compiler.condition(rule.when());
        switch (rule.result()) {
            case Result.Ignored nothing -> {
                this.time = new FieldReader[0][];
                this.zone = new TextSource[0];
                this.targets = new TargetField[0];
                this.fields = new FieldReader[0][];
            }
            case Result.Mapped mapped -> {
                this.time = mapped.time().choices().stream()
                        .map(choice -> compiler.readers(List.of(choice)))
                        .toArray(FieldReader[][]::new);
                this.zone = compiler.sources(mapped.time().zoneFrom());
                this.targets = mapped.rules().stream().map(Mapping.Rule::target).toArray(TargetField[]::new);
                this.fields = mapped.rules().stream()
                        .map(each -> compiler.readers(each.choices()))
                        .toArray(FieldReader[][]::new);
            }
        }
        this.hasLists = Arrays.stream(targets).anyMatch(TargetField::isList);
    }

    static CaseReader[] of(Mapping mapping, Compiler compiler) {
        return mapping.cases().stream()
                .map(each -> new CaseReader(each, compiler))
                .toArray(CaseReader[]::new);
    }

    /** What the first case that fits gives, and those after one that says so. */
    static Outcome read(CaseReader[] cases, Fields record, RecordContext context, Format format) {
        List<Outcome> outcomes = List.of();
        for (CaseReader each : cases) {
            if (!Criterion.any(each.when, record, context.metadata())) {
                continue;
            }
            Outcome outcome = each.read(record, context, format);
            if (outcomes.isEmpty() && !each.isAlso()) {
                return outcome;
            }
            outcomes = outcomes.isEmpty() ? new ArrayList<>() : outcomes;
            outcomes.add(outcome);
            if (!each.isAlso()) {
                break;
            }
        }
        return outcomes.isEmpty() ? context.rejected(Reason.NO_MATCH, format) : Outcome.Normalized.ofAll(outcomes);
    }

    /** Whether one of the cases fits and gives an event. */
    static boolean isMeant(CaseReader[] cases, Fields record, EnvelopeMetadata around) {
        for (CaseReader each : cases) {
            if (Criterion.any(each.when, record, around)) {
                return each.rule.result() instanceof Result.Mapped;
            }
        }
        return false;
    }

    private boolean isAlso() {
        return rule.result() instanceof Result.Mapped mapped && mapped.isAlso();
    }

    private Outcome read(Fields record, RecordContext context, Format format) {
        return switch (rule.result()) {
            case Result.Ignored ignored -> new Outcome.Ignored(rule.dataset(), ignored.reason());
            case Result.Mapped mapped -> {
                EnvelopeMetadata around = context.metadata();
                @Nullable String[] values = new String[TargetField.count()];
                Map<TargetField, List<String>> lists = hasLists ? new EnumMap<>(TargetField.class) : Map.of();
                for (int i = 0; i < targets.length; i++) {
                    if (targets[i].isList()) {
                        List<String> all = FieldReader.all(fields[i], record, around);
                        lists.put(targets[i], all);
                        values[targets[i].ordinal()] = all.isEmpty() ? null : all.getFirst();
                    } else {
                        values[targets[i].ordinal()] = FieldReader.first(fields[i], record, around);
                    }
                }
                EventTime when = time(mapped.time(), record, context);
                boolean isUndated = when == null && !hasTime(record, around);
                yield new MappedFields(rule.dataset(), mapped, context, values, lists)
                        .event(format, when, isUndated, record.truncated());
            }
        };
    }

    /** Whether there is a text where the time should be; one that cannot be read is no reason to take another time. */
    private boolean hasTime(Fields record, EnvelopeMetadata around) {
        for (FieldReader[] each : time) {
            if (FieldReader.first(each, record, around) != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable EventTime time(TimeRule times, Fields record, RecordContext context) {
        String zoneName = null;
        for (int i = 0; i < zone.length && zoneName == null; i++) {
            zoneName = zone[i].get(record, context.metadata());
        }
        for (FieldReader[] each : time) {
            String text = FieldReader.first(each, record, context.metadata());
            EventTime read = text == null ? null : time(times, text, zoneName, context);
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    private static @Nullable EventTime time(
            TimeRule times, String text, @Nullable String zoneName, RecordContext context) {
        ZoneId own = times.zone();
        if (times.format() != null) {
            return times.format().read(text, own == null ? context.zone() : own);
        }
        if (times.isDayFirst()) {
            return context.dayFirst(text);
        }
        if (zoneName != null) {
            return context.time(text, zoneName);
        }
        if (own == null) {
            return context.time(text);
        }
        return own.equals(ZoneOffset.UTC) ? context.time(text, "UTC") : context.timeIn(text, own);
    }
}
