package io.clicktrail.streams.commits;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Commits often while a service keeps up, and seldom while it is behind.
 *
 * <p>A transaction costs the brokers the same however much it holds, and what follows sees records only after the
 * commit. So while a stream thread keeps up, it commits after {@code clicktrail.streams.commit-interval}: that is the
 * delay of the hop. While more than {@value #MAX_LAG} records wait for it on the brokers, each waits longer for its
 * turn than for a commit, so it commits only after {@code clicktrail.streams.backlog-commit-interval}, which is Kafka
 * Streams' own interval. Kafka Streams has no interval that changes; processors request the early commits.
 *
 * <p>State is kept by thread, since one transaction holds the work of all tasks of a thread: its consumer reports what
 * is left with each poll, its producer each commit. Without a report, as with {@code group.protocol=streams}, a thread
 * counts as one that keeps up.
 */
public final class CommitPolicy {

    /** Key of the configuration that passes the instance to the processors. */
    public static final String CONFIG = "clicktrail.commit.policy";

    /** Most records on the brokers of a thread that keeps up: about as many as a busy upstream commits at once. */
    public static final long MAX_LAG = 5_000;

    /** How often a task looks, for each interval. */
    private static final int LOOKS = 2;

    private final Duration interval;
    private final ThreadLocal<Progress> threads = ThreadLocal.withInitial(Progress::new);

    /** Progress of one stream thread. */
    private static final class Progress {
        private long lag;
        private long committed;
    }

    /** @param interval time between two commits of a thread that keeps up */
    public CommitPolicy(Duration interval) {
        this.interval = interval;
    }

    /** A processor's task commits by the policy; call this in {@code init}, in one processor of each sub-topology. */
    public static void apply(ProcessingContext context) {
        if (context.appConfigs().get(CONFIG) instanceof CommitPolicy policy) {
            context.schedule(policy.interval.dividedBy(LOOKS), PunctuationType.WALL_CLOCK_TIME, now -> {
                if (policy.isDue(now)) {
                    context.commit();
                }
            });
        }
    }

    /** The consumer of this thread has polled, and so many records are left on the brokers. */
    public void polled(long lag) {
        threads.get().lag = lag;
    }

    /** This thread commits. @param now wall clock, milliseconds since 1970 */
    public void committed(long now) {
        threads.get().committed = now;
    }

    /** Whether this thread should commit now. @param now wall clock, milliseconds since 1970 */
    boolean isDue(long now) {
        Progress progress = threads.get();
        return progress.lag <= MAX_LAG && now - progress.committed >= interval.toMillis();
    }
}
