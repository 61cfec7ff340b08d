package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.aftermath.SentData;
import io.clicktrail.alerter.timeline.EvidenceSentence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Answers about what happened after the click and is no part of the chain. */
final class AftermathAnswers {

    private static final int SHOWN = 3;
    private static final String COUNTS = "bytes sent by connection (Zeek conn, Suricata flow, firewall or proxy)";

    private AftermathAnswers() {}

    static Answer sent(SentData data) {
        return switch (data.verdict()) {
            case SENT ->
                answer(data, AnswerState.ANSWERED, ConfidenceBand.HIGH, "Yes: " + amount(data) + ordinary(data));
            case LITTLE -> answer(data, AnswerState.ANSWERED, ConfidenceBand.MEDIUM, little(data));
            case UNCOUNTED ->
                answer(
                        data,
                        AnswerState.PARTLY,
                        ConfidenceBand.LOW,
                        "Perhaps: " + uploads(data) + " to " + places(data) + "; how much is not measurable, because "
                                + blind(data) + ".");
            case NOT_MEASURED ->
                answer(
                        data,
                        AnswerState.PARTLY,
                        ConfidenceBand.UNKNOWN,
                        "Not measurable, because " + blind(data) + ".");
        };
    }

    private static Answer answer(SentData data, AnswerState state, ConfidenceBand certainty, String text) {
        return new Answer(
                state, text, certainty, data.events(), state == AnswerState.ANSWERED ? List.of() : List.of(COUNTS));
    }

    private static String amount(SentData data) {
        String tunnel = data.tunnel() == null
                ? ""
                : "names of " + data.tunnel() + " carried at least " + EvidenceSentence.size(data.queryBytes())
                        + " in DNS queries, as a tunnel does";
        if (data.sent() == 0) {
            return tunnel + " (list of " + SentData.thresholdsVersion() + ").";
        }
        return "at least " + EvidenceSentence.size(data.sent()) + " to " + places(data)
                + (data.uploads() > 0 ? ", with " + uploads(data) : "")
                + hours(data) + ", counted by " + String.join(", ", data.counting())
                + (tunnel.isEmpty() ? "" : "; " + tunnel) + ".";
    }

    private static String little(SentData data) {
        String counted = ", counted by " + String.join(", ", data.counting());
        if (data.places().isEmpty()) {
            return "No: nothing was sent to the places of the chain or to new ones" + counted + ".";
        }
        return "No: " + (data.sent() == 0 ? "less than " : "at least ")
                + EvidenceSentence.size(Math.max(data.sent(), SentData.LEAST))
                + (data.sent() == 0 ? " an hour" : "") + " to " + places(data)
                + (data.uploads() > 0 ? ", with " + uploads(data) : "")
                + hours(data) + counted + "; "
                + EvidenceSentence.size(SentData.threshold()) + " a day count as data sent out (list of "
                + SentData.thresholdsVersion() + ")." + ordinary(data);
    }

    private static String ordinary(SentData data) {
        if (data.hostDay() == null) {
            return "";
        }
        return " On an ordinary day the host sends " + EvidenceSentence.size(data.hostDay()) + " to untrusted places"
                + (data.allDay() == null ? "" : ", all hosts together " + EvidenceSentence.size(data.allDay()))
                + ".";
    }

    private static String uploads(SentData data) {
        return (data.uploads() > 1 ? "at least " : "") + data.uploads() + " upload" + (data.uploads() == 1 ? "" : "s")
                + " (POST or PUT)";
    }

    private static String hours(SentData data) {
        Instant first = data.first();
        Instant last = data.last();
        return first == null || last == null ? "" : " from " + first + " to " + last.plus(1, ChronoUnit.HOURS);
    }

    private static String blind(SentData data) {
        return data.others().isEmpty()
                ? "no network sensor saw the host"
                : "what saw its connections counts no bytes sent (" + String.join(", ", data.others()) + ")";
    }

    private static String places(SentData data) {
        List<String> places = data.places();
        return String.join(", ", places.subList(0, Math.min(SHOWN, places.size())))
                + (places.size() > SHOWN ? " and " + (places.size() - SHOWN) + " more" : "");
    }
}
