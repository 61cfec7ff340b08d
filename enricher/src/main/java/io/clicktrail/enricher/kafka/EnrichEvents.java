package io.clicktrail.enricher.kafka;

import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.streams.health.Canary;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns events into evidence; what can neither be part of a chain nor is wanted by the SIEM ends here. */
public final class EnrichEvents implements Processor<String, Event, String, ResolutionInput> {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final TuningTable tunings;
    private final Enrichment enrichment;
    private final boolean describes;
    private final Counter received;
    private final Canary canary;
    private ProcessorContext<String, ResolutionInput> context;
    private ProcessTable processes;

    /** @param describes true where the SIEM wants every event */
    public EnrichEvents(TuningTable tunings, Enrichment enrichment, boolean describes, MeterRegistry meters) {
        this.tunings = tunings;
        this.enrichment = enrichment;
        this.describes = describes;
        this.received = Metric.ENRICHER_RECEIVED.counter(meters);
        this.canary = new Canary(meters);
    }

    @Override
    public void init(ProcessorContext<String, ResolutionInput> given) {
        context = given;
        processes = new ProcessTable(context.getStateStore(EnricherStores.PROCESSES));
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, processes::sweep);
    }

    @Override
    public void process(Record<String, Event> record) {
        received.increment();
        Event given = record.value();
        boolean heartbeat = given.getKind() == EventKind.HEARTBEAT;
        if (heartbeat && !isFirstPartition()) {
            return;
        }
        if (heartbeat && Canary.is(given)) {
            canary.arrived(record.timestamp(), context.currentSystemTimeMs());
        }
        var platform =
                given.getHost() == null ? Platform.UNKNOWN : given.getHost().getPlatform();
        var tuning = tunings.of(platform);
        Event event = processes.completed(record.key(), given, platform, tuning.processes(), tuning.userPaths());
        @Nullable Evidence evidence = enrichment.enrich(event, record.key(), tuning);
        if (evidence != null) {
            context.forward(record.withValue(new ResolutionInput.ForChains(evidence)));
        }
        if (describes && !heartbeat) {
            Evidence described = evidence != null ? evidence : enrichment.describe(event, record.key(), tuning);
            context.forward(record.withValue(new ResolutionInput.Described(described)));
        }
    }

    /**
     * Every partition of events carries each heartbeat, and each goes to every partition of evidence: one copy is
     * enough.
     */
    private boolean isFirstPartition() {
        return context.taskId().partition() == 0;
    }
}
