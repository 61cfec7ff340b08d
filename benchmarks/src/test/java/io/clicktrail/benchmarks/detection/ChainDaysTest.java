package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.chains.EvidenceArrival;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChainDaysTest {

    private static ChainDays days;

    @BeforeAll
    static void invent() throws IOException {
        days = new ChainDays(3, 30);
    }

    @Test
    void theEvidenceOfFourDaysComesInTheOrderOfItsArrival() {
        assertThat(days.arrivals()).extracting(EvidenceArrival::at).isSorted();
        var first = days.arrivals().getFirst();
        var last = days.arrivals().getLast();
        assertThat(Duration.ofMillis(last.at() - first.at())).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    }

    @Test
    void someComesLateByMinutesAndSomeByMoreThanTheGrace() {
        assertThat(behind(1, 10)).as("up to nine minutes late").isPositive();
        assertThat(behind(12, 21)).as("twelve to twenty minutes late").isPositive();
        assertThat(behind(21, Integer.MAX_VALUE)).as("later still").isZero();
    }

    @Test
    void aMatchForEachStoryIsFoundUnderItsKind() {
        var outcome = days.judge(
                days.kinds().keySet().stream().map(ChainDaysTest::match).toList());

        for (ChainKind kind : ChainKind.values()) {
            assertThat(outcome.found(kind)).as(kind.words()).isEqualTo(days.stories(kind));
        }
        assertThat(outcome.elsewhere()).isZero();
        assertThat(outcome.complete()).isPositive();
    }

    @Test
    void aMatchOnAnotherHostBelongsToNoStory() {
        var story = days.kinds().keySet().iterator().next();
        var elsewhere = new ChainMatch(
                "other.corp.example", story.from(), story.to(), match(story).names());

        var outcome = days.judge(List.of(elsewhere));

        assertThat(outcome.elsewhere()).isOne();
        assertThat(outcome.found()).isEmpty();
    }

    private static ChainMatch match(Label label) {
        return new ChainMatch(label.host(), label.from(), label.to(), String.join(" ", label.marks()));
    }

    private static long behind(int fromMinutes, int toMinutes) {
        return days.arrivals().stream()
                .mapToLong(
                        each -> each.at() - each.evidence().getEvent().getTime().toEpochMilli())
                .filter(late -> late >= fromMinutes * 60_000L && late < toMinutes * 60_000L)
                .count();
    }
}
