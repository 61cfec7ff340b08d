package io.clicktrail.standalone.delivery;

/**
 * A raw record and the moment at which it is delivered.
 *
 * @param at milliseconds since 1970, UTC
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record LogDelivery(byte[] value, long at) {}
