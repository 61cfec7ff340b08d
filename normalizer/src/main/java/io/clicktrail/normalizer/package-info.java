/** Turns raw log records of many formats into events: the reading without Kafka, and the service around it. */
@NullMarked
package io.clicktrail.normalizer;

import org.jspecify.annotations.NullMarked;
