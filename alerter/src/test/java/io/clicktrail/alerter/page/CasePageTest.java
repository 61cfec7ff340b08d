package io.clicktrail.alerter.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alerter.HostileText;
import io.clicktrail.alerter.Stories;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CasePageTest {

    private static final Pattern TAG = Pattern.compile("<([a-zA-Z][a-zA-Z0-9]*)");

    @Test
    void everyPieceOfEvidenceIsAMarkAndOpensToItsRawRecord() {
        Alert alert = Stories.alert(Stories.executed());
        String page = CasePage.document(List.of(alert));

        for (int at = 1; at <= alert.getEvidence().size(); at++) {
            String anchor = "case-" + alert.getAlertId() + "-" + at;
            assertThat(page).contains("<a href=\"#" + anchor + "\"").contains("<details id=\"" + anchor + "\"");
        }
        for (CaseEvidence item : alert.getEvidence()) {
            assertThat(page).contains(item.getEvidence().getEvent().getSource().getSha256());
        }
    }

    @Test
    void everyLinkIsAnArrowWithItsGrade() {
        Alert alert = Stories.alert(Stories.executed());
        long links = alert.getEvidence().stream()
                .mapToLong(item -> item.getLinks().size())
                .sum();

        CaseView view = CaseViews.of(alert);

        assertThat(links).isPositive();
        assertThat(view.timeline().arrows()).hasSize((int) links);
    }

    @Test
    void aStageWithoutEvidenceShowsWhyInItsLane() {
        Alert alert = Stories.alert(Stories.contacted());

        CaseView view = CaseViews.of(alert);

        assertThat(alert.getStagesMissing()).isNotEmpty();
        assertThat(view.timeline().bands())
                .filteredOn(band -> band.missing() != null)
                .hasSize(alert.getStagesMissing().size());
    }

    @Test
    void whatToDoHasItsConditionReachAndRollback() {
        Alert alert = Stories.alert(Stories.executed());
        String page = CasePage.document(List.of(alert));

        assertThat(CaseViews.of(alert).actions())
                .hasSameSizeAs(alert.getRecommendedActions())
                .allSatisfy(action -> {
                    assertThat(action.blastRadius()).isNotBlank();
                    assertThat(action.rollback()).isNotBlank();
                    assertThat(page).contains(action.id());
                });
    }

    @Test
    void thePartsOfAScoreFillItsBar() {
        for (CaseView.ScoreView score :
                CaseViews.of(Stories.alert(Stories.executed())).scores()) {
            assertThat(score.parts()).allSatisfy(part -> {
                assertThat(part.from()).isBetween(0, 1000);
                assertThat(part.from() + part.width()).isBetween(0, 1000);
            });
        }
    }

    @Test
    void thePageLoadsNothingAndRunsOnlyItsOwnScript() {
        String page = CasePage.document(List.of(Stories.alert(Stories.executed())));

        assertThat(page)
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-")
                .doesNotContain("src=\"")
                .doesNotContain(" style=\"")
                .doesNotContainPattern(" on[a-z]+=")
                .doesNotContainPattern("(?i)href=\"(?!#)")
                .doesNotContainPattern("(?i)https?://");
    }

    @Test
    void hostileTextAddsNoElementAndNoAttribute() {
        for (Alert alert : List.of(
                Stories.alert(HostileText.detection()),
                Stories.alert(HostileText.flood("\u202E<script>alert(1)</script>\"' onload=x ".repeat(500), 24)))) {
            String page = CasePage.document(List.of(alert));

            assertThat(TAG.matcher(page).results().map(match -> match.group(1)).distinct())
                    .isSubsetOf(ELEMENTS);
            assertThat(page.split("<script", -1)).hasSize(2);
            assertThat(page).doesNotContainPattern("(?i)href=\"(?!#)");
            assertThat(page.codePoints()).noneMatch(point -> Character.getType(point) == Character.FORMAT);
        }
    }

    @Test
    void aCaseWithFiveHundredPiecesOfEvidenceIsDrawnToo() {
        Alert alert = Stories.alert(Stories.executed());
        var many = new ArrayList<CaseEvidence>();
        while (many.size() < 500) {
            many.addAll(alert.getEvidence());
        }
        Alert large = Alert.newBuilder(alert).setEvidence(many.subList(0, 500)).build();

        CaseView view = CaseViews.of(large);

        assertThat(view.timeline().groups().stream()
                        .mapToInt(group -> group.marks().size())
                        .sum())
                .isEqualTo(500);
        assertThat(CasePage.document(List.of(large))).contains("<details id=\"" + view.anchor() + "-500\"");
    }

    @Test
    void severalCasesAreOneDocumentWithAList() {
        Alert one = Stories.alert(Stories.executed());
        Alert other = Stories.alert(Stories.contacted());

        String page = CasePage.document(List.of(one, other));

        assertThat(page.split("<!doctype html>", -1)).hasSize(2);
        assertThat(page).contains("href=\"#case-" + one.getAlertId() + "\"");
    }

    @Test
    void noCaseIsADocumentToo() {
        assertThat(CasePage.document(List.of())).contains("No case.");
    }

    private static final List<String> ELEMENTS = List.of(
            "html", "head", "meta", "title", "style", "body", "a", "header", "span", "svg", "path", "circle", "rect",
            "main", "article", "p", "h1", "dl", "div", "dt", "dd", "ol", "ul", "li", "b", "section", "h2", "h3", "defs",
            "pattern", "marker", "g", "text", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "code",
            "kbd", "footer", "script", "nav");
}
