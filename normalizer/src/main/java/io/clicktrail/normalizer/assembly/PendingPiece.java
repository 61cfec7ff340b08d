package io.clicktrail.normalizer.assembly;

import io.clicktrail.normalizer.raw.Piece;
import io.clicktrail.normalizer.raw.RawCoordinates;
import io.clicktrail.normalizer.text.Span;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an event while it waits for the others, with all that is needed to hand it on if they do not come.
 *
 * @param body the piece without its envelopes
 * @param host what its envelopes say of the host
 * @param at where its raw record stood
 * @param valueHash SHA-256 of the raw value, 64 hex digits
 * @param document the piece with its envelopes, which is the raw value unless that holds more
 * @param position where the document begins in the raw value
 * @param isPart whether the raw value holds more than the document
 * @param isCounted whether the raw record is counted by what becomes of this piece
 * @param key of the raw record
 * @param headers of the raw record
 */
@SuppressWarnings("ArrayRecordComponent")
public record PendingPiece(
        byte[] body,
        @Nullable String host,
        RawCoordinates at,
        String valueHash,
        byte[] document,
        int position,
        boolean isPart,
        boolean isCounted,
        byte @Nullable [] key,
        List<Header> headers) {

    public PendingPiece {
        headers = List.copyOf(headers);
    }

    /**
     * The piece as it was found in a raw record.
     *
     * @param value the raw record's value
     */
    public static PendingPiece of(
            Piece piece,
            byte[] value,
            RawCoordinates at,
            boolean isCounted,
            byte @Nullable [] key,
            List<Header> headers) {
        Span body = piece.body();
        boolean isPart = piece.from() > 0 || piece.to() < value.length;
        return new PendingPiece(
                Arrays.copyOfRange(body.bytes(), body.from(), body.to()),
                piece.host(),
                at,
                piece.valueHash(),
                isPart ? Arrays.copyOfRange(value, piece.from(), piece.to()) : value,
                piece.from(),
                isPart,
                isCounted,
                key,
                headers);
    }

    /** What the piece takes, bytes, within a few dozen. */
    public int bytes() {
        int bytes = body.length + document.length + (key == null ? 0 : key.length) + 160;
        for (Header header : headers) {
            bytes += header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** A header of a raw record. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String name, byte @Nullable [] value) {}
}
