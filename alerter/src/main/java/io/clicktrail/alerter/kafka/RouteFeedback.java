package io.clicktrail.alerter.kafka;

import io.clicktrail.feedback.Feedback;
import io.clicktrail.schemas.StateSerdes;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Sends feedback, which knows a case by its id, to the host under which the case is kept. Feedback on a case that is
 * not known yet, as a replay may bring it, waits for the case.
 *
 * @param memory how long the host of a case is remembered, and feedback waits
 */
public record RouteFeedback(Duration memory)
        implements ProcessorSupplier<String, RouteFeedback.Input, String, Feedback> {

    private static final String HOSTS = "hosts-by-case";
    private static final String WAITING = "waiting-feedback";
    private static final String EXPIRIES = "hosts-by-expiry";
    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
    private static final int MAX_WAITING = 16;

    /** What is known of a case, or said of it. */
    public sealed interface Input {

        /** The host under which a case is kept. */
        record KeptAt(String host) implements Input {}

        /** Feedback. */
        record Said(Feedback feedback) implements Input {}
    }

    @Override
    public Processor<String, Input, String, Feedback> get() {
        return new Router();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(HOSTS), Serdes.String(), Serdes.String()),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(WAITING), Serdes.String(), new StateSerdes().of(Feedback.class)),
                TimeIndex.store(EXPIRIES));
    }

    private final class Router implements Processor<String, Input, String, Feedback> {

        private @Nullable ProcessorContext<String, Feedback> context;
        private @Nullable KeyValueStore<String, String> hosts;
        private @Nullable KeyValueStore<String, Feedback> waiting;
        private @Nullable TimeIndex expiries;

        @Override
        public void init(ProcessorContext<String, Feedback> context) {
            this.context = context;
            hosts = context.getStateStore(HOSTS);
            waiting = context.getStateStore(WAITING);
            expiries = new TimeIndex(context.getStateStore(EXPIRIES));
            context.schedule(FORGET_EVERY, PunctuationType.STREAM_TIME, this::forget);
        }

        @Override
        public void process(Record<String, Input> record) {
            switch (record.value()) {
                case Input.KeptAt at -> keptAt(record, at.host());
                case Input.Said input -> said(record, input.feedback());
            }
        }

        private void keptAt(Record<String, Input> record, String host) {
            if (Objects.requireNonNull(hosts).putIfAbsent(record.key(), host) == null) {
                Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), record.key());
            }
            try (var said = Objects.requireNonNull(waiting).prefixScan(record.key() + '|', new StringSerializer())) {
                while (said.hasNext()) {
                    var entry = said.next();
                    send(record, host, entry.value);
                    Objects.requireNonNull(waiting).delete(entry.key);
                }
            }
        }

        private void said(Record<String, Input> record, Feedback feedback) {
            String host = Objects.requireNonNull(hosts).get(record.key());
            if (host != null) {
                send(record, host, feedback);
                return;
            }
            for (int place = 0; place < MAX_WAITING; place++) {
                String key = record.key() + '|' + (char) ('a' + place);
                if (Objects.requireNonNull(waiting).putIfAbsent(key, feedback) == null) {
                    Objects.requireNonNull(expiries).add(record.timestamp() + memory.toMillis(), record.key());
                    return;
                }
            }
        }

        private void send(Record<String, Input> record, String host, Feedback feedback) {
            Objects.requireNonNull(context).forward(record.withKey(host).withValue(feedback));
        }

        private void forget(long now) {
            for (String alertId : Objects.requireNonNull(expiries).take(now)) {
                Objects.requireNonNull(hosts).delete(alertId);
                for (int place = 0; place < MAX_WAITING; place++) {
                    Objects.requireNonNull(waiting).delete(alertId + '|' + (char) ('a' + place));
                }
            }
        }
    }
}
