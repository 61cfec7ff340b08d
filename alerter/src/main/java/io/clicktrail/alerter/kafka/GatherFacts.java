package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.context.SubjectHistory;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.state.Fact;
import io.clicktrail.state.Finding;
import io.clicktrail.state.Subject;
import io.clicktrail.state.SubjectNote;
import io.clicktrail.state.Watcher;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of each subject, for example a user, file, site or mail, and sends what is new of it to the cases
 * that watch it, keyed by their host. A history expires when nothing was added to it for a span of delivery time.
 *
 * @param history how long histories with watchers are kept
 * @param span how long the others are kept
 */
public record GatherFacts(Duration history, Duration span, MeterRegistry meters)
        implements ProcessorSupplier<String, SubjectNote, String, Finding> {

    private static final String SUBJECTS = "subjects";
    private static final String EXPIRIES = "subjects-by-expiry";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);

    /** The expiry of a history is moved at most this often, so that a busy subject costs one index entry a day. */
    private static final Duration STEP = Duration.ofDays(1);

    @Override
    public Processor<String, SubjectNote, String, Finding> get() {
        return new Gatherer();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(SUBJECTS), Serdes.String(), new StateSerdes().of(Subject.class)),
                TimeIndex.store(EXPIRIES));
    }

    private final class Gatherer implements Processor<String, SubjectNote, String, Finding> {

        private final Counter displaced = Metric.CONTEXT_DISPLACED.counter(meters);
        private @Nullable ProcessorContext<String, Finding> context;
        private @Nullable KeyValueStore<String, Subject> subjects;
        private @Nullable TimeIndex expiries;

        @Override
        public void init(ProcessorContext<String, Finding> context) {
            this.context = context;
            subjects = context.getStateStore(SUBJECTS);
            expiries = new TimeIndex(context.getStateStore(EXPIRIES));
            CommitPolicy.apply(context, "by-context-subject");
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
        }

        @Override
        public void process(Record<String, SubjectNote> record) {
            var store = Objects.requireNonNull(subjects);
            Subject stored = store.get(record.key());
            Subject before = stored == null ? SubjectHistory.EMPTY : stored;
            Subject after = SubjectHistory.with(before, record.value());
            Subject kept = kept(record, after);
            if (kept != stored) {
                store.put(record.key(), kept);
            }
            Fact fact = record.value().getFact();
            if (fact != null && after != before) {
                if (!record.value().getWithdrawn()) {
                    displaced.increment(SubjectHistory.displaced(before, after));
                }
                List<Watcher> concerned = before.getWatchers().stream()
                        .filter(watcher -> SubjectHistory.isNews(record.key(), before, fact, watcher))
                        .toList();
                notifyWatchers(record, concerned, after);
            }
            Watcher asking = record.value().getWatcher();
            if (asking != null
                    && !SubjectHistory.isWatchedBy(before, asking)
                    && SubjectHistory.hasAnswer(record.key(), after, asking)) {
                notifyWatchers(record, List.of(asking), after);
            }
        }

        private void notifyWatchers(Record<String, SubjectNote> record, List<Watcher> watchers, Subject subject) {
            if (watchers.isEmpty()) {
                return;
            }
            Subject published = SubjectHistory.published(subject);
            for (Watcher watcher : watchers) {
                var finding = new Finding(watcher.getDetectionId(), record.key(), published);
                Objects.requireNonNull(context)
                        .forward(record.withKey(watcher.getHost()).withValue(finding));
            }
        }

        /** The history with its expiry moved, where that is due. */
        private Subject kept(Record<String, SubjectNote> record, Subject subject) {
            boolean chains = !subject.getWatchers().isEmpty();
            long expires = record.timestamp() + (chains ? history : span).toMillis();
            if (expires - subject.getExpires() < STEP.toMillis()) {
                return subject;
            }
            Objects.requireNonNull(expiries).add(expires, record.key());
            return Subject.newBuilder(subject).setExpires(expires).build();
        }

        private void expire(long now) {
            var store = Objects.requireNonNull(subjects);
            for (String key : Objects.requireNonNull(expiries).take(now)) {
                Subject subject = store.get(key);
                if (subject != null && subject.getExpires() <= now) {
                    store.delete(key);
                }
            }
        }
    }
}
