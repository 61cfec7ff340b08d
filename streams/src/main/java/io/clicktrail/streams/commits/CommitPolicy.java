package io.clicktrail.streams.commits;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Commits at once what others wait for, and the rest seldom.
 *
 * <p>A transaction costs the brokers the same however much it holds, and what follows sees records only after the
 * commit. So a stream thread commits early only where its transaction holds a record that the next step waits for:
 * anything but changelogs, the topics of {@link #patient} and repartitions named to {@link #apply}. Everything else
 * waits for Kafka Streams' own interval, {@code clicktrail.streams.backlog-commit-interval}; Kafka Streams has no
 * interval that changes, processors request the early commits.
 *
 * <p>Early commits are on average {@code clicktrail.streams.commit-interval} apart, but where the thread has read all
 * there is, up to {@value #MAX_BURST} that were not needed before may follow each other at once: a case that passes
 * several steps of a quiet service does not wait at each. Where it has not, they are further apart the older what it
 * reads is, so that a service which such commits make too slow for what comes makes fewer and settles at a small age.
 * Where what it reads came into the suite more than {@link #MAX_AGE} ago, there is a backlog somewhere: each record
 * waits longer for its turn than for a commit, and there are no early commits. A count of records would not do: the
 * commits of a service that is behind are seldom and large, so that the next one would count itself behind for as long
 * as they last, and so on.
 *
 * <p>State is kept by thread, since one transaction holds the work of all tasks of a thread: its consumer asks before
 * each poll and reports what is left after it, its producer reports each record and commit. Without a report of what is
 * left, as with {@code group.protocol=streams}, a thread counts as one that keeps up.
 *
 * <p>A punctuation by the wall clock is no means to look: Kafka Streams commits the offsets of a task again after each,
 * so that a service with nothing to do made a transaction at each interval of its own. One a second is wanted, though:
 * it moves the committed offsets past the markers of the transactions before, which else look like unread records.
 */
public final class CommitPolicy {

    /** Key of the configuration that passes the instance to the processors. */
    public static final String CONFIG = "clicktrail.commit.policy";

    /**
     * Greatest age of what a thread reads that keeps up, by the timestamps of records, which are those of the raw
     * records: more than all steps of a case take where each waits for the longer interval.
     */
    public static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** Age of what is read, by the time between early commits, where records are left. */
    private static final int AGE_BY_INTERVAL = 2;

    /** Early commits that may follow each other at once. */
    public static final int MAX_BURST = 4;

    /** How often the offsets of a task without records are committed. */
    private static final Duration PAST_MARKERS = Duration.ofSeconds(1);

    private static final String CHANGELOG = "-changelog";
    private static final String REPARTITION = "-repartition";

    private final long interval;
    private final Set<String> patient;
    private final ThreadLocal<Progress> threads = ThreadLocal.withInitial(Progress::new);

    /** Progress of one stream thread. */
    private static final class Progress {
        /** The tasks, by id; those that are closed are held by nobody else. */
        private final Map<TaskId, WeakReference<ProcessingContext>> tasks = new HashMap<>();

        private boolean isAllRead = true;
        private long newest = Long.MAX_VALUE;
        private boolean isAwaited;
        private boolean isRequested;
        private long last = Long.MIN_VALUE / 2;

        /** When the last of the early commits would have been, were they as far apart as they are on average. */
        private long paced;

        boolean isBehind(long now) {
            return !isAllRead && newest < now - MAX_AGE.toMillis();
        }

        /** When the next early commit is due. */
        long next(long interval, long now) {
            return isAllRead ? paced + interval : last + Math.max(interval, (now - newest) / AGE_BY_INTERVAL);
        }
    }

    /**
     * A policy.
     *
     * @param interval mean time between two early commits of a thread
     * @param patient topics whose readers can wait
     */
    public CommitPolicy(Duration interval, Set<String> patient) {
        this.interval = interval.toMillis();
        this.patient = ConcurrentHashMap.newKeySet();
        this.patient.addAll(patient);
    }

    /**
     * Topics that no step on the way of a case waits for: what they hold is added to a case, or kept for later ones.
     */
    public static Set<String> patient(Topics topics) {
        return Stream.of(topics.context(), topics.domains(), topics.coverage(), topics.audit())
                .map(Topic::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A processor's task commits by the policy; call this in {@code init}, in one processor of each sub-topology.
     *
     * @param patientRepartitions names of repartitions of the service that no step on the way of a case waits for
     */
    public static void apply(ProcessingContext context, String... patientRepartitions) {
        if (context.appConfigs().get(CONFIG) instanceof CommitPolicy policy) {
            for (String name : patientRepartitions) {
                policy.patient.add(context.applicationId() + "-" + name + REPARTITION);
            }
            policy.threads.get().tasks.put(context.taskId(), new WeakReference<>(context));
            context.schedule(PAST_MARKERS, PunctuationType.WALL_CLOCK_TIME, now -> {});
        }
    }

    /**
     * The consumer of this thread is about to poll. Requests a commit if one is due; it follows the poll.
     *
     * @param now wall clock, milliseconds since 1970
     * @return how long the poll may wait for records, not longer than asked
     */
    public Duration beforePoll(Duration asked, long now) {
        Progress progress = threads.get();
        if (!progress.isAwaited || progress.isRequested || progress.isBehind(now)) {
            return asked;
        }
        long left = progress.next(interval, now) - now;
        if (left > 0) {
            return left < asked.toMillis() ? Duration.ofMillis(left) : asked;
        }
        progress.isRequested = true;
        for (var task : progress.tasks.values()) {
            var context = task.get();
            if (context != null) {
                context.commit();
            }
        }
        return Duration.ZERO;
    }

    /**
     * The consumer of this thread has polled.
     *
     * @param isAllRead whether no records are left on the brokers
     * @param newest greatest timestamp of the records that it got, milliseconds since 1970; of the poll before where it
     *     got none
     */
    public void polled(boolean isAllRead, OptionalLong newest) {
        Progress progress = threads.get();
        progress.isAllRead = isAllRead;
        progress.newest = newest.orElse(progress.newest);
    }

    /** This thread has sent a record. */
    public void sent(String topic) {
        Progress progress = threads.get();
        if (!progress.isAwaited && !topic.endsWith(CHANGELOG) && !patient.contains(topic)) {
            progress.isAwaited = true;
        }
    }

    /** This thread commits. @param now wall clock, milliseconds since 1970 */
    public void committed(long now) {
        Progress progress = threads.get();
        progress.isAwaited = false;
        progress.isRequested = false;
        progress.last = now;
        progress.paced = Math.max(progress.paced + interval, now - (MAX_BURST - 1) * interval);
    }
}
