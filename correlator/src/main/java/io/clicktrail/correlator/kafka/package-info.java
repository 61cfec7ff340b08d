/** The correlation on Kafka Streams: load, step, store, and the clock that moves in quiet partitions too. */
@NullMarked
package io.clicktrail.correlator.kafka;

import org.jspecify.annotations.NullMarked;
