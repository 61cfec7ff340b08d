package io.clicktrail.enricher.kafka;

import io.clicktrail.coverage.Coverage;
import io.clicktrail.enricher.relevance.ReportedSensors;
import io.clicktrail.event.Event;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reports which telemetry each host sends, at most every five minutes of event time. What was reported is remembered in
 * memory alone and forgotten with an aborted transaction: a report too many says the same again.
 */
public final class ReportCoverage implements Processor<String, Event, String, ResolutionInput> {

    private ReportedSensors reported = new ReportedSensors();
    private ProcessorContext<String, ResolutionInput> context;

    @Override
    public void init(ProcessorContext<String, ResolutionInput> given) {
        context = given;
        reported = new ReportedSensors();
    }

    @Override
    public void process(Record<String, Event> record) {
        Event event = record.value();
        if (reported.isDue(record.key(), event)) {
            String host = event.getHost().getName();
            var coverage = new Coverage(host, event.getKind(), event.getSource().getDataset(), event.getTime());
            context.forward(record.withKey(host).withValue(new ResolutionInput.Covered(coverage)));
        }
    }
}
