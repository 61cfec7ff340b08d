package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {

    @Test
    void descendsThroughEightGenerationsAndNoMore() {
        var starts = new ArrayList<ProcessStart>();
        for (int i = 0; i < 10; i++) {
            starts.add(new ProcessStart(1 + i, 2 + i, 5, 0));
        }
        var lineage = new Lineage(starts);

        assertThat(lineage.descends(1, 9, 0, 10)).isTrue();
        assertThat(lineage.descends(1, 10, 0, 10)).isFalse();
    }

    @Test
    void doesNotDescendFromItself() {
        assertThat(new Lineage(List.of(new ProcessStart(1, 2, 5, 0))).descends(1, 1, 0, 10))
                .isFalse();
    }

    @Test
    void countsOnlyStartsInTheSpan() {
        var lineage = new Lineage(List.of(new ProcessStart(1, 2, 5, 0)));

        assertThat(lineage.descends(1, 2, 5, 5)).isTrue();
        assertThat(lineage.descends(1, 2, 6, 10)).isFalse();
        assertThat(lineage.descends(1, 2, 0, 4)).isFalse();
    }

    @Test
    void followsEveryParentThatASensorNames() {
        var lineage = new Lineage(
                List.of(new ProcessStart(1, 2, 5, 0), new ProcessStart(1, 3, 5, 0), new ProcessStart(3, 4, 5, 0)));

        assertThat(lineage.descends(1, 2, 0, 10)).isTrue();
        assertThat(lineage.descends(1, 4, 0, 10)).isTrue();
    }

    @Test
    void namesAProcessAndAllThatItDescendsFrom() {
        var lineage = new Lineage(
                List.of(new ProcessStart(1, 2, 5, 0), new ProcessStart(2, 3, 1, 0), new ProcessStart(4, 3, 5, 0)));

        assertThat(lineage.lineOf(1)).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(lineage.lineOf(9)).containsExactly(9);
        assertThat(lineage.lineOf(Fingerprint.ABSENT)).isEmpty();
    }

    @Test
    void endsInACircle() {
        var lineage = new Lineage(List.of(new ProcessStart(1, 2, 5, 0), new ProcessStart(2, 1, 5, 0)));

        assertThat(lineage.descends(1, 3, 0, 10)).isFalse();
        assertThat(lineage.descends(1, 1, 0, 10)).isTrue();
    }

    @Test
    void asksEachStartOnceHoweverManyWaysLeadToIt() {
        var starts = new ArrayList<ProcessStart>();
        for (int generation = 0; generation < 8; generation++) {
            for (int from = 0; from < 8; from++) {
                for (int to = 0; to < 8; to++) {
                    starts.add(new ProcessStart(1 + generation * 8 + from, 1 + (generation + 1) * 8 + to, 5, 0));
                }
            }
        }

        assertThat(new Lineage(starts).descends(1, 99, 0, 10)).isFalse();
    }
}
