package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.evidence.Evidence;
import java.util.List;

/** The answer of the logs to a question. */
record Answer(AnswerState state, String text, ConfidenceBand certainty, List<String> events, List<String> missing) {

    Answer {
        events = List.copyOf(events);
        missing = List.copyOf(missing);
    }

    /** No answer; names the telemetry that would give one. */
    static Answer none(String... missing) {
        return new Answer(AnswerState.UNANSWERED, "", ConfidenceBand.UNKNOWN, List.of(), List.of(missing));
    }

    /** A full answer. */
    static Answer full(String text, ConfidenceBand certainty, List<Evidence> evidence) {
        return new Answer(AnswerState.ANSWERED, text, certainty, ids(evidence), List.of());
    }

    /** A partial answer; names the telemetry that would give the rest. */
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
