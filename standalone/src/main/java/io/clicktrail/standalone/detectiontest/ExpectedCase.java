package io.clicktrail.standalone.detectiontest;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.AnalystQuestion;
import io.clicktrail.alert.Severity;
import io.clicktrail.detection.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a test says of one case. What is null or empty may be anything.
 *
 * @param host host name; a name without a dot is also the first part of a full one
 * @param domain tenant key of the place
 * @param tier 1-3
 * @param stages all stages that the case has
 * @param answers parts of answers by the ids of their questions, all of which must be there; no part: no answer
 */
record ExpectedCase(
        @Nullable String host,
        @Nullable String domain,
        @Nullable Integer tier,
        @Nullable Severity severity,
        Set<Stage> stages,
        Map<String, List<String>> answers) {

    ExpectedCase {
        stages = Set.copyOf(stages);
        answers = Map.copyOf(answers);
    }

    boolean matches(Alert alert) {
        return isCase(alert) && wrongAnswers(alert).isEmpty();
    }

    /** True where all but the answers is as expected. */
    boolean isCase(Alert alert) {
        return isHost(alert.getDevice().getHostname())
                && (domain == null || domain.equals(alert.getTenantKey()))
                && (tier == null || tier == alert.getEscalation().getTier())
                && (severity == null || severity == alert.getSeverity())
                && (stages.isEmpty() || stages.equals(Set.copyOf(alert.getStagesMatched())));
    }

    /** What the questions say that are not answered as expected. */
    List<String> wrongAnswers(Alert alert) {
        var wrong = new ArrayList<String>();
        for (AnalystQuestion question : alert.getAnalystQuestions()) {
            @Nullable List<String> parts = answers.get(question.getId());
            String said = question.getAnswer() == null ? "" : question.getAnswer();
            if (parts != null
                    && (parts.isEmpty() ? !said.isEmpty() : !parts.stream().allMatch(said::contains))) {
                wrong.add(question.getId() + " says: " + (said.isEmpty() ? "nothing" : said));
            }
        }
        return wrong;
    }

    private boolean isHost(String name) {
        if (host == null) {
            return true;
        }
        String wanted = host.toLowerCase(Locale.ROOT);
        String actual = name.toLowerCase(Locale.ROOT);
        return actual.equals(wanted) || wanted.indexOf('.') < 0 && actual.startsWith(wanted + ".");
    }

    /** What a case is, in the words of a test. */
    static String of(Alert alert) {
        return new ExpectedCase(
                        alert.getDevice().getHostname(),
                        alert.getTenantKey(),
                        alert.getEscalation().getTier(),
                        alert.getSeverity(),
                        Set.copyOf(alert.getStagesMatched()),
                        Map.of())
                .toString();
    }

    @Override
    public String toString() {
        var parts = new StringJoiner(", ", "{", "}");
        add(parts, "host", host);
        add(parts, "domain", domain);
        add(parts, "tier", tier);
        add(parts, "severity", severity);
        add(parts, "stages", stages.isEmpty() ? null : EnumSet.copyOf(stages));
        answers.forEach((id, said) -> parts.add(id + ": " + said));
        return parts.toString();
    }

    private static void add(StringJoiner parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + ": " + value);
        }
    }
}
