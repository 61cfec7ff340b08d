package io.clicktrail.streams.commits;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommitPolicyTest {

    private static final long NOW = 1_772_445_600_000L;
    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, Topics.DEFAULT_RAW, new StateSerdes());
    private static final String EVIDENCE = TOPICS.evidence().name();

    private final CommitPolicy policy = new CommitPolicy(Duration.ofMillis(100), CommitPolicy.patient(TOPICS));

    @Test
    void whatOthersWaitForIsCommittedAtOnce() {
        policy.sent(EVIDENCE);

        assertThat(policy.isDue(NOW)).isTrue();
    }

    @Test
    void aStepInsideAServiceCountsAsOne() {
        policy.sent("clicktrail-enricher-by-tenant-key-repartition");

        assertThat(policy.isDue(NOW)).isTrue();
    }

    @Test
    void stateAndWhatReadersCanWaitForIsNotCommittedEarly() {
        policy.sent("clicktrail-correlator-hosts-changelog");
        policy.sent(TOPICS.coverage().name());
        policy.sent(TOPICS.context().name());

        assertThat(policy.isDue(NOW)).isFalse();
    }

    @Test
    void afterACommitNothingIsWaitedForUntilSomethingIsSent() {
        policy.sent(EVIDENCE);
        policy.committed(NOW);

        assertThat(policy.isDue(NOW + 1_000)).isFalse();
    }

    @Test
    void inQuietTimesAFewCommitsFollowEachOtherAtOnce() {
        for (int i = 0; i < CommitPolicy.MAX_BURST; i++) {
            policy.sent(EVIDENCE);
            assertThat(policy.isDue(NOW + i)).as("commit %d", i).isTrue();
            policy.committed(NOW + i);
        }

        policy.sent(EVIDENCE);
        assertThat(policy.isDue(NOW + CommitPolicy.MAX_BURST)).isFalse();
        assertThat(policy.isDue(NOW + 110)).isTrue();
    }

    @Test
    void inASteadyFlowCommitsAreTheIntervalApart() {
        int commits = 0;
        for (long now = NOW; now < NOW + 10_000; now += 5) {
            policy.sent(EVIDENCE);
            if (policy.isDue(now)) {
                commits++;
                policy.committed(now);
            }
        }

        assertThat(commits).isBetween(100, 100 + CommitPolicy.MAX_BURST);
    }

    @Test
    void aThreadThatIsBehindRequestsNoCommitUntilItHasCaughtUp() {
        policy.sent(EVIDENCE);
        policy.polled(CommitPolicy.MAX_LAG + 1);
        assertThat(policy.isDue(NOW)).isFalse();

        policy.polled(CommitPolicy.MAX_LAG);
        assertThat(policy.isDue(NOW)).isTrue();
    }

    @Test
    void aBacklogOfOneThreadDoesNotDelayTheCommitsOfAnother() {
        CompletableFuture.runAsync(() -> policy.polled(Long.MAX_VALUE)).join();
        policy.sent(EVIDENCE);

        assertThat(policy.isDue(NOW)).isTrue();
    }
}
