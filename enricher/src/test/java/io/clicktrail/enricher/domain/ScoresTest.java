package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.ScorePart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final long SEED = 71L;
    private static final int ROUNDS = 5_000;

    @Test
    void neverFallsWhenBadEvidenceIsAdded() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            List<ScorePart> parts = randomParts(random);
            int before = Scores.total(parts);
            Part bad = Part.values()[random.nextInt(Part.values().length)];
            parts.add(bad.scored(Math.abs(bad.points), "", null));
            assertThat(Scores.total(parts)).as("seed %d, %s", SEED, parts).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void doesNotDependOnTheOrderOfParts() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            List<ScorePart> parts = randomParts(random);
            int total = Scores.total(parts);
            Collections.shuffle(parts, random);
            assertThat(Scores.total(parts)).as("seed %d, %s", SEED, parts).isEqualTo(total);
        }
    }

    @Test
    void staysBetweenZeroAndHundred() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(Scores.total(randomParts(random))).as("seed %d", SEED).isBetween(0, 100);
        }
    }

    @Test
    void capsWhatSaysNearlyTheSame() {
        assertThat(Scores.total(List.of(Part.LOOKALIKE.scored("", null), Part.COMBOSQUAT.scored("", null))))
                .isEqualTo(35);
        assertThat(Scores.total(List.of(Part.TLD.scored(20, "", null), Part.SUSPICIOUS_TLD.scored("", null))))
                .isEqualTo(20);
    }

    @Test
    void drawsTheBandsAtTheirEdges() {
        assertThat(Scores.band(29)).isEqualTo(RiskBand.ORDINARY);
        assertThat(Scores.band(30)).isEqualTo(RiskBand.SUSPICIOUS);
        assertThat(Scores.band(50)).isEqualTo(RiskBand.HIGH);
        assertThat(Scores.band(70)).isEqualTo(RiskBand.VERY_HIGH);
        assertThat(Scores.band(90)).isEqualTo(RiskBand.KNOWN_BAD);
    }

    @Test
    void refusesPartsThatItDoesNotKnow() {
        assertThatThrownBy(() -> Scores.total(List.of(new ScorePart("invented", 5, "", null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invented");
    }

    private static List<ScorePart> randomParts(Random random) {
        List<ScorePart> parts = new ArrayList<>();
        int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            Part part = Part.values()[random.nextInt(Part.values().length)];
            parts.add(part.scored(part == Part.TLD ? random.nextInt(27) - 6 : part.points, "", null));
        }
        return parts;
    }
}
