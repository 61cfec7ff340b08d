package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.campaign.CampaignCase;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.DeliveryLimits;
import io.clicktrail.alerter.delivery.UpdateThrottle;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.Storm;
import io.clicktrail.streams.commits.CommitPolicy;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
 * Records every revision, and sends it to the SOARs within throttle and limits. Input is keyed by tenant, as the limits
 * are; output is keyed by alert id and has the time of the case.
 *
 * @param routing where a revision goes: topics and destinations
 * @param memory how long the state of a case's deliveries, and of a campaign, is kept
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

    private static final String DISPATCHES = "dispatches";
    private static final String TIMES = "dispatches-by-time";
    private static final String DEFERRED = "deferred-updates";
    private static final String BUCKETS = "rate-limit-buckets";
    private static final String STORMS = "alert-storms";
    private static final String EXAMPLES = "storm-examples";
    private static final String CAMPAIGNS = "campaigns";
    private static final String RECORDED = "alerts-recorded";
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);
    private static final Duration CHECK_CLOCK_INTERVAL = Duration.ofSeconds(5);

    @Override
    public Processor<String, Alert, String, CaseDelivery> get() {
        return new Deliverer();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(Stores.persistentKeyValueStore(DISPATCHES), Dispatch.class),
                store(Stores.persistentKeyValueStore(DEFERRED), Alert.class),
                store(Stores.persistentKeyValueStore(CAMPAIGNS), Alert.class),
                TimeIndex.store(TIMES),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(RECORDED), Serdes.String(), Serdes.Long()),
                // Few and small: the last hour's buckets, and one storm for each rule.
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
                    context.getStateStore(DEFERRED),
                    new TimeIndex(context.getStateStore(TIMES), "deferred:"),
                    context.getStateStore(RECORDED),
                    new TimeIndex(context.getStateStore(TIMES), "retention:"),
                    context.getStateStore(BUCKETS),
                    context.getStateStore(STORMS),
                    context.getStateStore(EXAMPLES),
                    context.getStateStore(CAMPAIGNS),
                    new TimeIndex(context.getStateStore(TIMES), "campaign:"));
            CommitPolicy.apply(context);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.STREAM_TIME, this::expire);
            context.schedule(CHECK_CLOCK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::checkDeadlines);
            context.schedule(EXPIRY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::removeOld);
        }

        @Override
        public void process(Record<String, Alert> record) {
            deliver(record.value(), record.timestamp());
            campaign(record.value(), record.timestamp());
        }

        /** The campaign that a case is of goes the way of a case. */
        private void campaign(Alert hostCase, long delivered) {
            if (!CampaignCase.concerns(hostCase)) {
                return;
            }
            Stored at = stored();
            String key = CampaignCase.key(hostCase);
            Alert last = at.campaigns.get(key);
            Alert next = CampaignCase.with(last, hostCase);
            if (next == null || next == last) {
                return;
            }
            at.campaigns.put(key, next);
            at.campaignExpiries.add(delivered + memory.toMillis(), key);
            if (CampaignCase.isSent(next)) {
                deliver(next, delivered);
            }
        }

        private void deliver(Alert given, long delivered) {
            Alert alert = CaseCopy.of(given).setRouting(routing.apply(given)).build();
            Stored at = stored();
            long wallClock = Objects.requireNonNull(context).currentSystemTimeMs();
            Dispatch known = at.dispatches.get(alert.getAlertId());
            if (known == null) {
                known = Dispatch.newBuilder().build();
                at.expiries.add(delivered + memory.toMillis(), alert.getAlertId());
            }
            switch (throttle.decide(alert, known, wallClock)) {
                case CREATE -> create(alert, known, delivered, wallClock);
                case SEND -> {
                    record(alert);
                    send(alert, known, wallClock);
                }
                case DEFER -> {
                    record(alert);
                    at.deferred.put(alert.getAlertId(), alert);
                    at.deferredUntil.add(known.getSentAt() + throttle.interval().toMillis(), alert.getAlertId());
                }
                case RECORD_ONLY -> record(known.getHeldBack() ? heldBack(alert) : alert);
            }
        }

        private void create(Alert alert, Dispatch known, long delivered, long wallClock) {
            Stored at = stored();
            switch (limits.admit(alert, at.buckets::get, delivered)) {
                case DeliveryLimits.Decision.Admitted admitted -> {
                    admitted.buckets().forEach(at.buckets::put);
                    record(alert);
                    send(CaseCopy.of(alert).setLifecycle(Lifecycle.CREATE).build(), known, wallClock);
                }
                case DeliveryLimits.Decision.HeldBack held -> {
                    record(heldBack(alert));
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

        private void record(Alert alert) {
            Stored at = stored();
            long wallClock = Objects.requireNonNull(context).currentSystemTimeMs();
            at.recorded.put(alert.getAlertId(), wallClock);
            at.retainedUntil.add(wallClock + retention.toMillis(), alert.getAlertId());
            put(new CaseDelivery.Recorded(alert), alert);
        }

        /** Deletes cases whose last revision is older than the retention. */
        private void removeOld(long wallClock) {
            Stored at = stored();
            var to = Objects.requireNonNull(context);
            for (String alertId : at.retainedUntil.take(wallClock)) {
                Long last = at.recorded.get(alertId);
                if (last != null && last + retention.toMillis() <= wallClock) {
                    at.recorded.delete(alertId);
                    to.forward(new Record<>(
                            alertId,
                            new CaseDelivery.Expired(),
                            Math.max(0, to.currentStreamTimeMs()),
                            new RecordHeaders()));
                }
            }
        }

        private void send(Alert alert, Dispatch known, long wallClock) {
            stored().deferred.delete(alert.getAlertId());
            stored().dispatches.put(alert.getAlertId(), UpdateThrottle.afterSend(alert, known, wallClock));
            put(new CaseDelivery.Sent(alert), alert);
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
                    rule, AlertStorms.add(storm == null ? storms.begin(delivered, wallClock) : storm, alert, limit));
        }

        /** Sends the summary of a storm where it has unreported cases. */
        private void summarize(String rule, Storm storm) {
            Alert example = stored().examples.get(rule);
            if (example != null && AlertStorms.hasUnreported(storm)) {
                Alert summary = AlertStorms.summary(storm, example);
                record(summary);
                put(new CaseDelivery.Sent(summary), summary);
                stored().storms.put(rule, AlertStorms.reported(storm));
            }
        }

        private void checkDeadlines(long wallClock) {
            Stored at = stored();
            for (String alertId : at.deferredUntil.take(wallClock)) {
                Alert held = at.deferred.get(alertId);
                Dispatch known = held == null ? null : at.dispatches.get(alertId);
                if (held == null || known == null) {
                    continue;
                }
                switch (throttle.decide(held, known, wallClock)) {
                    case DEFER ->
                        at.deferredUntil.add(
                                known.getSentAt() + throttle.interval().toMillis(), alertId);
                    case CREATE, SEND -> send(held, known, wallClock);
                    case RECORD_ONLY -> at.deferred.delete(alertId);
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

        private void expire(long now) {
            Stored at = stored();
            for (String alertId : at.expiries.take(now)) {
                at.dispatches.delete(alertId);
                at.deferred.delete(alertId);
            }
            for (String key : at.campaignExpiries.take(now)) {
                at.campaigns.delete(key);
            }
            try (var all = at.buckets.all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    if (DeliveryLimits.isFull(entry.value, now)) {
                        at.buckets.delete(entry.key);
                    }
                }
            }
        }

        /** A host whose clock is ahead must not date its case into the future: brokers would refuse the record. */
        private void put(CaseDelivery delivery, Alert alert) {
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
            KeyValueStore<String, Alert> deferred,
            TimeIndex deferredUntil,
            KeyValueStore<String, Long> recorded,
            TimeIndex retainedUntil,
            KeyValueStore<String, Bucket> buckets,
            KeyValueStore<String, Storm> storms,
            KeyValueStore<String, Alert> examples,
            KeyValueStore<String, Alert> campaigns,
            TimeIndex campaignExpiries) {}
}
