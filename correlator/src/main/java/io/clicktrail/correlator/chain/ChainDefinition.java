package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.decision.ChainWeights;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.RiskBands;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.schemas.tuning.TuningCheck;
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
 * @param chainScore score of the decision from which on a chain is a detection, 1-100
 * @param weights what each part of the decision is worth
 */
public record ChainDefinition(
        Platform platform,
        String analyticId,
        Duration window,
        Duration followOn,
        Duration skew,
        Duration grace,
        int strongScore,
        int chainScore,
        ChainWeights weights) {

    /** Event time without evidence after which the next chain of the same tenant key is a new episode. */
    public static final Duration QUIET = Duration.ofHours(24);

    /** How long the number of episodes of a tenant key is remembered, and the length of an epoch in detection ids. */
    public static final Duration MEMORY = Duration.ofDays(30);

    /** How long before or after a write a mark of the same path is the mark of that write. */
    static final Duration MARK_OF_WRITE = Duration.ofMinutes(2);

    /**
     * How long after its write a file of an open chain still joins it when it runs. Less than {@link #QUIET}, so that
     * what runs late, and what runs below it, never decides whether a later chain is an episode of its own.
     */
    static final Duration LATE_RUN = Duration.ofHours(22);

    private static final int STRONG = RiskBands.HIGH;

    /** The definition that holds while nobody has tuned the platform; windows as in MITRE's analytics. */
    public static ChainDefinition builtIn(Platform platform) {
        return of(BuiltInTuning.of(platform), STRONG);
    }

    /** Compiles a tuning document in which {@link TuningCheck} has found nothing. */
    public static ChainDefinition of(Tuning tuning) {
        return of(tuning, Math.max(STRONG, tuning.getDomainRiskScore()));
    }

    private static ChainDefinition of(Tuning tuning, int strongScore) {
        return new ChainDefinition(
                tuning.getPlatform(),
                analyticOf(tuning.getPlatform()),
                Duration.ofMillis(tuning.getTimeWindowMs()),
                Duration.ofMillis(tuning.getFollowOnMs()),
                Duration.ofMillis(tuning.getSkewMs()),
                Duration.ofMillis(tuning.getGraceMs()),
                strongScore,
                tuning.getChainScore(),
                ChainWeights.builtIn());
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
        return growth().plus(grace);
    }

    /** How long a chain grows, from its click to its last execution. */
    Duration growth() {
        return window.plus(followOn).plus(skew);
    }

    /** How long a write that names an origin stays: for as long as a write that it speaks against. */
    Duration markRetention() {
        return retention().plus(markDelay());
    }

    /** How long a write of an open chain stays: what runs late may arrive late. */
    Duration memberRetention() {
        return LATE_RUN.plus(grace).plus(skew);
    }

    /** How long the start of a process stays: it may be up to a window older than the events that it links. */
    Duration lineageRetention() {
        return retention().plus(window);
    }

    /** How long a mark may come before or after the write of the same path that it speaks for. */
    Duration markSpan() {
        return window.compareTo(followOn) < 0 ? window : followOn;
    }

    /** How long after its arrival a write may still get a mark that names another origin. */
    Duration markDelay() {
        return (skew.compareTo(MARK_OF_WRITE) < 0 ? MARK_OF_WRITE : skew).plus(grace);
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
