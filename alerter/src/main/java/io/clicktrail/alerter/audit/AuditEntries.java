package io.clicktrail.alerter.audit;

import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.audit.AuditEntry;
import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.SilencingTuning;
import io.clicktrail.schemas.tuning.TuningCheck;
import io.clicktrail.schemas.tuning.TuningFile;
import io.clicktrail.schemas.tuning.TuningProblem;
import io.clicktrail.tuning.Tuning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the entries of the audit topic. Text is neutralized, and bounded to {@value #MAX_TEXT} bytes a field. */
public final class AuditEntries {

    private static final int MAX_TEXT = 4_000;
    private static final int MAX_NAME = 300;

    private AuditEntries() {}

    /** Feedback that is applied to its case; what came of it is in the next revision of the case. */
    public static AuditEntry accepted(Feedback feedback, @Nullable String said, Coordinates at) {
        return entry(AuditKind.FEEDBACK, AuditOutcome.ACCEPTED, at)
                .setWho(who(feedback))
                .setWhat(feedback.getAlertId())
                .setAfter(text(said))
                .build();
    }

    /**
     * Feedback that is not applied.
     *
     * @param who whose topic it is on
     */
    public static AuditEntry refused(String who, String reason, @Nullable String said, Coordinates at) {
        return entry(AuditKind.FEEDBACK, AuditOutcome.REFUSED, at)
                .setWho(who)
                .setWhat("feedback")
                .setAfter(text(said))
                .setReason(reason)
                .build();
    }

    /**
     * A tuning document, or its deletion.
     *
     * @param key platform
     * @param before the document that was in force; null for the built-in one
     * @param after the new one; null where it was deleted
     */
    public static AuditEntry tuning(String key, @Nullable Tuning before, @Nullable Tuning after, Coordinates at) {
        var entry = entry(AuditKind.TUNING, AuditOutcome.ACCEPTED, at)
                .setWho(at.topic())
                .setWhat(SafeText.clip(key, MAX_NAME));
        var was = before == null ? builtIn(key) : before;
        var is = after == null ? builtIn(key) : after;
        if (was != null && is != null) {
            var old = TuningFile.plain(was);
            var now = TuningFile.plain(is);
            entry.setBefore(difference(old, now)).setAfter(difference(now, old));
        }
        if (after == null) {
            return entry.setReason("deleted; the built-in document is in force").build();
        }
        entry.setBacktest(text(after.getBacktest()));
        List<TuningProblem> problems = TuningCheck.problems(after);
        List<TuningProblem> silenced = SilencingTuning.problems(after);
        if (!problems.isEmpty()) {
            entry.setOutcome(AuditOutcome.REFUSED).setReason(words(problems));
        } else if (!silenced.isEmpty()) {
            entry.setOutcome(AuditOutcome.FORCED).setReason(words(silenced));
        }
        return entry.build();
    }

    /** A change of an indicator of a source, to be summed up with others. */
    public static AuditEntry indicator(String source, boolean removed, Coordinates at) {
        return entry(AuditKind.INTEL, AuditOutcome.ACCEPTED, at)
                .setWho(SafeText.clip(source, MAX_NAME))
                .setWhat(removed ? "indicators removed" : "indicators set")
                .build();
    }

    /**
     * A change of what the organisation knows. Exercises, which excuse cases, are shown; the rest, which is large, is
     * to be summed up.
     *
     * @param key of the entry
     * @param before null where there was none
     * @param after null where it was deleted
     * @param refusal why it is not taken in; null where it is
     */
    public static AuditEntry organisation(
            String key,
            @Nullable OrganisationEntry before,
            @Nullable OrganisationEntry after,
            @Nullable String refusal,
            Coordinates at) {
        var known = after == null ? before : after;
        var outcome = refusal == null ? AuditOutcome.ACCEPTED : AuditOutcome.REFUSED;
        var entry = entry(AuditKind.ORGANISATION, outcome, at)
                .setWho(known == null ? at.topic() : SafeText.clip(known.getSource(), MAX_NAME))
                .setReason(text(refusal));
        if (known == null || known.getKind() != EntryKind.EXERCISE) {
            var what = known == null ? "unknown entries" : words(known.getKind());
            return entry.setWhat(what + (after == null ? " removed" : " set")).build();
        }
        return entry.setWhat(SafeText.clip(key, MAX_NAME))
                .setBefore(before == null ? null : text(before.toString()))
                .setAfter(after == null ? null : text(after.toString()))
                .build();
    }

    private static String words(EntryKind kind) {
        return switch (kind) {
            case HOST -> "hosts";
            case PERSON -> "people";
            case EXERCISE -> "exercises";
            case PLAYBOOK -> "playbooks";
        };
    }

    private static AuditEntry.Builder entry(AuditKind kind, AuditOutcome outcome, Coordinates at) {
        return AuditEntry.newBuilder()
                .setKind(kind)
                .setOutcome(outcome)
                .setAt(at.at())
                .setTopic(at.topic())
                .setPartition(at.partition())
                .setOffset(at.offset());
    }

    private static String who(Feedback feedback) {
        return feedback.getActor() == null
                ? feedback.getDestination()
                : feedback.getDestination() + "/" + feedback.getActor();
    }

    private static @Nullable Tuning builtIn(String key) {
        return BuiltInTuning.PLATFORMS.stream()
                .filter(platform -> platform.name().equals(key))
                .findFirst()
                .map(BuiltInTuning::of)
                .orElse(null);
    }

    private static @Nullable String difference(Map<String, Object> values, Map<String, Object> others) {
        return text(values.entrySet().stream()
                .filter(value -> !Objects.equals(value.getValue(), others.get(value.getKey())))
                .map(value -> value.getKey() + ": " + value.getValue())
                .collect(Collectors.joining("; ")));
    }

    private static @Nullable String words(List<TuningProblem> problems) {
        return text(problems.stream().map(TuningProblem::toString).collect(Collectors.joining("; ")));
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : SafeText.clip(text, MAX_TEXT);
    }
}
