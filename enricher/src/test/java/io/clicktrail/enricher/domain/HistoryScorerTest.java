package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.history.DomainHistoryTable;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a domain's past adds to its score, as of the time of the event. */
class HistoryScorerTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final String SITE = "harbour-notes.net";

    private final DomainHistoryTable table = new DomainHistoryTable(100);

    @Test
    void nothingKnownAddsNothing() {
        int plain = risk(SITE, NOON).getScore();
        offer("other.net", HistoryKind.REGISTRATION, Duration.ofDays(1), null);

        assertThat(risk(SITE, NOON).getScore()).isEqualTo(plain);
        assertThat(risk(SITE, NOON).getHistory()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,10", "8,7", "31,5", "91,0", "731,-4"})
    void aRegistrationCountsByItsAge(int days, int points) {
        offer(SITE, HistoryKind.REGISTRATION, Duration.ofDays(days), null);

        assertThat(risk(SITE, NOON).getParts().stream()
                        .filter(part -> part.getName().endsWith("registration")
                                || part.getName().equals("long_registered"))
                        .mapToInt(ScorePart::getPoints)
                        .sum())
                .isEqualTo(points);
    }

    @Test
    void ageCountsOnceByTheSurestSource() {
        offer(SITE, HistoryKind.CERTIFICATE, Duration.ofDays(1), null);
        assertThat(risk(SITE, NOON).getParts())
                .extracting(ScorePart::getName, ScorePart::getPoints)
                .contains(tuple("young_certificate", 5));

        offer(SITE, HistoryKind.RESOLUTION, Duration.ofDays(1), null);
        assertThat(risk(SITE, NOON).getParts())
                .extracting(ScorePart::getName, ScorePart::getPoints)
                .contains(tuple("young_resolution", 6))
                .doesNotContain(tuple("young_certificate", 5));

        offer(SITE, HistoryKind.REGISTRATION, Duration.ofDays(100), null);
        assertThat(risk(SITE, NOON).getParts())
                .extracting(ScorePart::getName)
                .doesNotContain("young_registration", "young_resolution", "young_certificate");
    }

    @Test
    void aDomainThatWasRegisteredAgainSaysSo() {
        offer(SITE, HistoryKind.REGISTRATION, Duration.ofDays(2), null);
        offer(SITE, HistoryKind.RESOLUTION, Duration.ofDays(900), null);

        assertThat(risk(SITE, NOON).getParts())
                .extracting(ScorePart::getName, ScorePart::getPoints)
                .contains(tuple("young_registration", 10), tuple("registered_again", 4));
    }

    @ParameterizedTest
    @CsvSource({"500,0,-10", "50000,0,-7", "500000,0,-5", "500,31,-5"})
    void aRankLowersLessTheOlderTheRankingIs(int rank, int days, int points) {
        offer(SITE, HistoryKind.RANKING, Duration.ofDays(days), rank);

        assertThat(risk(SITE, NOON).getParts())
                .extracting(ScorePart::getName, ScorePart::getPoints)
                .contains(tuple("ranked", points));
    }

    @Test
    void whatBeganOrWasListedAfterTheEventAndARankingOfThreeMonthsDoNotCount() {
        offer(SITE, HistoryKind.REGISTRATION, Duration.ofDays(1), null);
        offer(SITE, HistoryKind.RANKING, Duration.ofDays(1), 5);

        assertThat(risk(SITE, NOON.minus(Duration.ofDays(3))).getHistory()).isEmpty();
        assertThat(risk(SITE, NOON.plus(Duration.ofDays(120))).getParts())
                .extracting(ScorePart::getName)
                .doesNotContain("ranked", "young_registration");
    }

    @Test
    void aNameOfDailyUseGetsNoPointsForItsRankBeside() {
        offer("wikipedia.org", HistoryKind.RANKING, Duration.ZERO, 7);

        assertThat(risk("wikipedia.org", NOON).getParts())
                .extracting(ScorePart::getName)
                .contains("popular")
                .doesNotContain("ranked");
    }

    @Test
    void theTableIsBoundedAndTakesEntriesBack() {
        var small = new DomainHistoryTable(1);
        DomainHistory first = entry(SITE, HistoryKind.RANKING, Duration.ZERO, 3);

        assertThat(small.offer(first)).isNull();
        assertThat(small.offer(entry("other.net", HistoryKind.RANKING, Duration.ZERO, 3)))
                .isEqualTo("there are 1 entries already");
        assertThat(small.offer(entry(SITE, HistoryKind.REGISTRATION, null, null)))
                .isEqualTo("there is no time");
        small.remove(DomainHistoryTable.key(first));
        assertThat(small.size()).isZero();
        assertThat(small.knows(SITE)).isFalse();
    }

    @Test
    void theEarliestAnswerAndCertificateStayAndARegistrationIsReplaced() {
        DomainHistory early = entry(SITE, HistoryKind.RESOLUTION, Duration.ofDays(9), null);
        DomainHistory late = entry(SITE, HistoryKind.RESOLUTION, Duration.ofDays(1), null);
        DomainHistory again = entry(SITE, HistoryKind.REGISTRATION, Duration.ofDays(1), null);

        assertThat(DomainHistoryTable.merged(early, late).getSince()).isEqualTo(early.getSince());
        assertThat(DomainHistoryTable.merged(late, early).getSince()).isEqualTo(early.getSince());
        assertThat(DomainHistoryTable.merged(entry(SITE, HistoryKind.REGISTRATION, Duration.ofDays(9), null), again))
                .isEqualTo(again);
    }

    private DomainRisk risk(String host, Instant time) {
        var catalogues = TestTunings.CATALOGUES;
        var scorer = new DomainScorer(
                catalogues.domains(),
                new UrlParser(catalogues.extensions()),
                TestTunings.intel(new IntelTable(1)),
                table,
                AllowListListener.NONE);
        return Objects.requireNonNull(
                scorer.host(host, time, TestTunings.builtIn(Platform.WINDOWS).domains()));
    }

    private void offer(String host, HistoryKind kind, Duration ago, @Nullable Integer rank) {
        assertThat(table.offer(entry(host, kind, ago, rank))).isNull();
    }

    private static DomainHistory entry(String host, HistoryKind kind, @Nullable Duration ago, @Nullable Integer rank) {
        Instant at = ago == null ? null : NOON.minus(ago);
        return new DomainHistory(host, kind, "feed", rank == null ? at : null, rank, at);
    }
}
