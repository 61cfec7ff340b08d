package io.clicktrail.correlator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.decision.ChainVerdict.Scored;
import org.junit.jupiter.api.Test;

class ChainVerdictTest {

    private static final ChainWeights WEIGHTS = ChainWeights.builtIn();
    private static final int THRESHOLD = 60;

    @Test
    void listsEachPartWithItsPointsAndAddsThemUp() {
        var verdict = new Tally(17, 0)
                .with(DecisionPartKind.NEW_PLACE)
                .with(DecisionPartKind.RISKY_FILE)
                .with(DecisionPartKind.NO_ARTIFACT)
                .verdict(WEIGHTS, THRESHOLD, false);

        assertThat(verdict.parts())
                .containsExactly(
                        new Scored(DecisionPartKind.DOMAIN_SCORE, 17),
                        scored(DecisionPartKind.NEW_PLACE),
                        scored(DecisionPartKind.RISKY_FILE),
                        scored(DecisionPartKind.NO_ARTIFACT));
        assertThat(verdict.score())
                .isEqualTo(verdict.parts().stream().mapToInt(Scored::points).sum());
        assertThat(verdict.weightsVersion()).isEqualTo(WEIGHTS.version());
    }

    private static Scored scored(DecisionPartKind part) {
        return new Scored(part, WEIGHTS.points(part));
    }

    @Test
    void aStrongPlaceLiftsTheScoreToTheThresholdAndNoFurther() {
        var low = new Tally(50, 0).with(DecisionPartKind.HARMLESS_FILE).verdict(WEIGHTS, THRESHOLD, true);
        var high = new Tally(90, 0).verdict(WEIGHTS, THRESHOLD, true);

        assertThat(low.score()).isEqualTo(THRESHOLD);
        assertThat(low.parts())
                .contains(new Scored(
                        DecisionPartKind.STRONG_PLACE,
                        THRESHOLD - 50 - WEIGHTS.points(DecisionPartKind.HARMLESS_FILE)));
        assertThat(high.score()).isEqualTo(90);
        assertThat(high.parts()).containsExactly(new Scored(DecisionPartKind.DOMAIN_SCORE, 90));
    }

    @Test
    void aPartThatIsAddedLaterTakesThePlaceOfTheLift() {
        var low = new Tally(50, 0).with(DecisionPartKind.HARMLESS_FILE).verdict(WEIGHTS, THRESHOLD, true);
        var ran = new Tally(50, 0)
                .with(DecisionPartKind.HARMLESS_FILE)
                .with(DecisionPartKind.CODE_RAN)
                .verdict(WEIGHTS, THRESHOLD, true);
        int points = WEIGHTS.points(DecisionPartKind.CODE_RAN);

        assertThat(low.with(DecisionPartKind.CODE_RAN, points)).isEqualTo(ran);
        assertThat(ran.with(DecisionPartKind.CODE_RAN, points)).isEqualTo(ran);
    }

    @Test
    void staysBetween0And100() {
        assertThat(new Tally(0, 0).with(DecisionPartKind.NO_ARTIFACT).score(WEIGHTS))
                .isZero();
        assertThat(new Tally(100, 0).with(DecisionPartKind.CODE_RAN).score(WEIGHTS))
                .isEqualTo(100);
    }

    @Test
    void thePathOfTheHighestSumIsShownWhicheverCameFirst() {
        var all = new Tally(90, 0).with(DecisionPartKind.CODE_RAN);
        var outdated = all.with(DecisionPartKind.CLICK_TIME_ONLY).verdict(WEIGHTS, THRESHOLD, false);
        var full = all.verdict(WEIGHTS, THRESHOLD, false);

        assertThat(outdated.score()).isEqualTo(full.score()).isEqualTo(100);
        assertThat(full.or(outdated)).isEqualTo(full);
        assertThat(outdated.or(full)).isEqualTo(full);
    }

    @Test
    void ofPathsOfTheSameSumTheSameIsShownWhicheverCameFirst() {
        int more = WEIGHTS.points(DecisionPartKind.RISKY_FILE) - WEIGHTS.points(DecisionPartKind.NEW_PLACE);
        var one = new Tally(40, 0).with(DecisionPartKind.RISKY_FILE).verdict(WEIGHTS, THRESHOLD, false);
        var other = new Tally(40 + more, 0).with(DecisionPartKind.NEW_PLACE).verdict(WEIGHTS, THRESHOLD, false);

        assertThat(one.score()).isEqualTo(other.score());
        assertThat(one.or(other)).isEqualTo(other.or(one));
    }

    @Test
    void anyVerdictIsMoreThanNone() {
        var strong = new Tally(50, 0)
                .with(DecisionPartKind.HARMLESS_FILE)
                .with(DecisionPartKind.NO_ARTIFACT)
                .verdict(WEIGHTS, THRESHOLD, true);

        assertThat(ChainVerdict.NONE.or(strong)).isEqualTo(strong);
        assertThat(strong.or(ChainVerdict.NONE)).isEqualTo(strong);
    }
}
