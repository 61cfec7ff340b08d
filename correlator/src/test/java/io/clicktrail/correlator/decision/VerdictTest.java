package io.clicktrail.correlator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.decision.Verdict.Scored;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final ChainWeights WEIGHTS = ChainWeights.builtIn();
    private static final int THRESHOLD = 60;

    @Test
    void listsEachPartWithItsPointsAndAddsThemUp() {
        var verdict = new Tally(17, 0)
                .with(DecisionPart.NEW_PLACE)
                .with(DecisionPart.RISKY_FILE)
                .with(DecisionPart.NO_ARTIFACT)
                .verdict(WEIGHTS, THRESHOLD, false);

        assertThat(verdict.parts())
                .containsExactly(
                        new Scored(DecisionPart.DOMAIN_SCORE, 17),
                        scored(DecisionPart.NEW_PLACE),
                        scored(DecisionPart.RISKY_FILE),
                        scored(DecisionPart.NO_ARTIFACT));
        assertThat(verdict.score())
                .isEqualTo(verdict.parts().stream().mapToInt(Scored::points).sum());
        assertThat(verdict.weightsVersion()).isEqualTo(WEIGHTS.version());
    }

    private static Scored scored(DecisionPart part) {
        return new Scored(part, WEIGHTS.points(part));
    }

    @Test
    void aStrongPlaceLiftsTheScoreToTheThresholdAndNoFurther() {
        var low = new Tally(50, 0).with(DecisionPart.HARMLESS_FILE).verdict(WEIGHTS, THRESHOLD, true);
        var high = new Tally(90, 0).verdict(WEIGHTS, THRESHOLD, true);

        assertThat(low.score()).isEqualTo(THRESHOLD);
        assertThat(low.parts())
                .contains(new Scored(
                        DecisionPart.STRONG_PLACE, THRESHOLD - 50 - WEIGHTS.points(DecisionPart.HARMLESS_FILE)));
        assertThat(high.score()).isEqualTo(90);
        assertThat(high.parts()).containsExactly(new Scored(DecisionPart.DOMAIN_SCORE, 90));
    }

    @Test
    void aPartThatIsAddedLaterTakesThePlaceOfTheLift() {
        var low = new Tally(50, 0).with(DecisionPart.HARMLESS_FILE).verdict(WEIGHTS, THRESHOLD, true);
        var ran = new Tally(50, 0)
                .with(DecisionPart.HARMLESS_FILE)
                .with(DecisionPart.CODE_RAN)
                .verdict(WEIGHTS, THRESHOLD, true);
        int points = WEIGHTS.points(DecisionPart.CODE_RAN);

        assertThat(low.with(DecisionPart.CODE_RAN, points)).isEqualTo(ran);
        assertThat(ran.with(DecisionPart.CODE_RAN, points)).isEqualTo(ran);
    }

    @Test
    void staysBetween0And100() {
        assertThat(new Tally(0, 0).with(DecisionPart.NO_ARTIFACT).score(WEIGHTS))
                .isZero();
        assertThat(new Tally(100, 0).with(DecisionPart.CODE_RAN).score(WEIGHTS)).isEqualTo(100);
    }

    @Test
    void thePathOfTheHighestSumIsShownWhicheverCameFirst() {
        var all = new Tally(90, 0).with(DecisionPart.CODE_RAN);
        var outdated = all.with(DecisionPart.CLICK_TIME_ONLY).verdict(WEIGHTS, THRESHOLD, false);
        var full = all.verdict(WEIGHTS, THRESHOLD, false);

        assertThat(outdated.score()).isEqualTo(full.score()).isEqualTo(100);
        assertThat(full.or(outdated)).isEqualTo(full);
        assertThat(outdated.or(full)).isEqualTo(full);
    }

    @Test
    void ofPathsOfTheSameSumTheSameIsShownWhicheverCameFirst() {
        int more = WEIGHTS.points(DecisionPart.RISKY_FILE) - WEIGHTS.points(DecisionPart.NEW_PLACE);
        var one = new Tally(40, 0).with(DecisionPart.RISKY_FILE).verdict(WEIGHTS, THRESHOLD, false);
        var other = new Tally(40 + more, 0).with(DecisionPart.NEW_PLACE).verdict(WEIGHTS, THRESHOLD, false);

        assertThat(one.score()).isEqualTo(other.score());
        assertThat(one.or(other)).isEqualTo(other.or(one));
    }

    @Test
    void anyVerdictIsMoreThanNone() {
        var strong = new Tally(50, 0)
                .with(DecisionPart.HARMLESS_FILE)
                .with(DecisionPart.NO_ARTIFACT)
                .verdict(WEIGHTS, THRESHOLD, true);

        assertThat(Verdict.NONE.or(strong)).isEqualTo(strong);
        assertThat(strong.or(Verdict.NONE)).isEqualTo(strong);
    }
}
