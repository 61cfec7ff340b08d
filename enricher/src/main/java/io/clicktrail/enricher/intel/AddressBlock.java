package io.clicktrail.enricher.intel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses. IPv4 is in the last 32 of 128 bits, behind the prefix of IPv4-mapped addresses.
 *
 * @param high first 64 bits, zero beyond the length
 * @param low last 64 bits, zero beyond the length
 * @param length bits that all addresses of the block share, 0 to 128
 */
public record AddressBlock(long high, long low, int length) {

    static final int BITS = 128;

    private static final int IPV4_BITS = 32;
    private static final long MAPPED = 0xFFFFL << 32;

    /** Reads an address, or an address with a prefix length behind a slash; null where the text is neither. */
    public static @Nullable AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        @Nullable InetAddress literal = literal(slash < 0 ? text : text.substring(0, slash));
        if (literal == null) {
            return null;
        }
        byte[] bytes = literal.getAddress();
        boolean isIpv4 = literal instanceof Inet4Address;
        int most = isIpv4 ? IPV4_BITS : BITS;
        int length = slash < 0 ? most : number(text, slash + 1);
        if (length < 0 || length > most) {
            return null;
        }
        var buffer = ByteBuffer.wrap(bytes);
        return isIpv4
                ? new AddressBlock(0, MAPPED | Integer.toUnsignedLong(buffer.getInt()), BITS)
                        .widened(BITS - IPV4_BITS + length)
                : new AddressBlock(buffer.getLong(), buffer.getLong(), BITS).widened(length);
    }

    /** True where the other block is in this one. */
    public boolean contains(AddressBlock other) {
        return other.length >= length && other.widened(length).equals(this);
    }

    /** The block of this many shared bits that this one is in. */
    AddressBlock widened(int bits) {
        long highMask = bits >= Long.SIZE ? -1L : bits == 0 ? 0 : -1L << (Long.SIZE - bits);
        long lowMask = bits >= BITS ? -1L : bits <= Long.SIZE ? 0 : -1L << (BITS - bits);
        return new AddressBlock(high & highMask, low & lowMask, bits);
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static int number(String text, int from) {
        if (from >= text.length() || text.length() - from > 3) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
