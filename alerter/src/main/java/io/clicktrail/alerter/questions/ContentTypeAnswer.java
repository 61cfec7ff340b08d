package io.clicktrail.alerter.questions;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.evidence.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Q15: whether the content of a file is what its extension promises, by the verdicts that the detection carries. */
final class ContentTypeAnswer {

    private static final String FULL_TELEMETRY = "content type of the file as a sensor sees it (Zeek files log, EDR)";

    /** Declaration order of the verdicts: a mismatch is shown before a match, a match before what is not known. */
    private static final Comparator<FileContent> CLEAREST = Comparator.comparing(FileContent::getVerdict);

    private ContentTypeAnswer() {}

    static Answer answer(Chain chain) {
        return chain.head().getContents().stream()
                .min(CLEAREST)
                .map(content -> answer(chain, content))
                .orElseGet(() -> Answer.none("content type of the file (proxy or Zeek files log, EDR)"));
    }

    private static Answer answer(Chain chain, FileContent content) {
        String shown = extension(content.getName());
        String type = content.getMimeType();
        List<Evidence> source = evidence(chain, content.getSeenEvent());
        return switch (content.getVerdict()) {
            case MATCHES -> Answer.full("Yes: " + shown + " holds " + type + ".", ConfidenceBand.HIGH, source);
            case MISMATCH -> Answer.full("No: " + shown + " holds " + type + ".", ConfidenceBand.HIGH, source);
            case SAYS_NOTHING ->
                Answer.partly(
                        "The server sent " + shown + " as " + type + ", which says nothing.",
                        ConfidenceBand.LOW,
                        source,
                        FULL_TELEMETRY);
            case NOTHING_PROMISED ->
                Answer.partly(
                        "The content is " + type + "; nothing is promised by " + shown + ".",
                        ConfidenceBand.LOW,
                        source,
                        FULL_TELEMETRY);
        };
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "no extension" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private static List<Evidence> evidence(Chain chain, String eventId) {
        return chain.evidence().stream()
                .map(StageEvidence::getEvidence)
                .filter(evidence -> evidence.getEvent().getEventId().equals(eventId))
                .limit(1)
                .toList();
    }
}
