package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.alerter.delivery.UpdateThrottle;
import io.clicktrail.state.DeliveryNote;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.LimitShare;
import io.clicktrail.state.NewCase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Records every revision, and sends it to the SOARs within throttle and limits, in the partition of the case. What the
 * limits of the tenant need to know leaves as notes keyed by tenant; {@link ReceiveAnswers} takes their answers. Output
 * is else keyed by alert id and has the time of the case.
 *
 * @param routing where a revision goes: topics and destinations
 * @param memory how long the state of a case's deliveries is kept
 * @param retention how long after its last revision a case is deleted from the topic of alerts, by the wall clock
 */
public record DeliverCases(
        UpdateThrottle throttle,
        DeliveryLimits limits,
        AlertStorms storms,
        Function<Alert, List<String>> routing,
        Duration memory,
        Duration retention,
        MeterRegistry meters)
        implements ProcessorSupplier<String, Alert, String, CaseDelivery> {

    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration CHECK_CLOCK_INTERVAL = Duration.ofSeconds(5);

    /** After this time without an answer, what was spent counts as answered and what waits is sent: it got lost. */
    private static final Duration ANSWER_TIME = Duration.ofMinutes(10);

    @Override
    public Processor<String, Alert, String, CaseDelivery> get() {
        return new Deliverer();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return CaseSender.stores();
    }

    private final class Deliverer implements Processor<String, Alert, String, CaseDelivery> {

        private @Nullable ProcessorContext<String, CaseDelivery> context;
        private @Nullable CaseSender sender;

        @Override
        public void init(ProcessorContext<String, CaseDelivery> context) {
            var cases = new CaseSender(context, storms, retention, meters);
            this.context = context;
            sender = cases;
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
            context.schedule(CHECK_CLOCK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::checkDeadlines);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, cases::removeOld);
        }

        @Override
        public void process(Record<String, Alert> record) {
            Alert given = record.value();
            long delivered = record.timestamp();
            CaseSender cases = sender();
            Alert alert = CaseCopy.of(given).setRouting(routing.apply(given)).build();
            long wallClock = Objects.requireNonNull(context).currentSystemTimeMs();
            long now = Math.max(delivered, context.currentStreamTimeMs());
            forget(now);
            Dispatch known = cases.dispatches.get(alert.getAlertId());
            if (known == null) {
                known = Dispatch.newBuilder().build();
                cases.expiries.add(now + memory.toMillis(), alert.getAlertId());
            }
            switch (throttle.decide(alert, known, wallClock)) {
                case CREATE -> create(alert, known, delivered, wallClock);
                case SEND -> {
                    cases.record(alert);
                    cases.send(alert, known);
                }
                case DEFER -> {
                    cases.record(alert);
                    cases.deferred.put(alert.getAlertId(), alert);
                    cases.deferredUntil.add(
                            known.getSentAt() + throttle.interval().toMillis(), alert.getAlertId());
                }
                case RECORD_ONLY -> {
                    if (known.getWaiting()) {
                        cases.waiting.delete(alert.getAlertId());
                        cases.dispatches.put(
                                alert.getAlertId(),
                                Dispatch.newBuilder(known).setWaiting(false).build());
                    }
                    cases.record(known.getHeldBack() ? CaseSender.heldBack(alert) : alert);
                }
            }
        }

        private void create(Alert alert, Dispatch known, long delivered, long wallClock) {
            CaseSender cases = sender();
            String id = alert.getAlertId();
            if (known.getWaiting()) {
                cases.waiting.put(id, alert);
                return;
            }
            switch (limits.admit(alert, cases.buckets::get, cases.shares::get, delivered, wallClock)) {
                case DeliveryLimits.Decision.Admitted admitted -> {
                    admitted.buckets().forEach(cases.buckets::put);
                    admitted.shares().forEach(cases.shares::put);
                    cases.open(alert, known);
                    note(alert, NewCase.SENT, null, delivered);
                }
                case DeliveryLimits.Decision.Asked asked -> {
                    asked.buckets().forEach(cases.buckets::put);
                    asked.shares().forEach(cases.shares::put);
                    cases.waiting.put(id, alert);
                    cases.waitingUntil.add(wallClock + ANSWER_TIME.toMillis(), id);
                    cases.dispatches.put(
                            id, Dispatch.newBuilder(known).setWaiting(true).build());
                    note(alert, NewCase.WAITING, null, delivered);
                }
                case DeliveryLimits.Decision.HeldBack held -> {
                    if (!known.getHeldBack()) {
                        note(alert, NewCase.HELD_BACK, held.limit(), delivered);
                    }
                    cases.holdBack(alert, known, held.limit(), delivered);
                }
            }
        }

        private void note(Alert alert, NewCase what, @Nullable String limit, long delivered) {
            var to = Objects.requireNonNull(context);
            var note = DeliveryNote.newBuilder()
                    .setWhat(what)
                    .setPartition(to.taskId().partition())
                    .setTenant(alert.getTenantId())
                    .setRule(alert.getAnalyticId())
                    .setHigh(DeliveryLimits.isHigh(alert))
                    .setDelivered(delivered)
                    .setAlertId(alert.getAlertId())
                    .setHostname(alert.getDevice().getHostname())
                    .setTenantKey(alert.getTenantKey())
                    .setHeldBackBy(limit)
                    .build();
            to.forward(new Record<>(
                    alert.getTenantId(), new CaseDelivery.Noted(note), Math.max(0, delivered), new RecordHeaders()));
        }

        private void checkDeadlines(long wallClock) {
            CaseSender cases = sender();
            for (String alertId : cases.deferredUntil.take(wallClock)) {
                Alert held = cases.deferred.get(alertId);
                Dispatch known = held == null ? null : cases.dispatches.get(alertId);
                if (held == null || known == null) {
                    continue;
                }
                switch (throttle.decide(held, known, wallClock)) {
                    case DEFER ->
                        cases.deferredUntil.add(
                                known.getSentAt() + throttle.interval().toMillis(), alertId);
                    case CREATE, SEND -> cases.send(held, known);
                    case RECORD_ONLY -> cases.deferred.delete(alertId);
                }
            }
            for (String alertId : cases.waitingUntil.take(wallClock)) {
                Alert unanswered = cases.waiting.delete(alertId);
                if (unanswered != null) {
                    cases.open(unanswered, CaseSender.answered(cases.dispatches.get(alertId)));
                }
            }
            forgetUnanswered(wallClock);
        }

        private void forgetUnanswered(long wallClock) {
            var answered = new ArrayList<String>();
            try (var all = sender().shares.all()) {
                all.forEachRemaining(entry -> {
                    LimitShare share = entry.value;
                    if (share.getUnanswered() > 0 && wallClock - share.getSpentAt() > ANSWER_TIME.toMillis()) {
                        answered.add(entry.key);
                    }
                });
            }
            for (String limit : answered) {
                LimitShare share = Objects.requireNonNull(sender().shares.get(limit));
                sender().shares.put(limit, new LimitShare(share.getTokens(), share.getAt(), 0, share.getSpentAt()));
            }
        }

        /** Before a case is looked up, so that a case of the same id that comes later is a new one at any time. */
        private void forget(long now) {
            CaseSender cases = sender();
            for (String alertId : cases.expiries.take(now)) {
                cases.dispatches.delete(alertId);
                cases.deferred.delete(alertId);
            }
        }

        private void expire(long now) {
            CaseSender cases = sender();
            forget(now);
            try (var all = cases.buckets.all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    if (DeliveryLimits.isFull(entry.value.getTokens(), entry.value.getAt(), now)) {
                        cases.buckets.delete(entry.key);
                    }
                }
            }
            try (var all = cases.shares.all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    if (entry.value.getUnanswered() == 0
                            && DeliveryLimits.isFull(entry.value.getTokens(), entry.value.getAt(), now)) {
                        cases.shares.delete(entry.key);
                    }
                }
            }
        }

        private CaseSender sender() {
            return Objects.requireNonNull(sender);
        }
    }
}
