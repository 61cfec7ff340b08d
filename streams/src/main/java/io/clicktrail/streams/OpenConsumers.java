package io.clicktrail.streams;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The consumers of Kafka Streams, whose polls can be ended. A poll ends at a moment of the wall clock: if that is set
 * back, and no record comes, a poll of 20 ms lasts as long as the step, and so would the stop of Kafka Streams.
 */
final class OpenConsumers {

    private final Set<Consumer<?, ?>> all = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    void add(Consumer<?, ?> consumer) {
        all.add(consumer);
    }

    /** Polls that wait now return without records; where none does, the next one. */
    void wakeUp() {
        synchronized (all) {
            all.forEach(Consumer::wakeup);
        }
    }
}
