package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.casefile.Organisation;
import io.clicktrail.alerter.lifecycle.Decision;
import io.clicktrail.alerter.lifecycle.Revisions;
import io.clicktrail.alerter.render.CloudEvent;
import io.clicktrail.detection.Detection;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.streams.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns detections into revisions of cases. Remembers the last revision of each case for as long as the store's retention.
 *
 * <p>The store is windowed by stream time, which is delivery time: nothing that stands in a log can make it forget early, and
 * silent cases go with their segment.
 *
 * @param memory how long the last revision of a case is remembered
 */
public record ReviseCases(Organisation organisation, Duration memory, MeterRegistry meters)
        implements ProcessorSupplier<String, Detection, String, Alert> {

    /** Last revision of each case. */
    static final String STORE = "alerts-by-id";

    @Override
    public Processor<String, Detection, String, Alert> get() {
        return new Reviser();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(STORE, memory, Duration.ofMillis(1), false),
                Serdes.String(),
                new StateSerdes().of(Alert.class)));
    }

    private final class Reviser implements Processor<String, Detection, String, Alert> {

        private final CaseFile caseFile = new CaseFile(organisation);
        private @Nullable ProcessorContext<String, Alert> context;
        private @Nullable WindowStore<String, Alert> alerts;

        @Override
        public void init(ProcessorContext<String, Alert> context) {
            this.context = context;
            alerts = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, Detection> record) {
            var out = Objects.requireNonNull(context);
            var store = Objects.requireNonNull(alerts);
            Alert draft = caseFile.of(record.value());
            long now = out.currentStreamTimeMs();
            Remembered last = last(store, draft.getAlertId(), now);
            switch (Revisions.next(last.alert, draft, record.value().getChange())) {
                case Decision.Send send -> {
                    store.put(send.alert().getAlertId(), send.alert(), Math.max(now, last.time));
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

        private Remembered last(WindowStore<String, Alert> store, String alertId, long now) {
            try (var revisions = store.backwardFetch(alertId, Math.max(0, now - memory.toMillis()), Long.MAX_VALUE)) {
                if (!revisions.hasNext()) {
                    return new Remembered(null, 0);
                }
                var newest = revisions.next();
                return new Remembered(newest.value, newest.key);
            }
        }
    }

    /** A revision and the time under which it is kept. */
    private record Remembered(@Nullable Alert alert, long time) {}
}
