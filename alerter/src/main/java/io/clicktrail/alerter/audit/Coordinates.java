package io.clicktrail.alerter.audit;

import java.time.Instant;

/**
 * Where a record is.
 *
 * @param at its time by the broker
 */
public record Coordinates(String topic, int partition, long offset, Instant at) {}
