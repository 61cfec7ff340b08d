/** The Kafka edge that every service shares: settings, streams configuration, failure handling, health and metrics. */
@NullMarked
package io.clicktrail.streams;

import org.jspecify.annotations.NullMarked;
