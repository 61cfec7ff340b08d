package io.clicktrail.normalizer.event;

import org.jspecify.annotations.Nullable;

/** IP addresses in canonical text: dotted IPv4, RFC 5952 IPv6, IPv4-mapped IPv6 as IPv4, no zone, no brackets. */
public final class IpAddresses {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private IpAddresses() {}

    /**
     * The canonical text, or null where the text is no address or the unspecified one ({@code 0.0.0.0}, {@code ::}).
     */
    public static @Nullable String canonical(@Nullable String text) {
        if (text == null || text.length() < 2 || text.length() > 64) {
            return null;
        }
        String plain = bare(text);
        if (plain.indexOf(':') >= 0) {
            return ipv6(plain);
        }
        return isIpv4(plain, 0) && !plain.equals("0.0.0.0") ? plain : null;
    }

    private static String bare(String text) {
        String plain = text;
        if (plain.charAt(0) == '[') {
            int close = plain.indexOf(']');
            plain = close < 0 ? plain : plain.substring(1, close);
        }
        int zone = plain.indexOf('%');
        return zone < 0 ? plain : plain.substring(0, zone);
    }

    private static boolean isIpv4(String text, int from) {
        int parts = 0;
        int value = -1;
        int start = from;
        for (int i = from; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || (text.charAt(start) == '0' && i - start > 1) || ++parts > 4) {
                    return false;
                }
                value = -1;
                start = i + 1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return parts == 4;
    }

    private static @Nullable String ipv6(String text) {
        int[] words = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        } else if (text.charAt(0) == ':') {
            return null;
        }
        while (i < text.length()) {
            if (count == 8) {
                return null;
            }
            int colon = text.indexOf(':', i);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', i) >= 0) {
                if (count > 6 || !isIpv4(text, i)) {
                    return null;
                }
                long v4 = ipv4Bits(text, i);
                words[count++] = (int) (v4 >>> 16);
                words[count++] = (int) (v4 & 0xffff);
                break;
            }
            int word = word(text, i, end);
            if (word < 0) {
                return null;
            }
            words[count++] = word;
            i = end;
            if (i < text.length()) {
                i++;
                if (i == text.length()) {
                    return null;
                }
                if (text.charAt(i) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    i++;
                }
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        if (gap >= 0) {
            int tail = count - gap;
            System.arraycopy(words, gap, words, 8 - tail, tail);
            for (int w = gap; w < 8 - tail; w++) {
                words[w] = 0;
            }
        }
        return write(words);
    }

    private static int word(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static long ipv4Bits(String text, int from) {
        long bits = 0;
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '.') {
                bits = bits << 8 | value;
                value = 0;
            } else {
                value = value * 10 + (text.charAt(i) - '0');
            }
        }
        return bits << 8 | value;
    }

    private static @Nullable String write(int[] words) {
        int zeros = 0;
        while (zeros < 8 && words[zeros] == 0) {
            zeros++;
        }
        if (zeros == 8) {
            return null;
        }
        if (zeros == 5 && words[5] == 0xffff) {
            return mapped(words[6], words[7]);
        }
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && words[run] == 0) {
                run++;
            }
            if (run - i > length) {
                from = i;
                length = run - i;
            }
            i = Math.max(i, run - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != from + length) {
                text.append(':');
            }
            hex(text, words[i]);
        }
        return text.toString();
    }

    private static @Nullable String mapped(int high, int low) {
        if ((high | low) == 0) {
            return null;
        }
        return (high >> 8) + "." + (high & 255) + "." + (low >> 8) + "." + (low & 255);
    }

    private static void hex(StringBuilder text, int word) {
        int shift = word > 0xfff ? 12 : word > 0xff ? 8 : word > 0xf ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            text.append(HEX[word >> shift & 15]);
        }
    }
}
