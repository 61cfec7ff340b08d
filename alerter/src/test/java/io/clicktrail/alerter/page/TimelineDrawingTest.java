package io.clicktrail.alerter.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineDrawingTest {

    private static final Instant START = Instant.parse("2026-03-03T09:12:07Z");

    /** One click, then three connections, two files and three processes. */
    private static final List<TimelineDrawing.Point> POINTS = List.of(
            point(1, Lane.CLICK, "chrome.exe"),
            point(2, Lane.EGRESS, "docusign-invoices[.]click"),
            point(3, Lane.EGRESS, "docusign-invoices[.]click"),
            point(4, Lane.EGRESS, "docusign-invoices[.]click"),
            point(5, Lane.WRITE, "Invoice_2231.iso"),
            point(6, Lane.WRITE, "Invoice_2231.iso"),
            point(7, Lane.EXECUTION, "wscript.exe"),
            point(8, Lane.EXECUTION, "powershell.exe"),
            point(9, Lane.EXECUTION, "powershell.exe"));

    @Test
    void anArrowEndsAtItsOwnMarkAndNotAtANeighbour() {
        var drawing = draw(join(1, 2), join(1, 8), join(2, 5));

        assertThat(drawing.arrows().get(0).path())
                .as("the first of a group, from the side")
                .endsWith(" " + (mark(drawing, 2).x() - 17) + " "
                        + mark(drawing, 2).y());
        assertThat(drawing.arrows().get(1).path())
                .as("one in the middle, from above")
                .endsWith(" " + mark(drawing, 8).x() + " " + (mark(drawing, 8).y() - 17));
        assertThat(drawing.arrows().get(2).path())
                .as("from one that has a neighbour, downwards")
                .startsWith("M" + mark(drawing, 2).x() + " " + (mark(drawing, 2).y() + 13));
    }

    @Test
    void gradesOfArrowsThatCrossStandApart() {
        var arrows = draw(join(1, 2), join(2, 5), join(1, 8)).arrows();

        for (var one : arrows) {
            assertThat(arrows)
                    .filteredOn(other -> other != one
                            && Math.abs(other.labelX() - one.labelX()) < 56
                            && Math.abs(other.labelY() - one.labelY()) < 15)
                    .isEmpty();
        }
    }

    private static TimelineDrawing draw(TimelineDrawing.Join... joins) {
        return TimelineDrawing.of(POINTS, List.of(joins), Map.of());
    }

    private static TimelineDrawing.Mark mark(TimelineDrawing drawing, int number) {
        return drawing.groups().stream()
                .flatMap(group -> group.marks().stream())
                .filter(mark -> mark.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private static TimelineDrawing.Join join(int from, int to) {
        return new TimelineDrawing.Join(from, to, "artifact", "", 3);
    }

    private static TimelineDrawing.Point point(int number, Lane lane, String caption) {
        return new TimelineDrawing.Point(number, lane, START.plusSeconds(number), "", caption, "");
    }
}
