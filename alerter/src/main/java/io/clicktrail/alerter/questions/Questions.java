package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.AnswerState;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.text.SafeText;
import java.util.ArrayList;
import java.util.List;

/** The analyst's twelve questions about a chain, each with what the logs answer, in the order Q1 to Q12. */
public final class Questions {

    private static final int MAX_ANSWER = 1200;

    private Questions() {}

    /** The questions, answered as far as the chain answers them. */
    public static List<AnalystQuestion> of(Chain chain) {
        var searches = new Searches(chain);
        var questions = new ArrayList<AnalystQuestion>();
        for (Question question : Question.values()) {
            Answer answer = answer(question, chain);
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

    private static Answer answer(Question question, Chain chain) {
        return switch (question) {
            case Q1 -> LinkAnswers.clicked(chain);
            case Q2 -> LinkAnswers.messageAndReferrer(chain);
            case Q3 -> LinkAnswers.endOfRedirects(chain);
            case Q4 -> DomainAnswers.newAndShared(chain);
            case Q5 -> LinkAnswers.credentials(chain);
            case Q6 -> FileAnswers.written(chain);
            case Q7 -> FileAnswers.executed(chain);
            case Q8 -> FileAnswers.followed(chain);
            case Q9 -> DomainAnswers.prevalence(chain);
            case Q10 -> Answer.none("history of cases by host and user");
            case Q11 -> DomainAnswers.sanctioned(chain);
            case Q12 -> DomainAnswers.proportion(chain);
        };
    }
}
