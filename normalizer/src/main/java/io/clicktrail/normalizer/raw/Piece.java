package io.clicktrail.normalizer.raw;

import io.clicktrail.normalizer.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an event that further raw records complete, for example a line of an auditd event.
 *
 * @param event what all pieces of the event share and those of no other event
 * @param millis event time, ms since 1970
 * @param host what the envelopes around the piece say of the host
 * @param body the piece without its envelopes
 * @param from the first byte, in the raw value, of the piece with its envelopes
 * @param to the byte after its last one
 * @param valueHash SHA-256 of the raw value, 64 hex digits
 */
public record Piece(String event, long millis, @Nullable String host, Span body, int from, int to, String valueHash) {

    /** The piece with another place in the raw value. */
    public Piece at(int newFrom, int newTo) {
        return new Piece(event, millis, host, body, newFrom, newTo, valueHash);
    }
}
