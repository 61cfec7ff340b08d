package io.clicktrail.alerter;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.context.SubjectFact;
import io.clicktrail.alerter.context.SubjectFacts;
import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.context.ContextFact;
import io.clicktrail.detection.Detection;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Cases of a detection and of facts from outside its chain, and what they answer. */
public final class TestCases {

    private TestCases() {}

    /** The case with all that the facts say. */
    public static Alert alert(Detection detection, ContextFact... facts) {
        var subjects = new TreeMap<String, Subject>();
        for (ContextFact fact : facts) {
            for (SubjectFact note : SubjectFacts.of(fact)) {
                subjects.merge(
                        note.subject(),
                        SubjectHistory.with(SubjectHistory.EMPTY, note.content()),
                        (known, first) -> SubjectHistory.with(known, note.content()));
            }
        }
        List<Finding> findings = new ArrayList<>();
        subjects.forEach((subject, known) -> findings.add(new Finding(detection.getDetectionId(), subject, known)));
        return new CaseFile(Stories.ORGANISATION)
                .of(detection, detection.getDetectionId(), CaseContext.of(detection, findings));
    }

    /** A question of a case. */
    public static AnalystQuestion question(Alert alert, String id) {
        return alert.getAnalystQuestions().stream()
                .filter(question -> question.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The text of an answer. */
    public static String answer(Alert alert, String id) {
        return question(alert, id).getAnswer();
    }
}
