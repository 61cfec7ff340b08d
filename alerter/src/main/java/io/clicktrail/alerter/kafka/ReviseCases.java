package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.casefile.Organisation;
import io.clicktrail.alerter.lifecycle.Decision;
import io.clicktrail.alerter.lifecycle.Revisions;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.detection.Detection;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Turns detections into revisions of cases.
 *
 * @param memory how long the last revision of a case is remembered
 */
public record ReviseCases(Organisation organisation, Duration memory, MeterRegistry meters)
        implements ProcessorSupplier<String, Detection, String, Alert> {

    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

    @Override
    public Processor<String, Detection, String, Alert> get() {
        return new Reviser();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return CaseMemory.stores();
    }

    private final class Reviser implements Processor<String, Detection, String, Alert> {

        private final CaseFile caseFile = new CaseFile(organisation);
        private @Nullable ProcessorContext<String, Alert> context;
        private @Nullable CaseMemory cases;

        @Override
        public void init(ProcessorContext<String, Alert> context) {
            var memories = new CaseMemory(context, memory);
            this.context = context;
            cases = memories;
            context.schedule(FORGET_EVERY, PunctuationType.STREAM_TIME, memories::forget);
        }

        @Override
        public void process(Record<String, Detection> record) {
            var out = Objects.requireNonNull(context);
            var memories = Objects.requireNonNull(cases);
            long now = out.currentStreamTimeMs();
            Alert draft = caseFile.of(record.value());
            Alert last = memories.last(draft.getAlertId(), now);
            switch (Revisions.next(last, draft, record.value().getChange())) {
                case Decision.Send send -> {
                    memories.remember(send.alert(), now);
                    count(send.alert());
                    out.forward(new Record<>(
                            send.alert().getAlertId(),
                            send.alert(),
                            Math.max(0, CloudEvent.time(send.alert()).toEpochMilli()),
                            new RecordHeaders()));
                }
                case Decision.Skip skip ->
                    Metric.CASES_UNCHANGED
                            .counter(meters, "reason", skip.reason().name().toLowerCase(Locale.ROOT))
                            .increment();
            }
        }

        private void count(Alert alert) {
            Metric.CASES
                    .counter(
                            meters,
                            "lifecycle",
                            alert.getLifecycle().name().toLowerCase(Locale.ROOT),
                            "tier",
                            Integer.toString(alert.getEscalation().getTier()))
                    .increment();
        }
    }
}
