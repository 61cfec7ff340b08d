package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.state.DeliveryAnswer;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.LimitBalance;
import io.clicktrail.state.NewCase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the limits of the tenant answer: sends or holds back cases that wait, notes what is left of the limits,
 * and sends summaries of what was held back. Works on the stores of {@link DeliverCases}.
 *
 * @param retention how long after its last revision a case is deleted from the topic of alerts, by the wall clock
 */
public record ReceiveAnswers(DeliveryLimits limits, AlertStorms storms, Duration retention, MeterRegistry meters)
        implements ProcessorSupplier<String, DeliveryAnswer, String, CaseDelivery> {

    /** The stores of {@link DeliverCases}, by name. */
    public static String[] storeNames() {
        return CaseSender.storeNames();
    }

    @Override
    public Processor<String, DeliveryAnswer, String, CaseDelivery> get() {
        return new Receiver();
    }

    private final class Receiver implements Processor<String, DeliveryAnswer, String, CaseDelivery> {

        private @Nullable CaseSender sender;

        @Override
        public void init(ProcessorContext<String, CaseDelivery> context) {
            sender = new CaseSender(context, storms, retention, meters);
        }

        @Override
        public void process(Record<String, DeliveryAnswer> record) {
            CaseSender cases = Objects.requireNonNull(sender);
            DeliveryAnswer answer = record.value();
            for (LimitBalance balance : answer.getBalances()) {
                String limit = balance.getLimit();
                cases.shares.put(limit, DeliveryLimits.answered(cases.shares.get(limit), balance));
            }
            if (answer.getSummary() != null && answer.getRule() != null) {
                cases.summarize(answer.getSummary(), answer.getRule());
            }
            if (answer.getAlertId() != null && answer.getWhat() == NewCase.WAITING) {
                answered(cases, answer.getAlertId(), answer.getHeldBackBy(), record.timestamp());
            }
        }

        /** A case that was closed meanwhile waits no more. */
        private void answered(CaseSender cases, String alertId, @Nullable String heldBackBy, long delivered) {
            Alert alert = cases.waiting.delete(alertId);
            if (alert == null) {
                return;
            }
            Dispatch known = CaseSender.answered(cases.dispatches.get(alertId));
            if (heldBackBy == null) {
                cases.open(alert, known);
            } else {
                limits.refunded(alert, cases.buckets::get).forEach(cases.buckets::put);
                cases.holdBack(alert, known, heldBackBy, delivered);
            }
        }
    }
}
