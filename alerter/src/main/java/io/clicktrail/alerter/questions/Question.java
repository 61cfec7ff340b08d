package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerType;
import io.clicktrail.alerter.chain.Chain;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an analyst asks about a chain: the text, why it matters, how the logs answer it, and the search that finds more.
 * The ids are stable; a new question is one more constant at the end.
 */
enum Question {
    Q1(
            AnswerType.YES_NO,
            "Did the user click, and where was the link (mail, chat, document, search)?",
            "Separates a user's act from a program's.",
            chain(LinkAnswers::clicked),
            search -> search.host() + " and event.category: process and " + search.aroundChain()),
    Q2(
            AnswerType.NAMES,
            "Which message or page carried the link, and who else received it?",
            "Finds the other recipients before they click.",
            input -> Objects.requireNonNullElseGet(
                    MailAnswer.of(input.chain(), input.mail()), () -> LinkAnswers.messageAndReferrer(input.chain())),
            search -> "event.dataset: *mail* and " + search.site() + " and " + search.days(7)),
    Q3(
            AnswerType.PLACE,
            "Where did the chain of redirects end?",
            "The last host served the file; the first one is often harmless.",
            chain(LinkAnswers::endOfRedirects),
            search -> search.site() + " and event.category: web and " + search.aroundChain()),
    Q4(
            AnswerType.YES_NO,
            "Is the final host new, and is it a tenant of shared hosting?",
            "New hosts are rarely used for business; a shared host must not be blocked as a whole.",
            chain(DomainAnswers::newAndShared),
            search -> search.site() + " and " + search.days(30),
            "the site, all hosts"),
    Q5(
            AnswerType.YES_NO,
            "Were credentials entered?",
            "If so, the password must be reset and sessions revoked.",
            input -> CredentialsAnswer.of(input.chain(), input.aftermath().signIns()),
            search -> "(" + search.site() + " and event.category: web and " + search.aroundChain()
                    + ") or (event.category: authentication" + search.andUser() + " and " + search.dayAfter() + ")"),
    Q6(
            AnswerType.NAMES,
            "What was written, and does it carry a download mark?",
            "Type, hash and mark show how dangerous the file is.",
            chain(FileAnswers::written),
            search -> search.host() + " and event.category: file and " + search.files() + search.aroundChain()),
    Q7(
            AnswerType.YES_NO,
            "Was it executed, by whom, by which parent, and is it signed?",
            "Decides between blocking a link and cleaning up a host.",
            chain(FileAnswers::executed),
            search -> search.host() + " and event.category: process and " + search.files() + search.aroundChain(),
            "the file, this host"),
    Q8(
            AnswerType.TEXT,
            "What did it do next?",
            "Persistence and further downloads outlive the first process.",
            input -> AftermathAnswers.followed(input.chain(), input.aftermath().followUps()),
            search -> search.host() + " and " + search.firstProcess() + search.dayAfter(),
            "what came after"),
    Q9(
            AnswerType.AMOUNT,
            "How common are this domain and this hash here, and since when?",
            "What many have used for a long time is rarely an attack.",
            input -> ContextAnswers.prevalence(input.chain(), input.context()),
            search -> "(" + search.site() + search.orHash() + ") and " + search.days(30)),
    Q10(
            AnswerType.NAMES,
            "Are there earlier cases of this user or host in the last 30 days?",
            "Repeated cases point to a target or to noise.",
            input -> ContextAnswers.earlier(input.context()),
            search -> "event.kind: alert and (" + search.host() + search.orUser() + ") and " + search.days(30),
            "earlier cases"),
    Q11(
            AnswerType.YES_NO,
            "Is it sanctioned (phishing simulation, red team, software deployment)?",
            "If it is, there is nothing to investigate.",
            input -> DomainAnswers.sanctioned(input.chain(), input.sanction()),
            search -> "event.kind: alert and " + search.site() + " and " + search.days(30)),
    Q12(
            AnswerType.TEXT,
            "Is containment proportionate (server, watched account, shared host)?",
            "Isolating the wrong device costs more than the attack.",
            input -> DomainAnswers.proportion(input.chain(), input.importance()),
            search -> search.host() + " and event.category: (authentication or configuration) and " + search.days(7)),
    Q13(
            AnswerType.NAMES,
            "Do other security products alert on this host or file?",
            "A second opinion, and what happened after the click.",
            input -> ContextAnswers.alerts(input.context()),
            search -> search.host() + " and event.kind: alert and " + search.aroundChain()),
    Q14(
            AnswerType.NAMES,
            "Which other hosts and users contacted the site?",
            "They may need the same treatment.",
            input -> ContextAnswers.others(input.chain(), input.context()),
            search -> search.site() + " and " + search.days(7)),
    Q15(
            AnswerType.YES_NO,
            "Does the file's content match its extension?",
            "A mismatch is meant to deceive.",
            chain(ContentTypeAnswer::answer),
            search -> search.host() + " and event.category: file and " + search.files() + search.aroundChain()),
    Q16(
            AnswerType.AMOUNT,
            "Was data sent out?",
            "What has left cannot be called back; people and law may have to be notified.",
            input -> AftermathAnswers.sent(input.aftermath()),
            search -> search.host() + " and event.category: network and client.bytes > 10000 and " + search.dayAfter());

    private final AnswerType type;
    private final String text;
    private final String why;
    private final Function<QuestionInput, Answer> answer;
    private final Function<Searches, String> search;
    private final @Nullable String searchTitle;

    Question(
            AnswerType type,
            String text,
            String why,
            Function<QuestionInput, Answer> answer,
            Function<Searches, String> search) {
        this(type, text, why, answer, search, null);
    }

    /** @param searchTitle heading of the search where the text of a case lists it */
    Question(
            AnswerType type,
            String text,
            String why,
            Function<QuestionInput, Answer> answer,
            Function<Searches, String> search,
            @Nullable String searchTitle) {
        this.type = type;
        this.text = text;
        this.why = why;
        this.answer = answer;
        this.search = search;
        this.searchTitle = searchTitle;
    }

    AnswerType type() {
        return type;
    }

    String text() {
        return text;
    }

    String why() {
        return why;
    }

    Answer answer(QuestionInput input) {
        return answer.apply(input);
    }

    String search(Searches searches) {
        return search.apply(searches);
    }

    @Nullable
    String searchTitle() {
        return searchTitle;
    }

    private static Function<QuestionInput, Answer> chain(Function<Chain, Answer> answer) {
        return input -> answer.apply(input.chain());
    }
}
