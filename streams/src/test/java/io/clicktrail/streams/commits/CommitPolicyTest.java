package io.clicktrail.streams.commits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommitPolicyTest {

    private static final long NOW = 1_772_445_600_000L;

    private final CommitPolicy policy = new CommitPolicy(Duration.ofMillis(100));

    @Test
    void aThreadThatKeepsUpCommitsAfterTheInterval() {
        policy.committed(NOW);
        policy.polled(CommitPolicy.MAX_LAG);

        assertThat(policy.isDue(NOW + 99)).isFalse();
        assertThat(policy.isDue(NOW + 100)).isTrue();
    }

    @Test
    void aThreadThatIsBehindRequestsNoCommitUntilItHasCaughtUp() {
        policy.polled(CommitPolicy.MAX_LAG + 1);
        assertThat(policy.isDue(NOW)).isFalse();

        policy.polled(0);
        assertThat(policy.isDue(NOW)).isTrue();
    }

    @Test
    void aBacklogOfOneThreadDoesNotDelayTheCommitsOfAnother() {
        CompletableFuture.runAsync(() -> policy.polled(Long.MAX_VALUE)).join();

        assertThat(policy.isDue(NOW)).isTrue();
    }
}
