/** The time of records: what a service believes of a Kafka timestamp, and how its own time moves without records. */
@NullMarked
package io.clicktrail.streams.time;

import org.jspecify.annotations.NullMarked;
