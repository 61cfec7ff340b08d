package io.clicktrail.standalone.delivery;

/**
 * A raw record and the time of its delivery.
 *
 * @param at milliseconds since 1970, UTC
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record LogDelivery(byte[] value, long at) {}
