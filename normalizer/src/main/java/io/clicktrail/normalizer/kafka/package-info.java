/** The edge to Kafka: bytes in, events and rejections out, all of it counted. */
@NullMarked
package io.clicktrail.normalizer.kafka;

import org.jspecify.annotations.NullMarked;
