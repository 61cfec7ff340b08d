package io.clicktrail.schemas;

import org.apache.kafka.common.serialization.Serde;

/** A topic with the types that travel on it. */
public record Topic<K, V>(String name, Serde<K> keySerde, Serde<V> valueSerde) {}
