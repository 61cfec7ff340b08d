package io.clicktrail.alerter.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timeline as a drawing: a lane for each stage, a mark for each piece of evidence, an arrow for each link.
 *
 * <p>Consecutive evidence of one lane forms a group. Groups follow each other from left to right, so that a chain of
 * seconds and one of hours are equally easy to read; the time between two groups is written, not drawn to scale. All
 * numbers are units of the drawing. The cost is that of the links times the evidence.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param bands one for each lane, from top to bottom
 * @param groups in event-time order
 * @param pauses time between neighbouring groups
 * @param arrows the links
 */
public record TimelineDrawing(
        int width, int height, List<Band> bands, List<Group> groups, List<Pause> pauses, List<Arrow> arrows) {

    private static final int AXIS = 34;
    private static final int LANE = 92;
    private static final int LEFT = 150;
    private static final int RIGHT = 24;
    private static final int STEP = 30;
    private static final int RADIUS = 12;
    private static final int GAP = 64;
    private static final int CAPTION = 143;
    private static final int MIN_WIDTH = 1120;
    private static final int MAX_CAPTIONED_GROUPS = 14;
    private static final int MARK_AT = 36;
    private static final int MAX_NAMES = 4;
    private static final int MAX_CAPTION = 30;
    private static final int CHARACTER = 7;
    private static final int LINE = 15;
    private static final double[] LABEL_AT = {0.5, 0.38, 0.62, 0.26, 0.74, 0.16, 0.84};

    /** A lane. @param missing why nothing is in it; null where something is */
    public record Band(
            Lane lane, int y, int height, @Nullable String missing) {}

    /** Neighbouring evidence of one lane. @param captionX left end of the caption */
    public record Group(
            Lane lane, int x, int width, String time, String caption, int captionX, int captionY, List<Mark> marks) {}

    /** A piece of evidence. @param number of the evidence in the list below the drawing */
    public record Mark(int number, int x, int y, String label) {}

    /** Time between two groups. */
    public record Pause(int x, String text) {}

    /** A link. @param weight 3 for a certain link, 1 for a weak one */
    public record Arrow(String path, int labelX, int labelY, String grade, String reason, int weight) {}

    /** A mark and where it stands in its group: an arrow must not run through its neighbours. */
    private record Place(Mark mark, boolean first, boolean last) {}

    /** A rectangle that is taken. */
    private record Box(double x, double y, double width, double height) {

        boolean meets(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }

    /** A piece of evidence to draw. */
    record Point(int number, Lane lane, Instant time, String clock, String caption, String label) {}

    /** A link to draw, between numbers of evidence. */
    record Join(int from, int to, String grade, String reason, int weight) {}

    static TimelineDrawing of(List<Point> points, List<Join> joins, Map<Lane, String> missing) {
        List<List<Point>> runs = runs(points);
        boolean captioned = runs.size() <= MAX_CAPTIONED_GROUPS;
        int[] widths = runs.stream()
                .mapToInt(run -> Math.max(captioned ? CAPTION : 0, run.size() * STEP))
                .toArray();
        int needed = LEFT + RIGHT + GAP * Math.max(0, runs.size() - 1);
        for (int width : widths) {
            needed += width;
        }
        int extra = runs.size() < 2 ? 0 : Math.max(0, MIN_WIDTH - needed) / (runs.size() - 1);
        var groups = new ArrayList<Group>();
        var pauses = new ArrayList<Pause>();
        var places = new HashMap<Integer, Place>();
        int x = LEFT;
        @Nullable Point before = null;
        for (int at = 0; at < runs.size(); at++) {
            List<Point> run = runs.get(at);
            if (before != null) {
                pauses.add(new Pause(
                        x + (GAP + extra) / 2,
                        ReadableTimes.pause(
                                Duration.between(before.time(), run.getFirst().time()))));
                x += GAP + extra;
            }
            groups.add(group(run, x, widths[at], captioned, places));
            x += widths[at];
            before = run.getLast();
        }
        return new TimelineDrawing(
                Math.max(MIN_WIDTH, x + RIGHT),
                AXIS + LANE * Lane.values().length,
                bands(points, missing),
                groups,
                pauses,
                arrows(joins, places, groups));
    }

    private static List<List<Point>> runs(List<Point> points) {
        var runs = new ArrayList<List<Point>>();
        for (Point point : points) {
            if (runs.isEmpty() || runs.getLast().getLast().lane() != point.lane()) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(point);
        }
        return runs;
    }

    private static Group group(List<Point> run, int x, int width, boolean captioned, Map<Integer, Place> places) {
        Lane lane = run.getFirst().lane();
        int y = top(lane) + MARK_AT;
        var marks = new ArrayList<Mark>();
        for (int at = 0; at < run.size(); at++) {
            Point point = run.get(at);
            var mark = new Mark(point.number(), x + RADIUS + at * STEP, y, point.label());
            marks.add(mark);
            places.put(point.number(), new Place(mark, at == 0, at == run.size() - 1));
        }
        return new Group(
                lane, x, width, run.getFirst().clock(), captioned ? caption(run) : "", x, y + RADIUS + 19, marks);
    }

    /** What the group shows: the processes of an execution in their order, the last name of a file, else the first. */
    private static String caption(List<Point> run) {
        String caption = switch (run.getFirst().lane()) {
            case CLICK, EGRESS -> run.getFirst().caption();
            case WRITE -> run.getLast().caption();
            case EXECUTION ->
                String.join(
                        " → ",
                        run.stream()
                                .map(Point::caption)
                                .distinct()
                                .limit(MAX_NAMES)
                                .toList());
        };
        int characters = caption.codePointCount(0, caption.length());
        return characters <= MAX_CAPTION
                ? caption
                : caption.substring(0, caption.offsetByCodePoints(0, MAX_CAPTION - 1)) + "…";
    }

    private static List<Band> bands(List<Point> points, Map<Lane, String> missing) {
        Map<Lane, Integer> counts = new EnumMap<>(Lane.class);
        points.forEach(point -> counts.merge(point.lane(), 1, Integer::sum));
        var bands = new ArrayList<Band>();
        for (Lane lane : Lane.values()) {
            String reason = counts.containsKey(lane) ? null : missing.getOrDefault(lane, "not seen");
            bands.add(new Band(lane, top(lane), LANE, reason));
        }
        return bands;
    }

    private static int top(Lane lane) {
        return AXIS + LANE * lane.ordinal();
    }

    private static List<Arrow> arrows(List<Join> joins, Map<Integer, Place> places, List<Group> groups) {
        var taken = new ArrayList<Box>();
        for (Group group : groups) {
            group.marks()
                    .forEach(mark ->
                            taken.add(new Box(mark.x() - RADIUS, mark.y() - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS)));
            taken.add(text(group.captionX(), group.captionY(), group.caption()));
        }
        var arrows = new ArrayList<Arrow>();
        for (Join join : joins) {
            Place from = places.get(join.from());
            Place to = places.get(join.to());
            if (from != null && to != null) {
                arrows.add(
                        from.mark().y() == to.mark().y()
                                ? arc(join, from.mark(), to.mark())
                                : curve(join, from, to, taken));
            }
        }
        return arrows;
    }

    private static Box text(int left, int baseline, String text) {
        return new Box(left, baseline - LINE + 3.0, text.codePointCount(0, text.length()) * CHARACTER, LINE);
    }

    /** Within a lane, an arc above the marks. */
    private static Arrow arc(Join join, Mark from, Mark to) {
        int top = from.y() - RADIUS - 14;
        return new Arrow(
                "M" + from.x() + " " + (from.y() - RADIUS) + " Q" + (from.x() + to.x()) / 2 + " " + (top - 10) + " "
                        + to.x() + " " + (to.y() - RADIUS - 4),
                (from.x() + to.x()) / 2,
                top,
                join.grade(),
                join.reason(),
                join.weight());
    }

    /**
     * Between lanes. It leaves and arrives at the side, or where a neighbour of the group is in the way, from above or
     * below. Its grade stands where nothing else is written, or in its middle.
     */
    private static Arrow curve(Join join, Place leaves, Place arrives, List<Box> taken) {
        Mark from = leaves.mark();
        Mark to = arrives.mark();
        int right = to.x() >= from.x() ? 1 : -1;
        int down = to.y() >= from.y() ? 1 : -1;
        boolean sideStart = right > 0 ? leaves.last() : leaves.first();
        boolean sideEnd = right > 0 ? arrives.first() : arrives.last();
        int[] start = sideStart
                ? new int[] {from.x() + right * (RADIUS + 1), from.y()}
                : new int[] {from.x(), from.y() + down * (RADIUS + 1)};
        int[] end = sideEnd
                ? new int[] {to.x() - right * (RADIUS + 5), to.y()}
                : new int[] {to.x(), to.y() - down * (RADIUS + 5)};
        int wide = Math.max(40, Math.abs(end[0] - start[0]) / 2);
        int high = Math.max(24, Math.abs(end[1] - start[1]) / 2);
        int[] first = sideStart
                ? new int[] {start[0] + right * wide, start[1]}
                : new int[] {start[0], start[1] + down * high};
        int[] second = sideEnd ? new int[] {end[0] - right * wide, end[1]} : new int[] {end[0], end[1] - down * high};
        int[] label = label(join.grade(), taken, start, first, second, end);
        return new Arrow(
                "M" + start[0] + " " + start[1] + " C" + first[0] + " " + first[1] + " " + second[0] + " " + second[1]
                        + " " + end[0] + " " + end[1],
                label[0],
                label[1],
                join.grade(),
                join.reason(),
                join.weight());
    }

    /** The first place on a curve where a text meets no other. */
    private static int[] label(String text, List<Box> taken, int[]... curve) {
        int width = text.length() * CHARACTER;
        for (double at : LABEL_AT) {
            int[] point = {point(at, 0, curve), point(at, 1, curve)};
            var box = new Box(point[0] - width / 2.0, point[1] - LINE / 2.0, width, LINE);
            if (taken.stream().noneMatch(box::meets)) {
                taken.add(box);
                return point;
            }
        }
        return new int[] {point(LABEL_AT[0], 0, curve), point(LABEL_AT[0], 1, curve)};
    }

    private static int point(double at, int axis, int[]... curve) {
        double left = 1 - at;
        return (int) Math.round(left * left * left * curve[0][axis]
                + 3 * left * left * at * curve[1][axis]
                + 3 * left * at * at * curve[2][axis]
                + at * at * at * curve[3][axis]);
    }
}
