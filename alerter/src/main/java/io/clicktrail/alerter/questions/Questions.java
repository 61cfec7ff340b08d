package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.mail.MailHistory;
import io.clicktrail.alerter.sanction.Sanction;
import io.clicktrail.alerter.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The analyst's questions about a chain, each with what the logs answer, in order of their ids. */
public final class Questions {

    private static final int MAX_ANSWER = 1200;

    private Questions() {}

    /** The questions, answered as far as the chain, its context and the asset list allow. */
    public static List<AnalystQuestion> of(
            Chain chain,
            CaseContext context,
            AssetImportance importance,
            MailHistory mail,
            Aftermath aftermath,
            Sanction sanction) {
        var input = new QuestionInput(chain, context, importance, mail, aftermath, sanction);
        var searches = new Searches(chain);
        var questions = new ArrayList<AnalystQuestion>();
        for (Question question : Question.values()) {
            Answer answer = question.answer(input);
            questions.add(AnalystQuestion.newBuilder()
                    .setId(question.name())
                    .setText(question.text())
                    .setWhy(question.why())
                    .setAnswerType(question.type())
                    .setState(answer.state())
                    .setAnswer(
                            answer.state() == AnswerState.UNANSWERED
                                    ? null
                                    : SafeText.clip(chain.defanger().prose(answer.text()), MAX_ANSWER))
                    .setCertainty(answer.certainty())
                    .setEventIds(answer.events())
                    .setMissingTelemetry(answer.missing())
                    .setWhereToLook(question.search(searches))
                    .build());
        }
        return questions;
    }

    /** Heading of a question's search in the text of a case; null where the text leaves the search out. */
    public static @Nullable String searchTitle(String id) {
        for (Question question : Question.values()) {
            if (question.name().equals(id)) {
                return question.searchTitle();
            }
        }
        return null;
    }
}
