package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.benchmarks.detection.CaseScoring.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Instant TEN = Instant.parse("2026-09-02T10:00:00Z");

    @Test
    void aCaseOfTheSameHostTimeAndPlaceFindsAStory() {
        Label story = label(2, "ws-0001", "bad.example");

        CaseScoring judgement =
                CaseScoring.of(List.of(story), List.of(found("ws-0001.corp.example", 2, "bad.example")));

        assertThat(judgement.found()).containsOnlyKeys(story);
        assertThat(Scores.of(judgement).line(100))
                .isEqualTo("recall=1.000 precision=1.000 tier_accuracy=1.000 false_per_1000_host_days=0.0");
    }

    @Test
    void aCaseUnderTheAddressOrTheUserFindsItToo() {
        Label story = label(1, "ws-0001", "bad.example");

        assertThat(CaseScoring.of(List.of(story), List.of(found("ip:10.20.1.20", 1, "bad.example")))
                        .found())
                .hasSize(1);
        assertThat(CaseScoring.of(List.of(story), List.of(found("user:ada@corp.example", 1, "bad.example")))
                        .found())
                .hasSize(1);
    }

    @Test
    void aCaseOfAnotherPlaceOrHostIsFalse() {
        Label story = label(2, "ws-0001", "bad.example");

        CaseScoring judgement = CaseScoring.of(
                List.of(story), List.of(found("ws-0001", 2, "other.example"), found("ws-0002", 2, "bad.example")));

        assertThat(judgement.missed()).containsExactly(story);
        assertThat(judgement.falseCases()).hasSize(2).containsValue(null);
        assertThat(Scores.of(judgement).line(1000))
                .isEqualTo("recall=0.000 precision=0.000 tier_accuracy=1.000 false_per_1000_host_days=2.0");
    }

    @Test
    void aCaseOfAnOrdinaryStoryIsFalseAndNamesIt() {
        Label ordinary = label(0, "ws-0001", "news.example");

        CaseScoring judgement = CaseScoring.of(List.of(ordinary), List.of(found("ws-0001", 1, "news.example")));

        assertThat(judgement.falseCases()).containsValue(ordinary);
    }

    @Test
    void aSecondCaseOfAStoryIsCountedApart() {
        Label story = label(2, "ws-0001", "bad.example");

        CaseScoring judgement = CaseScoring.of(
                List.of(story), List.of(found("ws-0001", 2, "bad.example"), found("ws-0001", 1, "bad.example")));

        assertThat(judgement.duplicates()).hasSize(1);
        assertThat(judgement.falseCases()).isEmpty();
    }

    @Test
    void theCountsOfTheGroupsAddUp() {
        List<Label> labels = List.of(
                label(2, "ws-0001", "a.example"),
                label(1, "ws-0002", "b.example"),
                label(2, "ws-0003", "c.example"),
                label(0, "ws-0004", "d.example"));
        List<Case> cases = List.of(
                found("ws-0001", 2, "a.example"), found("ws-0002", 2, "b.example"), found("ws-0004", 1, "d.example"));

        CaseScoring judgement = CaseScoring.of(labels, cases);
        Map<String, Scores> groups = Scores.by(Label::host, judgement);

        assertThat(Scores.sum(groups.values())).isEqualTo(Scores.of(judgement)).isEqualTo(new Scores(3, 2, 1, 1));
    }

    private static Label label(int tier, String host, String mark) {
        return new Label(
                tier,
                host,
                "10.20.1.20",
                "ada@corp.example",
                TEN,
                TEN.plus(Duration.ofMinutes(2)),
                List.of(mark),
                "windows",
                "kind",
                "new",
                "fit",
                "sysmon",
                "click,egress");
    }

    private static Case found(String host, int tier, String names) {
        return new Case(host + names + tier, host, TEN, TEN.plusSeconds(60), tier, "title", names, "");
    }
}
