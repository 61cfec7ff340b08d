package io.clicktrail.normalizer.kafka;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends heartbeats to every partition, so that time moves in quiet ones too; all else by Kafka's default. */
public final class BroadcastHeartbeats implements StreamPartitioner<String, Event> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Event event, int partitions) {
        return event.getKind() == EventKind.HEARTBEAT
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
