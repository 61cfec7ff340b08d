package io.clicktrail.enricher.kafka;

import io.clicktrail.domains.DomainHistory;
import io.clicktrail.enricher.domain.FirstSeenRecord;
import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.identity.Lease;
import io.clicktrail.intel.Indicator;
import io.clicktrail.schemas.AvroSerdes;
import java.util.ArrayList;
import java.util.List;
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
    public static final String PENDING_EVIDENCE = "pending-evidence";

    /** Evidence of the last hours, in the order of delivery, for intel that comes later. */
    public static final String RECENT_EVIDENCE = "recent-evidence";

    /** Processes of hosts by pid. */
    public static final String PROCESSES = "processes";

    /** Names of hosts' accounts by uid or SID. */
    public static final String ACCOUNT_NAMES = "account-names";

    /** Signatures of images, and executions that wait for theirs. */
    public static final String IMAGE_SIGNATURES = "image-signatures";

    /** Events of the last minutes that know a process by its pid alone. */
    public static final String ASKING_EVENTS = "asking-events";

    /** What is remembered of each tenant key. */
    public static final String FIRST_SEEN = "first-seen";

    /** Nothing: the table of indicators is kept outside, a global processor must name a store. */
    public static final String INTEL = "intel";

    /** Nothing either. */
    public static final String DOMAIN_HISTORY = "domain-history";

    private final Serde<String> keys = Serdes.String();
    private final AvroSerdes serdes;

    /** @param serdes of state, which live without a registry */
    public EnricherStores(AvroSerdes serdes) {
        this.serdes = serdes;
    }

    public StoreBuilder<TimestampedKeyValueStore<String, Lease>> leases() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(LEASES), keys, serdes.of(Lease.class));
    }

    public StoreBuilder<TimestampedKeyValueStore<String, Evidence>> pendingEvidence() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(PENDING_EVIDENCE), keys, serdes.of(Evidence.class));
    }

    public StoreBuilder<KeyValueStore<String, Evidence>> recentEvidence() {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(RECENT_EVIDENCE), keys, serdes.of(Evidence.class));
    }

    public StoreBuilder<KeyValueStore<String, List<Process>>> processes() {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(PROCESSES), keys, listOf(serdes.of(Process.class)));
    }

    /** Lists, as array lists. */
    @SuppressWarnings("unchecked") // the class of a list does not say of what it is one
    static <T> Serde<List<T>> listOf(Serde<T> elements) {
        return Serdes.ListSerde((Class<List<T>>) (Class<?>) ArrayList.class, elements);
    }

    public StoreBuilder<TimestampedKeyValueStore<String, String>> accountNames() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(ACCOUNT_NAMES), keys, keys);
    }

    public StoreBuilder<TimestampedKeyValueStore<String, Event>> imageSignatures() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(IMAGE_SIGNATURES), keys, serdes.of(Event.class));
    }

    public StoreBuilder<TimestampedKeyValueStore<String, Event>> askingEvents() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(ASKING_EVENTS), keys, serdes.of(Event.class));
    }

    public StoreBuilder<KeyValueStore<String, FirstSeenRecord>> firstSeen() {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(FIRST_SEEN),
                keys,
                Serdes.serdeFrom(
                        (topic, known) -> known == null ? null : known.toBytes(),
                        (topic, bytes) -> bytes == null ? null : FirstSeenRecord.of(bytes)));
    }

    public StoreBuilder<KeyValueStore<String, Indicator>> intel() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(INTEL), keys, serdes.of(Indicator.class))
                .withLoggingDisabled();
    }

    public StoreBuilder<KeyValueStore<String, DomainHistory>> domainHistory() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(DOMAIN_HISTORY), keys, serdes.of(DomainHistory.class))
                .withLoggingDisabled();
    }
}
