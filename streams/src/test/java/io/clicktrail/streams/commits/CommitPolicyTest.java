package io.clicktrail.streams.commits;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topics;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommitPolicyTest {

    private static final long NOW = 1_772_445_600_000L;
    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new StateSerdes());
    private static final String EVIDENCE = TOPICS.evidence().name();

    private static final Duration POLL = Duration.ofMillis(20);

    private final CommitPolicy policy = new CommitPolicy(Duration.ofMillis(100), CommitPolicy.patient(TOPICS));

    @Test
    void whatOthersWaitForIsCommittedAtOnce() {
        policy.sent(EVIDENCE);

        assertThat(isDue(NOW)).isTrue();
    }

    @Test
    void aStepInsideAServiceCountsAsOne() {
        policy.sent("clicktrail-enricher-by-tenant-key-repartition");

        assertThat(isDue(NOW)).isTrue();
    }

    @Test
    void stateAndWhatReadersCanWaitForIsNotCommittedEarly() {
        policy.sent("clicktrail-correlator-hosts-changelog");
        policy.sent(TOPICS.coverage().name());
        policy.sent(TOPICS.context().name());

        assertThat(isDue(NOW)).isFalse();
    }

    @Test
    void afterACommitNothingIsWaitedForUntilSomethingIsSent() {
        policy.sent(EVIDENCE);
        policy.committed(NOW);

        assertThat(isDue(NOW + 1_000)).isFalse();
    }

    @Test
    void inQuietTimesAFewCommitsFollowEachOtherAtOnce() {
        for (int i = 0; i < CommitPolicy.MAX_BURST; i++) {
            policy.sent(EVIDENCE);
            assertThat(isDue(NOW + i)).as("commit %d", i).isTrue();
            policy.committed(NOW + i);
        }

        policy.sent(EVIDENCE);
        assertThat(isDue(NOW + CommitPolicy.MAX_BURST)).isFalse();
        assertThat(isDue(NOW + 110)).isTrue();
    }

    @Test
    void inASteadyFlowCommitsAreTheIntervalApart() {
        int commits = 0;
        for (long now = NOW; now < NOW + 10_000; now += 5) {
            policy.sent(EVIDENCE);
            if (isDue(now)) {
                commits++;
                policy.committed(now);
            }
        }

        assertThat(commits).isBetween(100, 100 + CommitPolicy.MAX_BURST);
    }

    @Test
    void aThreadThatReadsOldRecordsRequestsNoCommitUntilItHasReadThemAll() {
        policy.sent(EVIDENCE);
        policy.polled(false, OptionalLong.of(NOW - CommitPolicy.MAX_AGE.toMillis() - 1));
        assertThat(isDue(NOW)).isFalse();

        policy.polled(true, OptionalLong.empty());
        assertThat(isDue(NOW)).isTrue();
    }

    @Test
    void manyNewRecordsAreNoBacklog() {
        policy.sent(EVIDENCE);
        policy.polled(false, OptionalLong.of(NOW - CommitPolicy.MAX_AGE.toMillis()));

        assertThat(isDue(NOW)).isTrue();
    }

    @Test
    void commitsDoNotFollowEachOtherAtOnceWhileRecordsAreLeft() {
        policy.committed(NOW);
        policy.sent(EVIDENCE);
        policy.polled(false, OptionalLong.of(NOW));
        assertThat(isDue(NOW + 99)).isFalse();
        assertThat(isDue(NOW + 100)).isTrue();
    }

    @Test
    void theOlderWhatIsReadTheFurtherCommitsAreApart() {
        policy.committed(NOW);
        policy.sent(EVIDENCE);
        policy.polled(false, OptionalLong.of(NOW - 600));

        assertThat(isDue(NOW + 590)).isFalse();
        assertThat(isDue(NOW + 600)).isTrue();
    }

    @Test
    void aPollWaitsNoLongerThanUntilTheNextCommit() {
        policy.committed(NOW);
        for (int i = 0; i < CommitPolicy.MAX_BURST; i++) {
            policy.committed(NOW);
        }
        policy.sent(EVIDENCE);

        assertThat(policy.beforePoll(Duration.ofSeconds(1), NOW)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aRequestThatIsNotFollowedByACommitDoesNotHurryThePolls() {
        policy.sent(EVIDENCE);

        assertThat(policy.beforePoll(POLL, NOW)).isZero();
        assertThat(policy.beforePoll(POLL, NOW + 1)).isEqualTo(POLL);
    }

    @Test
    void aBacklogOfOneThreadDoesNotDelayTheCommitsOfAnother() {
        CompletableFuture.runAsync(() -> policy.polled(false, OptionalLong.of(0)))
                .join();
        policy.sent(EVIDENCE);

        assertThat(isDue(NOW)).isTrue();
    }

    private boolean isDue(long now) {
        return policy.beforePoll(POLL, now).isZero();
    }
}
