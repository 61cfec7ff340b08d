package io.clicktrail.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Creates the serde of an Avro type: with a registry for topics, self-describing for state stores. */
@FunctionalInterface
public interface AvroSerdes {

    /** A serde for the values of a topic. */
    <T extends SpecificRecord> Serde<T> of(Class<T> type);
}
