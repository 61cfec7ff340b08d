package io.clicktrail.enricher.kafka;

import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.schemas.AvroSerdes;
import io.clicktrail.tuning.Tuning;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

/** The state of the enricher. */
public final class EnricherStores {

    /** Claims on addresses and users, one entry each. */
    public static final String LEASES = "leases";

    /** Evidence without a host of its own. */
    public static final String WAITING_EVIDENCE = "waiting-evidence";

    /** Earliest event time of each tenant key, microseconds since 1970. */
    public static final String FIRST_SIGHTS = "first-sights";

    /** Tuning documents by platform. */
    public static final String TUNINGS = "tunings";

    private final Serde<String> keys = Serdes.String();
    private final AvroSerdes serdes;

    /** @param serdes of state, which live without a registry */
    public EnricherStores(AvroSerdes serdes) {
        this.serdes = serdes;
    }

    public StoreBuilder<KeyValueStore<String, Lease>> leases() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(LEASES), keys, serdes.of(Lease.class));
    }

    public StoreBuilder<TimestampedKeyValueStore<String, Evidence>> waitingEvidence() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(WAITING_EVIDENCE), keys, serdes.of(Evidence.class));
    }

    public StoreBuilder<KeyValueStore<String, Long>> firstSights() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(FIRST_SIGHTS), keys, Serdes.Long());
    }

    public StoreBuilder<KeyValueStore<String, Tuning>> tunings() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TUNINGS), keys, serdes.of(Tuning.class))
                .withLoggingDisabled();
    }
}
