package io.clicktrail.engine;

import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where a raw record would stand in a topic of one partition. */
record RecordPosition(String topic, int partition, long offset) implements RecordMetadata {}
