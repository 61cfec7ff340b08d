package io.clicktrail.normalizer.event;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over raw bytes and over record identities, in lower-case hex. Not safe for several threads.
 *
 * <p>An event id is the first 128 bits of SHA-256, 32 hex digits, and must stay the same for ever. Where the source
 * gives its records an identity, it is taken over the identity's parts in UTF-8, each followed by a NUL (an absent part
 * is empty); the first part names the kind of identity, and the last is the second of the event time, so that a record
 * that claims another's identity at another time is not taken for it. Else it is taken over the bytes of the document
 * that the event was read from, without envelope and outer blanks.
 */
public final class Fingerprints {

    private static final HexFormat HEX = HexFormat.of();
    private static final int ID_BYTES = 16;
    private static final int FULL_BYTES = 32;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final MessageDigest sha256;
    private final byte[] digest = new byte[FULL_BYTES];
    private byte[] identity = new byte[256];

    public Fingerprints() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 64 hex digits over bytes. */
    public String full(byte[] bytes, int from, int to) {
        return hex(bytes, from, to, FULL_BYTES);
    }

    /** An event id over the bytes of a document. */
    public String idOf(byte[] bytes, int from, int to) {
        return hex(bytes, from, to, ID_BYTES);
    }

    /**
     * An event id over a record identity.
     *
     * @param time that the record itself has; null for one without
     */
    public String idOf(@Nullable EventTime time, @Nullable String... parts) {
        int length = 0;
        for (String part : parts) {
            length = append(part == null ? "" : part, length);
        }
        if (time != null) {
            length = append(Long.toString(Math.floorDiv(time.micros(), MICROS_PER_SECOND)), length);
        }
        return idOf(identity, 0, length);
    }

    /** The event id of a document whose whole bytes {@link #full} was taken over. */
    public static String idOfFull(String full) {
        return full.substring(0, ID_BYTES * 2);
    }

    private String hex(byte[] bytes, int from, int to, int length) {
        sha256.update(bytes, from, to - from);
        try {
            sha256.digest(digest, 0, FULL_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        return HEX.formatHex(digest, 0, length);
    }

    /** Adds a part and its NUL; the byte after them. */
    private int append(String part, int at) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        int end = at + bytes.length;
        if (end >= identity.length) {
            identity = Arrays.copyOf(identity, end * 2 + 1);
        }
        System.arraycopy(bytes, 0, identity, at, bytes.length);
        identity[end] = 0;
        return end + 1;
    }
}
