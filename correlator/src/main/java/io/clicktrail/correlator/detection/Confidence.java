package io.clicktrail.correlator.detection;

import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import java.util.List;

/**
 * How sure we are, 0-100: the points of the best link into each stage, up to 30 for the domain's score, less 10 for
 * each stage before the execution that a living sensor did not see.
 *
 * <table>
 *   <caption>Points of a link into a stage</caption>
 *   <tr><th>grade</th><th>egress</th><th>write</th><th>execution</th></tr>
 *   <tr><td>SAME_PROCESS</td><td>20</td><td>25</td><td>25</td></tr>
 *   <tr><td>ARTIFACT</td><td>20</td><td>25</td><td>25</td></tr>
 *   <tr><td>SAME_APPLICATION</td><td>15</td><td>15</td><td>15</td></tr>
 *   <tr><td>SAME_USER</td><td>8</td><td>8</td><td>12</td></tr>
 *   <tr><td>VIA_ADDRESS</td><td>6</td><td>6</td><td>6</td></tr>
 *   <tr><td>SAME_HOST</td><td>3</td><td>3</td><td>6</td></tr>
 * </table>
 *
 * <p>A chain that only time links, on a domain of score 60, has 24; a chain through one browser with the file's origin,
 * the same domain and the file executed has 83. An execution by user or host alone counts a little more than an egress
 * or write, because it takes a container that was downloaded and something that runs from one.
 */
final class Confidence {

    private static final int DOMAIN_POINTS = 30;
    private static final int UNSEEN_POINTS = 10;

    private Confidence() {}

    static int of(List<Link> links, int domainScore, List<MissingStage> missing) {
        int points = domainScore * DOMAIN_POINTS / 100;
        for (var link : links) {
            points += points(link.getGrade(), link.getToStage());
        }
        for (var stage : missing) {
            if (stage.getStage() != Stage.EXECUTION && stage.getReason() == MissingReason.NOT_SEEN) {
                points -= UNSEEN_POINTS;
            }
        }
        return Math.clamp(points, 0, 100);
    }

    private static int points(LinkGrade grade, Stage into) {
        return switch (grade) {
            case SAME_PROCESS, ARTIFACT -> into == Stage.EGRESS ? 20 : 25;
            case SAME_APPLICATION -> 15;
            case SAME_USER -> into == Stage.EXECUTION ? 12 : 8;
            case VIA_ADDRESS -> 6;
            case SAME_HOST -> into == Stage.EXECUTION ? 6 : 3;
        };
    }
}
