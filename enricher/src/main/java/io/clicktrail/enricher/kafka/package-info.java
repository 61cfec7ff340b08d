/** The processors and stores of the enricher on Kafka Streams. */
@NullMarked
package io.clicktrail.enricher.kafka;

import org.jspecify.annotations.NullMarked;
