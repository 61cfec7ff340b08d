package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.schemas.RiskBands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreWeightsTest {

    private static final long SEED = 71L;
    private static final int ROUNDS = 5_000;
    private static final ScoreWeights WEIGHTS = TestTunings.CATALOGUES.domains().weights;

    @Test
    void neverFallsWhenBadEvidenceIsAdded() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            List<ScorePart> parts = randomParts(random);
            int before = WEIGHTS.total(parts);
            ScoreFactor bad = ScoreFactor.values()[random.nextInt(ScoreFactor.values().length)];
            parts.add(WEIGHTS.scored(bad, Math.abs(WEIGHTS.points(bad)), "", null));
            assertThat(WEIGHTS.total(parts)).as("seed %d, %s", SEED, parts).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void doesNotDependOnTheOrderOfParts() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            List<ScorePart> parts = randomParts(random);
            int total = WEIGHTS.total(parts);
            Collections.shuffle(parts, random);
            assertThat(WEIGHTS.total(parts)).as("seed %d, %s", SEED, parts).isEqualTo(total);
        }
    }

    @Test
    void staysBetweenZeroAndHundred() {
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(WEIGHTS.total(randomParts(random))).as("seed %d", SEED).isBetween(0, 100);
        }
    }

    @Test
    void capsWhatSaysNearlyTheSame() {
        assertThat(WEIGHTS.total(
                        List.of(WEIGHTS.scored(ScoreFactor.LOOKALIKE, ""), WEIGHTS.scored(ScoreFactor.COMBOSQUAT, ""))))
                .isEqualTo(35);
        assertThat(WEIGHTS.total(List.of(
                        WEIGHTS.scored(ScoreFactor.TLD, 20, "", null), WEIGHTS.scored(ScoreFactor.SUSPICIOUS_TLD, ""))))
                .isEqualTo(20);
    }

    @Test
    void drawsTheBandsAtTheirEdges() {
        assertThat(RiskBands.of(29)).isEqualTo(RiskBand.ORDINARY);
        assertThat(RiskBands.of(30)).isEqualTo(RiskBand.SUSPICIOUS);
        assertThat(RiskBands.of(50)).isEqualTo(RiskBand.HIGH);
        assertThat(RiskBands.of(70)).isEqualTo(RiskBand.VERY_HIGH);
        assertThat(RiskBands.of(90)).isEqualTo(RiskBand.KNOWN_BAD);
    }

    @Test
    void refusesPartsThatItDoesNotKnow() {
        assertThatThrownBy(() -> WEIGHTS.total(List.of(new ScorePart("invented", 5, "", null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invented");
    }

    private static List<ScorePart> randomParts(Random random) {
        List<ScorePart> parts = new ArrayList<>();
        int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            ScoreFactor part = ScoreFactor.values()[random.nextInt(ScoreFactor.values().length)];
            parts.add(WEIGHTS.scored(
                    part, part == ScoreFactor.TLD ? random.nextInt(27) - 6 : WEIGHTS.points(part), "", null));
        }
        return parts;
    }
}
