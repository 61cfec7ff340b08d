package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.alerter.delivery.UpdatePace;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.Storm;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Puts every revision on the record, and lets the SOARs hear of it at their pace and within the limits. Keyed by
 * tenant, as the limits are; what goes out is keyed by alert id and has the time of the case.
 *
 * @param memory how long it is remembered what the SOARs know of a case
 */
public record DeliverCases(
        UpdatePace pace, DeliveryLimits limits, AlertStorms storms, Duration memory, MeterRegistry meters)
        implements ProcessorSupplier<String, Alert, String, CaseDelivery> {

    private static final String DISPATCHES = "dispatches";
    private static final String TIMES = "dispatches-by-time";
    private static final String HELD = "held-updates";
    private static final String BUCKETS = "buckets";
    private static final String STORMS = "storms";
    private static final String EXAMPLES = "storm-examples";
    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_AT_CLOCK_EVERY = Duration.ofSeconds(5);

    @Override
    public Processor<String, Alert, String, CaseDelivery> get() {
        return new Deliverer();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(Stores.persistentKeyValueStore(DISPATCHES), Dispatch.class),
                store(Stores.persistentKeyValueStore(HELD), Alert.class),
                TimeIndex.store(TIMES),
                // Few and small: what was admitted within the hour, and one for each rule.
                store(Stores.inMemoryKeyValueStore(BUCKETS), Bucket.class),
                store(Stores.inMemoryKeyValueStore(STORMS), Storm.class),
                store(Stores.inMemoryKeyValueStore(EXAMPLES), Alert.class));
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(
            KeyValueBytesStoreSupplier where, Class<T> type) {
        return Stores.keyValueStoreBuilder(where, Serdes.String(), new StateSerdes().of(type));
    }

    private final class Deliverer implements Processor<String, Alert, String, CaseDelivery> {

        private @Nullable ProcessorContext<String, CaseDelivery> context;
        private @Nullable Stored stored;

        @Override
        public void init(ProcessorContext<String, CaseDelivery> context) {
            this.context = context;
            stored = new Stored(
                    context.getStateStore(DISPATCHES),
                    new TimeIndex(context.getStateStore(TIMES), "expiry:"),
                    context.getStateStore(HELD),
                    new TimeIndex(context.getStateStore(TIMES), "held:"),
                    context.getStateStore(BUCKETS),
                    context.getStateStore(STORMS),
                    context.getStateStore(EXAMPLES));
            context.schedule(FORGET_EVERY, PunctuationType.STREAM_TIME, this::forget);
            context.schedule(LOOK_AT_CLOCK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::lookAtClock);
        }

        @Override
        public void process(Record<String, Alert> record) {
            Alert alert = record.value();
            Stored at = stored();
            long wallClock = Objects.requireNonNull(context).currentSystemTimeMs();
            Dispatch known = at.dispatches.get(alert.getAlertId());
            if (known == null) {
                known = Dispatch.newBuilder().build();
                at.expiries.add(record.timestamp() + memory.toMillis(), alert.getAlertId());
            }
            switch (pace.step(alert, known, wallClock)) {
                case OPEN -> open(alert, known, record.timestamp(), wallClock);
                case TELL -> {
                    put(new CaseDelivery.Recorded(alert));
                    tell(alert, known, wallClock);
                }
                case HOLD -> {
                    put(new CaseDelivery.Recorded(alert));
                    at.held.put(alert.getAlertId(), alert);
                    at.heldUntil.add(known.getSentAt() + pace.between().toMillis(), alert.getAlertId());
                }
                case RECORD -> put(new CaseDelivery.Recorded(known.getHeldBack() ? heldBack(alert) : alert));
            }
        }

        private void open(Alert alert, Dispatch known, long delivered, long wallClock) {
            Stored at = stored();
            switch (limits.ask(alert, at.buckets::get, delivered)) {
                case DeliveryLimits.Answer.Admitted admitted -> {
                    admitted.buckets().forEach(at.buckets::put);
                    put(new CaseDelivery.Recorded(alert));
                    tell(CaseCopy.of(alert).setLifecycle(Lifecycle.CREATE).build(), known, wallClock);
                }
                case DeliveryLimits.Answer.HeldBack held -> {
                    put(new CaseDelivery.Recorded(heldBack(alert)));
                    if (!known.getHeldBack()) {
                        Metric.CASES_SUPPRESSED
                                .counter(meters, "limit", held.limit())
                                .increment();
                        count(alert, held.limit(), delivered, wallClock);
                    }
                    at.dispatches.put(
                            alert.getAlertId(),
                            Dispatch.newBuilder(known).setHeldBack(true).build());
                }
            }
        }

        private void tell(Alert alert, Dispatch known, long wallClock) {
            stored().held.delete(alert.getAlertId());
            stored().dispatches.put(alert.getAlertId(), UpdatePace.told(alert, known, wallClock));
            put(new CaseDelivery.Told(alert));
        }

        private void count(Alert alert, String limit, long delivered, long wallClock) {
            Stored at = stored();
            String rule = alert.getAnalyticId();
            Storm storm = at.storms.get(rule);
            if (storm != null && storm.getStart() != storms.startOf(delivered)) {
                summarize(rule, storm);
                storm = null;
            }
            if (storm == null) {
                at.examples.put(rule, alert);
            }
            at.storms.put(
                    rule, AlertStorms.with(storm == null ? storms.begin(delivered, wallClock) : storm, alert, limit));
        }

        /** Tells of a storm, once for what is new in it. */
        private void summarize(String rule, Storm storm) {
            Alert example = stored().examples.get(rule);
            if (example != null && AlertStorms.untold(storm)) {
                Alert summary = AlertStorms.summary(storm, example);
                put(new CaseDelivery.Recorded(summary));
                put(new CaseDelivery.Told(summary));
                stored().storms.put(rule, AlertStorms.told(storm));
            }
        }

        private void lookAtClock(long wallClock) {
            Stored at = stored();
            for (String alertId : at.heldUntil.take(wallClock)) {
                Alert held = at.held.get(alertId);
                Dispatch known = held == null ? null : at.dispatches.get(alertId);
                if (held == null || known == null) {
                    continue;
                }
                switch (pace.step(held, known, wallClock)) {
                    case HOLD ->
                        at.heldUntil.add(known.getSentAt() + pace.between().toMillis(), alertId);
                    case OPEN, TELL -> tell(held, known, wallClock);
                    case RECORD -> at.held.delete(alertId);
                }
            }
            var over = new ArrayList<String>();
            try (var all = at.storms.all()) {
                all.forEachRemaining(entry -> {
                    if (wallClock - entry.value.getBegun() >= storms.span().toMillis()) {
                        over.add(entry.key);
                    }
                });
            }
            for (String rule : over) {
                Storm storm = Objects.requireNonNull(at.storms.get(rule));
                summarize(rule, storm);
                at.storms.put(
                        rule,
                        Storm.newBuilder(Objects.requireNonNull(at.storms.get(rule)))
                                .setBegun(wallClock)
                                .build());
            }
        }

        private void forget(long now) {
            Stored at = stored();
            for (String alertId : at.expiries.take(now)) {
                at.dispatches.delete(alertId);
                at.held.delete(alertId);
            }
            try (var all = at.buckets.all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    if (DeliveryLimits.full(entry.value, now)) {
                        at.buckets.delete(entry.key);
                    }
                }
            }
        }

        /** A host whose clock is ahead must not date its case into the future: the brokers would refuse it. */
        private void put(CaseDelivery delivery) {
            Alert alert = delivery.alert();
            var to = Objects.requireNonNull(context);
            long time = Math.clamp(CloudEvent.time(alert).toEpochMilli(), 0, Math.max(0, to.currentStreamTimeMs()));
            to.forward(new Record<>(alert.getAlertId(), delivery, time, new RecordHeaders()));
        }

        private Stored stored() {
            return Objects.requireNonNull(stored);
        }
    }

    private static Alert heldBack(Alert alert) {
        return CaseCopy.of(alert).setState(CaseState.SUPPRESSED).build();
    }

    private record Stored(
            KeyValueStore<String, Dispatch> dispatches,
            TimeIndex expiries,
            KeyValueStore<String, Alert> held,
            TimeIndex heldUntil,
            KeyValueStore<String, Bucket> buckets,
            KeyValueStore<String, Storm> storms,
            KeyValueStore<String, Alert> examples) {}
}
