package io.clicktrail.alerter.lifecycle;

import io.clicktrail.state.FactKind;
import io.clicktrail.state.Finding;
import java.time.Duration;

/**
 * How long a revision waits for more findings, so that findings of one moment become one revision.
 *
 * <p>The delay is an exponential backoff: {@link #MIN_DELAY} for the first revision, doubled with each revision of the
 * case, up to {@code maxDelay}. A subject that thousands of hosts touch therefore revises each of its cases a number of
 * times that grows with the logarithm of the time, not with the number of findings. In a burst of new cases, those of
 * at most medium severity are delayed too, so that each is written once, with its answers.
 *
 * <p>All times are wall clock. The functions are pure and cost O(facts of one finding); what is pending is bounded by
 * the open cases of the partition, one entry each.
 *
 * @param maxDelay the longest delay; with zero nothing waits
 */
public record RevisionDelay(Duration maxDelay) {

    /** The shortest delay, and the interval in which new cases are counted for a burst. */
    public static final Duration MIN_DELAY = Duration.ofSeconds(1);

    /** How often pending revisions are checked. */
    public static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

    private static final Duration WRITING_TIME = Duration.ofMillis(100);
    private static final Duration WRITING_TIME_WHILE_BUSY = Duration.ofMillis(1);
    private static final int BURST = 10;
    private static final int UNDELAYED_ALERT_REVISIONS = 10;
    private static final int MAX_DOUBLINGS = 20;

    /**
     * How long a finding waits for more. For alerts of other products the doubling begins only after ten revisions, so
     * that an analyst sees them within seconds unless they arrive in a flood.
     *
     * @param revision current revision of the case
     */
    public Duration forFinding(Finding finding, int revision) {
        boolean alerted =
                finding.getKnown().getFacts().stream().anyMatch(fact -> fact.getKind() == FactKind.ENDPOINT_ALERT);
        int doublings = Math.clamp(revision - (alerted ? UNDELAYED_ALERT_REVISIONS : 1), 0, MAX_DOUBLINGS);
        Duration delay = MIN_DELAY.multipliedBy(1L << doublings);
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }

    /**
     * True in a burst, in which new cases of at most medium severity wait for the answers to their questions.
     *
     * @param newCases new cases of this interval so far
     * @param newCasesBefore new cases of the interval before
     */
    public boolean isBurst(int newCases, int newCasesBefore) {
        return Math.max(newCases, newCasesBefore) >= BURST && maxDelay.isPositive();
    }

    /**
     * How long one check may write revisions; the rest stays for the next check. While records arrive it is short, so
     * that they are read at once and a high case is not held up.
     *
     * @param busy whether records arrived since the last check
     */
    public Duration writingTime(boolean busy) {
        return busy ? WRITING_TIME_WHILE_BUSY : WRITING_TIME;
    }
}
