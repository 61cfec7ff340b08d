/** Kafka around libraries that know nothing of it. */
@NullMarked
package io.clicktrail.benchmarks.peers.kafka;

import org.jspecify.annotations.NullMarked;
