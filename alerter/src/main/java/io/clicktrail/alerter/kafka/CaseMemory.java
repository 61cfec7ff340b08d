package io.clicktrail.alerter.kafka;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.StateSerdes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The last revision of each case, for a time.
 *
 * <p>The time is stream time, which is delivery time: nothing that stands in a log makes it forget early. The changelogs are
 * compacted and not cut by age, as those of window stores are: a replay of old logs has old times, and a broker would throw its
 * state away before a restart could read it.
 */
final class CaseMemory {

    private static final String ALERTS = "alerts-by-id";
    private static final String EXPIRIES = "alerts-by-expiry";

    private final TimestampedKeyValueStore<String, Alert> alerts;
    private final KeyValueStore<String, String> expiries;
    private final long spanMillis;

    CaseMemory(ProcessorContext<?, ?> context, Duration span) {
        alerts = context.getStateStore(ALERTS);
        expiries = context.getStateStore(EXPIRIES);
        spanMillis = span.toMillis();
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.timestampedKeyValueStoreBuilder(
                        Stores.persistentTimestampedKeyValueStore(ALERTS),
                        Serdes.String(),
                        new StateSerdes().of(Alert.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(EXPIRIES), Serdes.String(), Serdes.String()));
    }

    /** The last revision of a case; null where none was sent or it is too long ago. */
    @Nullable
    Alert last(String alertId, long now) {
        ValueAndTimestamp<Alert> found = alerts.get(alertId);
        return found == null || forgotten(found, now) ? null : found.value();
    }

    void remember(Alert alert, long now) {
        alerts.put(alert.getAlertId(), ValueAndTimestamp.make(alert, now));
        expiries.put(expiryKey(now + spanMillis) + alert.getAlertId(), alert.getAlertId());
    }

    /** Drops what is too old. Costs one look-up for each revision that was sent, once. */
    void forget(long now) {
        try (var due = expiries.range("", expiryKey(now))) {
            while (due.hasNext()) {
                var expiry = due.next();
                ValueAndTimestamp<Alert> found = alerts.get(expiry.value);
                if (found != null && forgotten(found, now)) {
                    alerts.delete(expiry.value);
                }
                expiries.delete(expiry.key);
            }
        }
    }

    private boolean forgotten(ValueAndTimestamp<Alert> found, long now) {
        return found.timestamp() + spanMillis < now;
    }

    /** Sorts as the time does. */
    private static String expiryKey(long millis) {
        return HexFormat.of().toHexDigits(millis);
    }
}
