package io.clicktrail.enricher.kafka;

import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.FollowOn;
import io.clicktrail.enricher.evidence.ContextFacts;
import io.clicktrail.enricher.lists.LruCache;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Emits mails, alerts of other products, logons and follow-on activity. The same activity of the same parent is emitted
 * again only ten minutes of event time later, the same logon an hour later, a refused second factor a minute later;
 * what was emitted is remembered in memory alone.
 */
public final class EmitContext implements Processor<String, Event, String, ContextFact> {

    private static final Duration REPEAT = Duration.ofMinutes(10);
    private static final Duration REPEAT_LOGON = Duration.ofHours(1);
    private static final Duration REPEAT_DENIED = Duration.ofMinutes(1);
    private static final int MAX_ACTIVITIES = 20_000;

    private final TuningTable tunings;
    private LruCache<Object, Instant> emitted = new LruCache<>(MAX_ACTIVITIES);
    private ProcessorContext<String, ContextFact> context;

    /** @param tunings holds the lists */
    public EmitContext(TuningTable tunings) {
        this.tunings = tunings;
    }

    @Override
    public void init(ProcessorContext<String, ContextFact> given) {
        context = given;
        emitted = new LruCache<>(MAX_ACTIVITIES);
    }

    @Override
    public void process(Record<String, Event> record) {
        if (record.value() == null) {
            return;
        }
        for (ContextFact fact : ContextFacts.of(
                record.key(), record.value(), tunings.catalogues().followOns())) {
            if (!isRepeated(fact)) {
                context.forward(record.withValue(fact));
            }
        }
    }

    private boolean isRepeated(ContextFact fact) {
        @Nullable FollowOn found = fact.getFollowOn();
        @Nullable Authentication logon = fact.getAuthentication();
        if (found != null) {
            return isRepeated(new Activity(fact.getHost(), found.getShown(), found.getParentEntityId()), fact, REPEAT);
        }
        return logon != null
                && isRepeated(
                        new Entry(fact.getHost(), fact.getDataset(), logon),
                        fact,
                        logon.getMfaDenied() ? REPEAT_DENIED : REPEAT_LOGON);
    }

    private boolean isRepeated(Object what, ContextFact fact, Duration span) {
        Instant last = emitted.get(what);
        if (last != null && !fact.getTime().isBefore(last) && fact.getTime().isBefore(last.plus(span))) {
            return true;
        }
        emitted.put(what, fact.getTime());
        return false;
    }

    private record Activity(
            @Nullable String host, String shown, @Nullable String parent) {}

    private record Entry(@Nullable String host, String dataset, Authentication logon) {}
}
