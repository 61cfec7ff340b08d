/** Joins of Kafka Streams. */
@NullMarked
package io.clicktrail.benchmarks.peers.streams;

import org.jspecify.annotations.NullMarked;
