package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * Compressed records: gzip, and gzip in Base64 as AWS hands CloudWatch logs on. Expansion stops at a bound, since a
 * kilobyte may hold a megabyte of nothing.
 */
public final class Compression {

    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;
    private static final int HEADER = 10;

    private Compression() {}

    /** What became of compressed bytes. */
    public sealed interface Expansion {

        /** The bytes that were compressed. */
        @SuppressWarnings("ArrayRecordComponent")
        record Expanded(byte[] bytes) implements Expansion {}

        /** They cannot be expanded, or not within the bound. */
        record Refused(Reason reason) implements Expansion {}
    }

    /** Whether bytes begin as a gzip stream does. */
    public static boolean isGzip(byte[] bytes) {
        return bytes.length > HEADER && (bytes[0] & 255) == FIRST && (bytes[1] & 255) == SECOND;
    }

    /**
     * Expands a gzip stream.
     *
     * @param mostBytes the most that it may expand to
     */
    public static Expansion expand(byte[] gzip, int mostBytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            return bytes.length > mostBytes ? new Expansion.Refused(Reason.TOO_LARGE) : new Expansion.Expanded(bytes);
        } catch (IOException e) {
            return new Expansion.Refused(Reason.BAD_COMPRESSION);
        }
    }

    /** Expands a gzip stream in Base64; Base64 of anything else is decoded only. */
    public static Expansion unpack(Span base64, int mostBytes) {
        ByteBuffer packed;
        try {
            packed = Base64.getDecoder().decode(ByteBuffer.wrap(base64.bytes(), base64.from(), base64.length()));
        } catch (IllegalArgumentException e) {
            return new Expansion.Refused(Reason.BAD_COMPRESSION);
        }
        byte[] bytes = Arrays.copyOf(packed.array(), packed.limit());
        if (isGzip(bytes)) {
            return expand(bytes, mostBytes);
        }
        return bytes.length > mostBytes ? new Expansion.Refused(Reason.TOO_LARGE) : new Expansion.Expanded(bytes);
    }
}
