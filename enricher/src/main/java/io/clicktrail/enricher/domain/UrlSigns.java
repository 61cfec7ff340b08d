package io.clicktrail.enricher.domain;

import io.clicktrail.evidence.ScorePart;
import java.util.List;

/** Parts of the score that come from the form of a URL. */
final class UrlSigns {

    private UrlSigns() {}

    /** The most that path and port can add to the score of a host. */
    static int mostOfPath(ScoreWeights weights) {
        return weights.points(ScoreFactor.RISKY_EXTENSION)
                + weights.points(ScoreFactor.DOUBLE_EXTENSION)
                + weights.points(ScoreFactor.SUFFIX_LIKE_FILE)
                + weights.points(ScoreFactor.ODD_PORT);
    }

    /** Adds the part of each sign. */
    static void add(ParsedUrl url, ScoreWeights weights, List<ScorePart> parts) {
        for (UrlSign sign : url.signs()) {
            ScorePart part = switch (sign) {
                case USERINFO -> weights.scored(ScoreFactor.USERINFO, "a user name before the host");
                case MISLEADING_AUTHORITY ->
                    weights.scored(
                            ScoreFactor.MISLEADING_AUTHORITY, "reads as if it led elsewhere than to " + url.host());
                case ADDRESS_LITERAL -> null;
                case OBFUSCATED_ADDRESS ->
                    weights.scored(ScoreFactor.OBFUSCATED_ADDRESS, "the address " + url.host() + " in disguise");
                case ODD_PORT ->
                    weights.scored(ScoreFactor.ODD_PORT, "port " + url.parts().port());
                case ENCODED_HOST -> weights.scored(ScoreFactor.ENCODED_HOST, "escaped characters in the host");
                case RISKY_EXTENSION ->
                    weights.scored(ScoreFactor.RISKY_EXTENSION, "leads to a file of a high-risk kind");
                case DOUBLE_EXTENSION -> weights.scored(ScoreFactor.DOUBLE_EXTENSION, "a file name made to be misread");
                case SUFFIX_LIKE_FILE ->
                    weights.scored(ScoreFactor.SUFFIX_LIKE_FILE, "the domain itself reads like a file name");
            };
            if (part != null) {
                parts.add(part);
            }
        }
    }
}
