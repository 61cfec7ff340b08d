/** Tests of the Kafka edge. */
@NullMarked
package io.clicktrail.streams;

import org.jspecify.annotations.NullMarked;
