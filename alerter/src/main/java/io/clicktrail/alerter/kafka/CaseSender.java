package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Lifecycle;
import io.clicktrail.alerter.casefile.CaseCopy;
import io.clicktrail.alerter.delivery.AlertStorms;
import io.clicktrail.alerter.delivery.CaseDelivery;
import io.clicktrail.alerter.delivery.UpdateThrottle;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.state.Bucket;
import io.clicktrail.state.Dispatch;
import io.clicktrail.state.LimitShare;
import io.clicktrail.state.Storm;
import io.clicktrail.streams.health.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered of the cases of one partition. {@link DeliverCases} and {@link ReceiveAnswers} work on the same
 * stores.
 */
final class CaseSender {

    private static final String DISPATCHES = "dispatches";
    private static final String TIMES = "dispatches-by-time";
    private static final String DEFERRED = "deferred-updates";
    private static final String WAITING = "waiting-cases";
    private static final String BUCKETS = "rate-limit-buckets";
    private static final String SHARES = "rate-limit-shares";
    private static final String EXAMPLES = "storm-examples";
    private static final String RECORDED = "alerts-recorded";

    final KeyValueStore<String, Dispatch> dispatches;
    final KeyValueStore<String, Alert> deferred;
    final KeyValueStore<String, Alert> waiting;
    final KeyValueStore<String, Bucket> buckets;
    final KeyValueStore<String, LimitShare> shares;
    final TimeIndex expiries;
    final TimeIndex deferredUntil;
    final TimeIndex waitingUntil;

    private final KeyValueStore<String, Alert> examples;
    private final KeyValueStore<String, Long> recorded;
    private final TimeIndex retainedUntil;
    private final ProcessorContext<String, CaseDelivery> context;
    private final AlertStorms storms;
    private final Duration retention;
    private final MeterRegistry meters;

    /**
     * @param retention how long after its last revision a case is deleted from the topic of alerts, by the wall clock
     */
    CaseSender(
            ProcessorContext<String, CaseDelivery> context,
            AlertStorms storms,
            Duration retention,
            MeterRegistry meters) {
        this.context = context;
        this.storms = storms;
        this.retention = retention;
        this.meters = meters;
        dispatches = context.getStateStore(DISPATCHES);
        deferred = context.getStateStore(DEFERRED);
        waiting = context.getStateStore(WAITING);
        buckets = context.getStateStore(BUCKETS);
        shares = context.getStateStore(SHARES);
        examples = context.getStateStore(EXAMPLES);
        recorded = context.getStateStore(RECORDED);
        KeyValueStore<String, String> times = context.getStateStore(TIMES);
        expiries = new TimeIndex(times, "expiry:");
        deferredUntil = new TimeIndex(times, "deferred:");
        waitingUntil = new TimeIndex(times, "waiting:");
        retainedUntil = new TimeIndex(times, "retention:");
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(Stores.persistentKeyValueStore(DISPATCHES), Dispatch.class),
                store(Stores.persistentKeyValueStore(DEFERRED), Alert.class),
                store(Stores.persistentKeyValueStore(WAITING), Alert.class),
                TimeIndex.store(TIMES),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(RECORDED), Serdes.String(), Serdes.Long()),
                // Few and small: the last hour's buckets, and the examples of the last storms of each rule.
                store(Stores.inMemoryKeyValueStore(BUCKETS), Bucket.class),
                store(Stores.inMemoryKeyValueStore(SHARES), LimitShare.class),
                store(Stores.inMemoryKeyValueStore(EXAMPLES), Alert.class));
    }

    /** The names of the stores. */
    static String[] storeNames() {
        return stores().stream().map(StoreBuilder::name).sorted().toArray(String[]::new);
    }

    static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(
            KeyValueBytesStoreSupplier where, Class<T> type) {
        return Stores.keyValueStoreBuilder(where, Serdes.String(), new StateSerdes().of(type));
    }

    /** Writes a revision to the topic of alerts. */
    void record(Alert alert) {
        long wallClock = context.currentSystemTimeMs();
        recorded.put(alert.getAlertId(), wallClock);
        retainedUntil.add(wallClock + retention.toMillis(), alert.getAlertId());
        put(new CaseDelivery.Recorded(alert), alert);
    }

    /** Sends a revision. */
    void send(Alert alert, Dispatch known) {
        deferred.delete(alert.getAlertId());
        dispatches.put(alert.getAlertId(), UpdateThrottle.afterSend(alert, known, context.currentSystemTimeMs()));
        put(new CaseDelivery.Sent(alert), alert);
    }

    /** Records and sends a new case. */
    void open(Alert alert, Dispatch known) {
        record(alert);
        send(CaseCopy.of(alert).setLifecycle(Lifecycle.CREATE).build(), known);
    }

    /** Records a new case that a limit holds back. */
    void holdBack(Alert alert, Dispatch known, String limit, long delivered) {
        record(heldBack(alert));
        if (!known.getHeldBack()) {
            Metric.CASES_SUPPRESSED.counter(meters, "limit", limit).increment();
            keepExample(alert, delivered);
        }
        dispatches.put(
                alert.getAlertId(), Dispatch.newBuilder(known).setHeldBack(true).build());
    }

    static Alert heldBack(Alert alert) {
        return CaseCopy.of(alert).setState(CaseState.SUPPRESSED).build();
    }

    /** What is known of a case that does not wait any more. */
    static Dispatch answered(@Nullable Dispatch known) {
        return known == null
                ? Dispatch.newBuilder().build()
                : Dispatch.newBuilder(known).setWaiting(false).build();
    }

    /** Records and sends the summary of a storm, with the evidence of its first case in this partition. */
    void summarize(Storm storm, String rule) {
        @Nullable Alert example = examples.get(exampleKey(rule, storm.getStart()));
        if (example == null) {
            example = anyExample(rule);
        }
        if (example != null) {
            Alert summary = AlertStorms.summary(storm, example);
            record(summary);
            put(new CaseDelivery.Sent(summary), summary);
        }
    }

    /** Deletes cases whose last revision is older than the retention. */
    void removeOld(long wallClock) {
        for (String alertId : retainedUntil.take(wallClock)) {
            Long last = recorded.get(alertId);
            if (last != null && last + retention.toMillis() <= wallClock) {
                recorded.delete(alertId);
                context.forward(new Record<>(
                        alertId,
                        new CaseDelivery.Expired(),
                        Math.max(0, context.currentStreamTimeMs()),
                        new RecordHeaders()));
            }
        }
    }

    /** The first case of each span of a rule; those of the span before may still be summarized. */
    private void keepExample(Alert alert, long delivered) {
        String rule = alert.getAnalyticId();
        long start = storms.startOf(delivered);
        String key = exampleKey(rule, start);
        if (examples.get(key) != null) {
            return;
        }
        var old = new ArrayList<String>();
        try (var all = examples.range(
                exampleKey(rule, 0), exampleKey(rule, start - 2 * storms.span().toMillis()))) {
            all.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(examples::delete);
        examples.put(key, alert);
    }

    private @Nullable Alert anyExample(String rule) {
        List<Alert> found = new ArrayList<>(1);
        try (var all = examples.range(exampleKey(rule, 0), exampleKey(rule, Long.MAX_VALUE))) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found.isEmpty() ? null : found.getLast();
    }

    private static String exampleKey(String rule, long start) {
        return rule + '|' + HexFormat.of().toHexDigits(Math.max(0, start));
    }

    /** A host whose clock is ahead must not date its case into the future: brokers would refuse the record. */
    private void put(CaseDelivery delivery, Alert alert) {
        long time = Math.clamp(CloudEvent.time(alert).toEpochMilli(), 0, Math.max(0, context.currentStreamTimeMs()));
        context.forward(new Record<>(alert.getAlertId(), delivery, time, new RecordHeaders()));
    }
}
