package io.clicktrail.enricher.kafka;

import io.clicktrail.context.ContextFact;
import io.clicktrail.enricher.evidence.RecentFacts;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Emits mails, alerts of other products, logons and follow-on activity that are {@linkplain RecentFacts news}. What was
 * emitted is remembered in memory alone, and forgotten with an aborted transaction.
 */
public final class EmitContext implements Processor<String, Event, String, ContextFact> {

    private final TuningTable tunings;
    private RecentFacts facts = new RecentFacts();
    private ProcessorContext<String, ContextFact> context;

    /** @param tunings holds the lists */
    public EmitContext(TuningTable tunings) {
        this.tunings = tunings;
    }

    @Override
    public void init(ProcessorContext<String, ContextFact> given) {
        context = given;
        facts = new RecentFacts();
    }

    @Override
    public void process(Record<String, Event> record) {
        if (record.value() == null) {
            return;
        }
        for (ContextFact fact :
                facts.news(record.key(), record.value(), tunings.catalogues().followOns())) {
            context.forward(record.withValue(fact));
        }
    }
}
