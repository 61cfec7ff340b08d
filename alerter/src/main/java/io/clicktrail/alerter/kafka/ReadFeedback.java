package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.audit.AuditEntries;
import io.clicktrail.alerter.audit.Coordinates;
import io.clicktrail.alerter.feedback.FeedbackOutcome;
import io.clicktrail.alerter.feedback.FeedbackSource;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the feedback of a topic and keys it by its case. Every record has an entry for the audit topic; one that is
 * refused is also counted by reason.
 */
public final class ReadFeedback implements Processor<String, String, String, ReceivedFeedback> {

    private final FeedbackSource source;
    private final MeterRegistry meters;
    private @Nullable ProcessorContext<String, ReceivedFeedback> context;

    public ReadFeedback(FeedbackSource source, MeterRegistry meters) {
        this.source = source;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, ReceivedFeedback> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, String> record) {
        var to = Objects.requireNonNull(context);
        Coordinates at = at(to, record);
        switch (source.read(record.value())) {
            case FeedbackOutcome.Parsed parsed ->
                to.forward(record.withKey(parsed.feedback().getAlertId())
                        .withValue(new ReceivedFeedback(
                                AuditEntries.accepted(parsed.feedback(), record.value(), at), parsed.feedback())));
            case FeedbackOutcome.Refused refused -> {
                String reason = refused.reason().name().toLowerCase(Locale.ROOT);
                Metric.CASE_FEEDBACK_REFUSED.counter(meters, "reason", reason).increment();
                to.forward(record.withKey("feedback")
                        .withValue(new ReceivedFeedback(
                                AuditEntries.refused(source.owner(), reason, record.value(), at), null)));
            }
        }
    }

    static Coordinates at(ProcessorContext<?, ?> context, Record<?, ?> record) {
        var metadata = context.recordMetadata().orElseThrow();
        return new Coordinates(
                metadata.topic(), metadata.partition(), metadata.offset(), Instant.ofEpochMilli(record.timestamp()));
    }
}
