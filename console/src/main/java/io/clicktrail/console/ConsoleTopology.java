package io.clicktrail.console;

import io.clicktrail.alert.Alert;
import io.clicktrail.console.kafka.CaseTable;
import io.clicktrail.coverage.Coverage;
import io.clicktrail.schemas.StateSerdes;
import io.clicktrail.schemas.Topic;
import io.clicktrail.schemas.Topics;
import io.clicktrail.tuning.Tuning;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Alerts, coverage and tuning as global tables: every instance has all of them, on disk, and builds them again from the
 * compacted topics. Nothing is written but feedback, which is no part of the topology.
 */
public final class ConsoleTopology {

    private ConsoleTopology() {}

    /** Adds the console to a topology. */
    public static void build(StreamsBuilder builder, Topics topics, CaseTable store) {
        builder.addGlobalStore(
                table(CaseTable.CASES, Alert.class),
                topics.alerts().name(),
                consumed(topics.alerts(), "read-alerts"),
                store::alerts);
        builder.addGlobalStore(
                table(CaseTable.COVERAGE, Coverage.class),
                topics.coverage().name(),
                consumed(topics.coverage(), "read-coverage"),
                store::coverage);
        builder.addGlobalStore(
                table(CaseTable.TUNING, Tuning.class),
                topics.tuning().name(),
                consumed(topics.tuning(), "read-tuning"),
                store::tuning);
    }

    private static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> table(String name, Class<V> type) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), new StateSerdes().of(type))
                .withLoggingDisabled();
    }

    private static <V> Consumed<String, V> consumed(Topic<String, V> topic, String name) {
        return Consumed.with(topic.keySerde(), topic.valueSerde()).withName(name);
    }
}
