package io.clicktrail.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Makes the serde of an Avro type. Topics get registry-governed serdes, state stores self-describing ones. */
@FunctionalInterface
public interface AvroSerdes {

    /** A serde for the values of a topic. */
    <T extends SpecificRecord> Serde<T> of(Class<T> type);
}
