package io.clicktrail.correlator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.schemas.lists.DataList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChainWeightsTest {

    @Test
    void everyPartThatRaisesIsWorthSomethingAndNoneThatLowersIs() {
        var weights = ChainWeights.builtIn();

        assertThat(weights.version()).isEqualTo("2026-11-30");
        for (var part : DecisionPartKind.values()) {
            int points = weights.points(part);
            if (!part.isWeighted()) {
                assertThat(points).as(part.label()).isZero();
            } else if (part.lowers()) {
                assertThat(points).as(part.label()).isNegative();
            } else {
                assertThat(points).as(part.label()).isPositive();
            }
        }
    }

    @Test
    void codeThatRanIsWorthMoreThanASystemToolAndThatMoreThanAPreparation() {
        var weights = ChainWeights.builtIn();

        assertThat(weights.points(DecisionPartKind.CODE_RAN))
                .isGreaterThan(weights.points(DecisionPartKind.SYSTEM_TOOL_RAN));
        assertThat(weights.points(DecisionPartKind.SYSTEM_TOOL_RAN))
                .isGreaterThan(weights.points(DecisionPartKind.PREPARED));
    }

    @Test
    void refusesAListWithLineAndReason() {
        assertThatThrownBy(() -> weights("new_place;15\nold_place;5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("weights:3: column 1 is 'old_place' but must be one of");
        assertThatThrownBy(() -> weights("new_place;101"))
                .hasMessage("weights:2: column 2 is '101' but must be a whole number from 0 to 100");
        assertThatThrownBy(() -> weights("known_place;20"))
                .hasMessage("weights:2: column 2 is '20' but must be a whole number from -100 to 0");
        assertThatThrownBy(() -> weights("new_place;15\nnew_place;15"))
                .hasMessage("weights:3: new_place is given twice");
        assertThatThrownBy(() -> weights("domain_score;1")).hasMessage("weights:2: domain_score has no weight");
        assertThatThrownBy(() -> weights("new_place")).hasMessage("weights:2: has no column 2");
        assertThatThrownBy(() -> weights("new_place;15")).hasMessage("weights: no row new_place_learning");
    }

    @Test
    void aTuningChangesSomeAndTheVersionSaysSo() throws IOException {
        var changed = weights(allRows()).with(Map.of("risky_file", 30, "no_artifact", -20), "7");

        assertThat(changed.points(DecisionPartKind.RISKY_FILE)).isEqualTo(30);
        assertThat(changed.points(DecisionPartKind.NO_ARTIFACT)).isEqualTo(-20);
        assertThat(changed.points(DecisionPartKind.NEW_PLACE)).isZero();
        assertThat(changed.version()).isEqualTo("2026-01-01+7");
        assertThat(changed.with(Map.of(), "8")).isSameAs(changed);
    }

    @Test
    void refusesATuningThatNamesNoPartOrCountsBadEvidenceAsGood() {
        var weights = ChainWeights.builtIn();

        assertThatThrownBy(() -> weights.with(Map.of("strong_place", 5), "7"))
                .hasMessage("ChainWeights has no part 'strong_place'");
        assertThatThrownBy(() -> weights.with(Map.of("no_artifact", 1), "7"))
                .hasMessage("ChainWeights.no_artifact is 1 but must be a whole number from -100 to 0");
    }

    private static String allRows() {
        return Arrays.stream(DecisionPartKind.values())
                .filter(DecisionPartKind::isWeighted)
                .map(part -> part.label() + ";0")
                .collect(Collectors.joining("\n"));
    }

    private static ChainWeights weights(String rows) throws IOException {
        var bytes = ("# version: 2026-01-01\n" + rows).getBytes(StandardCharsets.UTF_8);
        return ChainWeights.of(DataList.read("weights", ';', new ByteArrayInputStream(bytes)));
    }
}
