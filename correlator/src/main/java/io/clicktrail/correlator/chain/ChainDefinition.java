package io.clicktrail.correlator.chain;

import io.clicktrail.event.Platform;
import io.clicktrail.schemas.RiskBands;
import io.clicktrail.tuning.Tuning;
import java.time.Duration;

/**
 * What a chain is on one platform: the tuning, compiled.
 *
 * @param platform platform it holds for
 * @param analyticId MITRE ATT&CK analytic of DET0066: AN0178 Windows, AN0179 Linux, AN0180 macOS
 * @param window TimeWindow: from the click to the write
 * @param followOn from the write to the execution
 * @param skew allowed between the clocks of two sensors
 * @param grace how late evidence may arrive
 * @param strongScore domain score from which a chain without one of its stages is worth a detection, 50-100
 */
public record ChainDefinition(
        Platform platform,
        String analyticId,
        Duration window,
        Duration followOn,
        Duration skew,
        Duration grace,
        int strongScore) {

    /** Event time without evidence after which the next chain of the same tenant key is a new episode. */
    public static final Duration QUIET = Duration.ofHours(24);

    /** How long the number of episodes of a tenant key is remembered, and the length of an epoch in detection ids. */
    public static final Duration MEMORY = Duration.ofDays(30);

    private static final int STRONG = RiskBands.HIGH;
    private static final Duration MAX_SPAN = Duration.ofHours(24);

    /** A tuning document, compiled or refused. */
    public sealed interface Compilation {}

    /** It can be used. */
    public record Compiled(ChainDefinition definition) implements Compilation {}

    /** It can't be used; the reason names field, value and rule. */
    public record Refused(String reason) implements Compilation {}

    /** The definition that holds while nobody has tuned the platform; windows as in MITRE's analytics. */
    public static ChainDefinition builtIn(Platform platform) {
        int minutes = switch (platform) {
            case WINDOWS, UNKNOWN -> 15;
            case LINUX -> 20;
            case MACOS -> 30;
        };
        return new ChainDefinition(
                platform,
                analyticOf(platform),
                Duration.ofMinutes(minutes),
                Duration.ofMinutes(60),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                STRONG);
    }

    /** Compiles a tuning document. */
    public static Compilation compile(Tuning tuning) {
        var window = Duration.ofMillis(tuning.getTimeWindowMs());
        var followOn = Duration.ofMillis(tuning.getFollowOnMs());
        var skew = Duration.ofMillis(tuning.getSkewMs());
        var grace = Duration.ofMillis(tuning.getGraceMs());
        int score = tuning.getDomainRiskScore();
        if (!window.isPositive() || window.compareTo(MAX_SPAN) > 0) {
            return refused("time_window_ms", tuning.getTimeWindowMs(), "above 0 and at most 24 hours");
        }
        if (!followOn.isPositive() || followOn.compareTo(MAX_SPAN) > 0) {
            return refused("follow_on_ms", tuning.getFollowOnMs(), "above 0 and at most 24 hours");
        }
        if (skew.isNegative() || skew.compareTo(MAX_SPAN) > 0) {
            return refused("skew_ms", tuning.getSkewMs(), "0 to 24 hours");
        }
        if (grace.isNegative() || grace.compareTo(MAX_SPAN) > 0) {
            return refused("grace_ms", tuning.getGraceMs(), "0 to 24 hours");
        }
        if (score < 1 || score > 100) {
            return refused("domain_risk_score", score, "1 to 100");
        }
        return new Compiled(new ChainDefinition(
                tuning.getPlatform(),
                analyticOf(tuning.getPlatform()),
                window,
                followOn,
                skew,
                grace,
                Math.max(STRONG, score)));
    }

    private static Refused refused(String field, long value, String rule) {
        return new Refused(field + " is " + value + " but must be " + rule);
    }

    /** MITRE ATT&CK analytic of a platform; hosts of an unknown one are judged as Windows. */
    public static String analyticOf(Platform platform) {
        return switch (platform) {
            case WINDOWS, UNKNOWN -> "AN0178";
            case LINUX -> "AN0179";
            case MACOS -> "AN0180";
        };
    }

    /** Domain score from which an egress after a click needs nothing else. */
    int knownBadScore() {
        return Math.max(RiskBands.KNOWN_BAD, strongScore);
    }

    /** How long an event stays after its arrival: long enough for every partner that arrives within the grace. */
    Duration retention() {
        return window.plus(followOn).plus(grace).plus(skew);
    }

    /** How long the start of a process stays: it may be up to a window older than the events that it links. */
    Duration lineageRetention() {
        return retention().plus(window);
    }

    /** How long a mark may come before or after the write of the same path that it speaks for. */
    Duration markSpan() {
        return window.compareTo(followOn) < 0 ? window : followOn;
    }

    /** How long after its last evidence a chain stays open. */
    Duration chainRetention() {
        return QUIET.plus(retention());
    }

    /** How long a chain that misses a stage is held back before it is emitted. */
    Duration partialDelay() {
        return window.plus(grace);
    }
}
