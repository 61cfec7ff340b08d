package io.clicktrail.streams.commits;

import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
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
 * <p>Early commits are on average {@code clicktrail.streams.commit-interval} apart, but up to {@value #MAX_BURST} that
 * were not needed before may follow each other at once: a case that passes several steps of a quiet service does not
 * wait at each. While more than {@value #MAX_LAG} records wait for the thread on the brokers, each waits longer for its
 * turn than for a commit, and there are no early commits.
 *
 * <p>State is kept by thread, since one transaction holds the work of all tasks of a thread: its consumer reports what
 * is left with each poll, its producer each record and commit. Without a report of what is left, as with {@code
 * group.protocol=streams}, a thread counts as one that keeps up.
 */
public final class CommitPolicy {

    /** Key of the configuration that passes the instance to the processors. */
    public static final String CONFIG = "clicktrail.commit.policy";

    /** Most records on the brokers of a thread that keeps up: about as many as a busy upstream commits at once. */
    public static final long MAX_LAG = 5_000;

    /** Early commits that may follow each other at once. */
    public static final int MAX_BURST = 4;

    /** How often a task looks. A look after a poll comes with the records of that poll, whenever the last was. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private static final String CHANGELOG = "-changelog";
    private static final String REPARTITION = "-repartition";

    private final long interval;
    private final Set<String> patient;
    private final ThreadLocal<Progress> threads = ThreadLocal.withInitial(Progress::new);

    /** Progress of one stream thread. */
    private static final class Progress {
        private long lag;
        private boolean isAwaited;

        /** When the last of the early commits would have been, were they as far apart as they are on average. */
        private long paced;
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
            context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> {
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
        progress.paced = Math.max(progress.paced + interval, now - (MAX_BURST - 1) * interval);
    }

    /** Whether this thread should commit now. @param now wall clock, milliseconds since 1970 */
    boolean isDue(long now) {
        Progress progress = threads.get();
        return progress.isAwaited && progress.lag <= MAX_LAG && now - progress.paced >= interval;
    }
}
