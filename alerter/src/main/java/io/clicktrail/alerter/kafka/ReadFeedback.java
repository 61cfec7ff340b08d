package io.clicktrail.alerter.kafka;

import io.clicktrail.alerter.feedback.FeedbackJson;
import io.clicktrail.alerter.feedback.FeedbackOutcome;
import io.clicktrail.feedback.Feedback;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads feedback and keys it by its case. A record that cannot be read is counted by reason. */
public final class ReadFeedback implements Processor<String, String, String, Feedback> {

    private final MeterRegistry meters;
    private @Nullable ProcessorContext<String, Feedback> context;

    public ReadFeedback(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Feedback> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, String> record) {
        switch (FeedbackJson.read(record.value())) {
            case FeedbackOutcome.Parsed parsed ->
                Objects.requireNonNull(context)
                        .forward(record.withKey(parsed.feedback().getAlertId()).withValue(parsed.feedback()));
            case FeedbackOutcome.Refused refused ->
                Metric.CASE_FEEDBACK_REFUSED
                        .counter(meters, "reason", refused.reason().name().toLowerCase(Locale.ROOT))
                        .increment();
        }
    }
}
