package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.evidence.Evidence;
import java.util.List;

/** What the logs say to a question. */
record Answer(AnswerState state, String text, ConfidenceBand certainty, List<String> events, List<String> missing) {

    Answer {
        events = List.copyOf(events);
        missing = List.copyOf(missing);
    }

    /** The logs do not say; names the telemetry that would. */
    static Answer none(String... missing) {
        return new Answer(AnswerState.UNANSWERED, "", ConfidenceBand.UNKNOWN, List.of(), List.of(missing));
    }

    /** The logs say it. */
    static Answer full(String text, ConfidenceBand certainty, List<Evidence> evidence) {
        return new Answer(AnswerState.ANSWERED, text, certainty, ids(evidence), List.of());
    }

    /** The logs say a part of it; names the telemetry that would say the rest. */
    static Answer partly(String text, ConfidenceBand certainty, List<Evidence> evidence, String... missing) {
        return new Answer(AnswerState.PARTLY, text, certainty, ids(evidence), List.of(missing));
    }

    private static List<String> ids(List<Evidence> evidence) {
        return evidence.stream()
                .map(item -> item.getEvent().getEventId())
                .distinct()
                .toList();
    }
}
