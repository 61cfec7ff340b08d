package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.EventId;
import io.clicktrail.evidence.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The evidence that events and chains still need, once each, by host and event id. */
final class EvidenceStore {

    private final KeyValueStore<Bytes, Evidence> store;

    EvidenceStore(KeyValueStore<Bytes, Evidence> store) {
        this.store = store;
    }

    void keep(String host, Evidence evidence) {
        store.put(key(host, EventId.of(evidence.getEvent().getEventId())), evidence);
    }

    Evidence of(String host, EventId id) {
        var evidence = store.get(key(host, id));
        if (evidence == null) {
            throw new IllegalStateException("evidence of an open chain is missing: " + id);
        }
        return evidence;
    }

    void release(String host, EventId id) {
        store.delete(key(host, id));
    }

    private static Bytes key(String host, EventId id) {
        var name = host.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + 2 * Long.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(id.high())
                .putLong(id.low())
                .array());
    }
}
