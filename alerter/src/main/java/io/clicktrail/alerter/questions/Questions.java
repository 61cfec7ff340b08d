package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.Context;
import io.clicktrail.alerter.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The analyst's questions about a chain, each with what the logs answer, in the order Q1 to Q15. */
public final class Questions {

    private static final int MAX_ANSWER = 1200;

    private Questions() {}

    /**
     * The questions, answered as far as the chain, what is known beside it, and of its host and account, answer them.
     */
    public static List<AnalystQuestion> of(Chain chain, Context context, AssetImportance standing) {
        var searches = new Searches(chain);
        var questions = new ArrayList<AnalystQuestion>();
        for (Question question : Question.values()) {
            Answer answer = answer(question, chain, context, standing);
            questions.add(AnalystQuestion.newBuilder()
                    .setId(question.name())
                    .setText(question.text())
                    .setWhy(question.why())
                    .setState(answer.state())
                    .setAnswer(
                            answer.state() == AnswerState.UNANSWERED
                                    ? null
                                    : SafeText.clip(chain.defanger().prose(answer.text()), MAX_ANSWER))
                    .setCertainty(answer.certainty())
                    .setEventIds(answer.events())
                    .setMissingTelemetry(answer.missing())
                    .setWhereToLook(searches.of(question))
                    .build());
        }
        return questions;
    }

    private static Answer answer(Question question, Chain chain, Context context, AssetImportance standing) {
        return switch (question) {
            case Q1 -> LinkAnswers.clicked(chain);
            case Q2 ->
                Objects.requireNonNullElseGet(
                        ContextAnswers.mail(chain, context), () -> LinkAnswers.messageAndReferrer(chain));
            case Q3 -> LinkAnswers.endOfRedirects(chain);
            case Q4 -> DomainAnswers.newAndShared(chain);
            case Q5 -> LinkAnswers.credentials(chain);
            case Q6 -> FileAnswers.written(chain);
            case Q7 -> FileAnswers.executed(chain);
            case Q8 -> FileAnswers.followed(chain);
            case Q9 -> ContextAnswers.prevalence(chain, context);
            case Q10 -> ContextAnswers.earlier(context);
            case Q11 -> DomainAnswers.sanctioned(chain);
            case Q12 -> DomainAnswers.proportion(chain, standing);
            case Q13 -> ContextAnswers.alerts(context);
            case Q14 -> ContextAnswers.others(chain, context);
            case Q15 -> ContentTypes.answer(chain);
        };
    }
}
