package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.relevance.EventRelevance;
import io.clicktrail.enricher.relevance.Relevance;
import io.clicktrail.event.Event;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets the events pass that the enricher can use, and counts the others, which end here. What the judgement remembers
 * is forgotten with an aborted transaction.
 */
public final class RelevantEvents {

    private final Supplier<EventRelevance> judgements;
    private final boolean all;
    private final MeterRegistry meters;

    /**
     * @param judgements gives each task its own
     * @param all whether every event passes, since the SIEM wants every one enriched
     */
    public RelevantEvents(Supplier<EventRelevance> judgements, boolean all, MeterRegistry meters) {
        this.judgements = judgements;
        this.all = all;
        this.meters = meters;
    }

    /** The events as they are, for topics that others read too. */
    public ProcessorSupplier<String, Event, String, Event> whole() {
        return () -> new Keep(false);
    }

    /** The events without what the enricher does not read of them. */
    public ProcessorSupplier<String, Event, String, Event> outlined() {
        return () -> new Keep(true);
    }

    private final class Keep implements Processor<String, Event, String, Event> {

        private final boolean outlines;
        private final Counter ended = Metric.EVENTS_ENDED.counter(meters);
        private ProcessorContext<String, Event> context;
        private EventRelevance relevance;

        Keep(boolean outlines) {
            this.outlines = outlines;
        }

        @Override
        public void init(ProcessorContext<String, Event> given) {
            context = given;
            relevance = judgements.get();
        }

        @Override
        public void process(Record<String, Event> record) {
            Relevance found = all ? Relevance.WHOLE : relevance.of(record.key(), record.value(), record.timestamp());
            switch (found) {
                case WHOLE -> context.forward(record);
                case OUTLINE ->
                    context.forward(outlines ? record.withValue(EventRelevance.outlined(record.value())) : record);
                case NONE -> ended.increment();
            }
        }
    }
}
