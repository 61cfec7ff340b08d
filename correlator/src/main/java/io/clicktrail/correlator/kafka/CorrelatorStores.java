package io.clicktrail.correlator.kafka;

import io.clicktrail.correlator.chain.HostState;
import io.clicktrail.correlator.chain.HostStateCodec;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.StateSerdes;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state of the correlator. None of the stores is windowed: replays carry old timestamps, and brokers would expire
 * what such changelogs hold.
 */
public final class CorrelatorStores {

    static final String HOSTS = "hosts";

    /** Evidence that an event or a chain still needs. */
    public static final String EVIDENCE = "chain-evidence";

    static final String TIMERS = "timers";
    static final String SENSORS = "sensors";

    private static final Serde<HostState> HOST_STATE = Serdes.serdeFrom(
            (topic, state) -> state == null ? null : HostStateCodec.encode(state),
            (topic, bytes) -> bytes == null ? null : HostStateCodec.decode(bytes));

    private final StateSerdes serdes = new StateSerdes();
    private final StoreBuilder<KeyValueStore<String, HostState>> hosts = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(HOSTS), Serdes.String(), HOST_STATE)
            .withCachingEnabled()
            .withLoggingEnabled(Map.of());
    private final StoreBuilder<KeyValueStore<Bytes, Evidence>> evidence = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(EVIDENCE), Serdes.Bytes(), serdes.of(Evidence.class))
            .withLoggingEnabled(Map.of());
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> timers = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(TIMERS), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of());
    private final StoreBuilder<KeyValueStore<String, Long>> sensors = Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(SENSORS), Serdes.String(), Serdes.Long())
            .withLoggingEnabled(Map.of());

    /** The state of each host; several steps of one host between two commits are written once. */
    public StoreBuilder<KeyValueStore<String, HostState>> hosts() {
        return hosts;
    }

    /** {@link #EVIDENCE} by host and event id. */
    public StoreBuilder<KeyValueStore<Bytes, Evidence>> evidence() {
        return evidence;
    }

    /** When to wake which host next, in order of time. */
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> timers() {
        return timers;
    }

    /**
     * Latest event time, microseconds since 1970, of each host and kind of event. Two processors share it, so it is
     * added to the topology once and connected by name: a store that two suppliers bring along splits the topology in
     * two (Kafka 4.3.1).
     */
    public StoreBuilder<KeyValueStore<String, Long>> sensors() {
        return sensors;
    }
}
