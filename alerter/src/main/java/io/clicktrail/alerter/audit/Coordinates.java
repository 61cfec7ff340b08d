package io.clicktrail.alerter.audit;

import java.time.Instant;

/**
 * Where a record is on Kafka, as the audit topic names it.
 *
 * @param at its time by the broker
 */
public record Coordinates(String topic, int partition, long offset, Instant at) {}
