package io.clicktrail.enricher.kafka;

import io.clicktrail.event.EventKind;
import io.clicktrail.evidence.Evidence;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends heartbeats to every partition, so that time moves in the quiet ones too, and all else by its key. */
public final class HeartbeatPartitioner implements StreamPartitioner<String, Evidence> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Evidence evidence, int partitionCount) {
        if (evidence.getEvent().getKind() != EventKind.HEARTBEAT) {
            return Optional.empty();
        }
        Set<Integer> all = HashSet.newHashSet(partitionCount);
        for (int partition = 0; partition < partitionCount; partition++) {
            all.add(partition);
        }
        return Optional.of(all);
    }
}
