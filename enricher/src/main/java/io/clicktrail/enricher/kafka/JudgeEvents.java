package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.Enrichment;
import io.clicktrail.enricher.lists.Recent;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns events into evidence; what cannot be part of a chain ends here. */
public final class JudgeEvents implements Processor<String, Event, String, Arrival> {

    /** Mere sights of a domain are sent on once for each tenant key, as long as the key is remembered. */
    private static final int REMEMBERED_SIGHTS = 50_000;

    private final TuningTable tunings;
    private final Enrichment enrichment;
    private final Counter received;
    private final Recent<String, Instant> sights = new Recent<>(REMEMBERED_SIGHTS);
    private ProcessorContext<String, Arrival> context;

    public JudgeEvents(TuningTable tunings, MeterRegistry meters) {
        this.tunings = tunings;
        this.enrichment = new Enrichment(tunings.catalogues());
        this.received = Metric.ENRICHER_RECEIVED.counter(meters);
    }

    @Override
    public void init(ProcessorContext<String, Arrival> given) {
        context = given;
    }

    @Override
    public void process(Record<String, Event> record) {
        received.increment();
        Event event = record.value();
        if (event.getKind() == EventKind.HEARTBEAT && !isFirstPartition()) {
            return;
        }
        var platform =
                event.getHost() == null ? Platform.UNKNOWN : event.getHost().getPlatform();
        Evidence evidence = enrichment.judge(event, record.key(), tunings.of(platform));
        if (evidence != null && !isStaleSight(evidence)) {
            context.forward(record.withValue(new Arrival.Judged(evidence)));
        }
    }

    /** Every partition of events carries each heartbeat, and each goes to every partition of evidence: one copy is enough. */
    private boolean isFirstPartition() {
        return context.taskId().partition() == 0;
    }

    /** A sight that tells the first-seen store nothing: the same key was sent on with an earlier event time. */
    private boolean isStaleSight(Evidence evidence) {
        if (!evidence.getRoles().isEmpty() || evidence.getDomain() == null) {
            return false;
        }
        String tenantKey = evidence.getDomain().getTenantKey();
        Instant time = evidence.getEvent().getTime();
        Instant earliest = sights.get(tenantKey);
        if (earliest != null && !time.isBefore(earliest)) {
            return true;
        }
        sights.put(tenantKey, time);
        return false;
    }
}
