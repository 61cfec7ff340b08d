package io.clicktrail.enricher.intel;

import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all sources say of one value, as bytes: type, value, and for each source its name, confidence, threat, times and
 * reference.
 *
 * <p>Numbers are varints. Names and threats are numbers of a {@link Dictionary}, hashes are binary. A reference is the
 * number of a template, in which the value, or else the last number, is a placeholder: the references of a feed differ
 * in that alone. What a dictionary has no room for is written out. A usual indicator takes 60 to 100 bytes.
 *
 * <p>One thread encodes, any number decode without a lock.
 */
final class IndicatorBytes {

    private static final int MAX_WORDS = 1 << 16;
    private static final int MAX_WORD = 256;
    private static final int MAX_DIGITS = 18;
    private static final char VALUE = '\u0001';
    private static final char NUMBER = '\u0002';
    private static final int NONE = 0;
    private static final int WRITTEN_OUT = 1;
    private static final int FIRST_NUMBER = 2;
    private static final int FORM_BITS = 2;
    private static final int FORM_MASK = 3;
    private static final int LATIN_1 = 0;
    private static final int UTF_16 = 1;
    private static final int HEX = 2;
    private static final int MIN_HEX = 32;
    private static final int NIBBLE = 4;
    private static final String HEX_DIGITS = "0123456789abcdef";
    private static final IndicatorType[] TYPES = IndicatorType.values();

    private final Dictionary words = new Dictionary(MAX_WORDS, MAX_WORD);
    private final Dictionary templates = new Dictionary(MAX_WORDS, MAX_WORD);

    /** @param listed of one type and value, at least one */
    byte[] encode(Indicator[] listed) {
        var out = new Output();
        String value = listed[0].getValue();
        out.octet(listed[0].getType().ordinal());
        out.text(value);
        for (Indicator indicator : listed) {
            word(out, indicator.getSource());
            out.octet(indicator.getConfidence());
            word(out, indicator.getThreat());
            out.time(indicator.getListed());
            out.time(indicator.getExpires());
            reference(out, indicator.getReference(), value);
        }
        return out.bytes();
    }

    Indicator[] decode(byte[] bytes) {
        var in = new Input(bytes);
        IndicatorType type = TYPES[in.octet()];
        String value = in.text();
        List<Indicator> listed = new ArrayList<>(1);
        while (in.at < bytes.length) {
            String source = word(in);
            listed.add(new Indicator(
                    type,
                    value,
                    source == null ? "" : source,
                    in.octet(),
                    word(in),
                    in.time(),
                    in.time(),
                    reference(in, value)));
        }
        return listed.toArray(Indicator[]::new);
    }

    /** True where the bytes are of this type and value. */
    static boolean isOf(byte[] bytes, IndicatorType type, String value) {
        if (bytes.length == 0 || bytes[0] != type.ordinal()) {
            return false;
        }
        var in = new Input(bytes);
        in.at = 1;
        int head = (int) in.number();
        int length = head >>> FORM_BITS;
        if (length != value.length()) {
            return false;
        }
        int form = head & FORM_MASK;
        for (int i = 0; i < length; i++) {
            if (in.character(form, i) != value.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value that bytes are of. */
    static String valueOf(byte[] bytes) {
        var in = new Input(bytes);
        in.at = 1;
        return in.text();
    }

    /** The type that bytes are of. */
    static IndicatorType typeOf(byte[] bytes) {
        return TYPES[bytes[0]];
    }

    private void word(Output out, @Nullable String text) {
        int number = text == null ? NONE : words.numberOf(text);
        if (text == null) {
            out.number(NONE);
        } else if (number < 0) {
            out.number(WRITTEN_OUT);
            out.text(text);
        } else {
            out.number(FIRST_NUMBER + number);
        }
    }

    private @Nullable String word(Input in) {
        int number = (int) in.number();
        return switch (number) {
            case NONE -> null;
            case WRITTEN_OUT -> in.text();
            default -> words.text(number - FIRST_NUMBER);
        };
    }

    private void reference(Output out, @Nullable String text, String value) {
        if (text == null) {
            out.number(NONE);
            return;
        }
        boolean isPlain = text.indexOf(VALUE) < 0 && text.indexOf(NUMBER) < 0;
        int place = isPlain && !value.isEmpty() ? text.indexOf(value) : -1;
        int end = isPlain && place < 0 ? endOfDigits(text) : 0;
        int start = startOfDigits(text, end);
        String template = place >= 0
                ? text.substring(0, place) + VALUE + text.substring(place + value.length())
                : end > start ? text.substring(0, start) + NUMBER + text.substring(end) : text;
        int number = isPlain ? templates.numberOf(template) : -1;
        if (number < 0) {
            out.number(WRITTEN_OUT);
            out.text(text);
            return;
        }
        out.number(FIRST_NUMBER + number);
        if (end > start) {
            out.number(Long.parseLong(text, start, end, 10));
        }
    }

    private @Nullable String reference(Input in, String value) {
        int number = (int) in.number();
        if (number == NONE) {
            return null;
        }
        if (number == WRITTEN_OUT) {
            return in.text();
        }
        String template = templates.text(number - FIRST_NUMBER);
        int place = template.indexOf(VALUE);
        if (place >= 0) {
            return template.substring(0, place) + value + template.substring(place + 1);
        }
        place = template.indexOf(NUMBER);
        return place < 0 ? template : template.substring(0, place) + in.number() + template.substring(place + 1);
    }

    /** Behind the last digits of a text; 0 where it has none. */
    private static int endOfDigits(String text) {
        int end = text.length();
        while (end > 0 && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** The first of the digits that end there, so that they are a number that is written in one way only. */
    private static int startOfDigits(String text, int end) {
        int start = end;
        while (start > 0 && isDigit(text.charAt(start - 1)) && end - start < MAX_DIGITS) {
            start--;
        }
        while (start < end - 1 && text.charAt(start) == '0') {
            start++;
        }
        return start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static final class Output {

        private byte[] bytes = new byte[128];
        private int length;

        void octet(int value) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) value;
        }

        void number(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                octet((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            octet((int) rest);
        }

        void time(Instant time) {
            long seconds = time.getEpochSecond();
            number(seconds << 1 ^ seconds >> Long.SIZE - 1);
            number(time.getNano());
        }

        void text(String text) {
            int form = formOf(text);
            number((long) text.length() << FORM_BITS | form);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (form) {
                    case HEX -> {
                        if (i % 2 == 1) {
                            octet(HEX_DIGITS.indexOf(text.charAt(i - 1)) << NIBBLE | HEX_DIGITS.indexOf(c));
                        }
                    }
                    case UTF_16 -> {
                        octet(c >>> Byte.SIZE);
                        octet(c);
                    }
                    default -> octet(c);
                }
            }
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, length);
        }

        private static int formOf(String text) {
            boolean isHex = text.length() >= MIN_HEX && text.length() % 2 == 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c > 0xFF) {
                    return UTF_16;
                }
                isHex &= isDigit(c) || c >= 'a' && c <= 'f';
            }
            return isHex ? HEX : LATIN_1;
        }
    }

    private static final class Input {

        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        int octet() {
            return bytes[at++] & 0xFF;
        }

        long number() {
            long value = 0;
            int shift = 0;
            int part = octet();
            while (part > 0x7F) {
                value |= (part & 0x7FL) << shift;
                shift += 7;
                part = octet();
            }
            return value | (long) part << shift;
        }

        Instant time() {
            long coded = number();
            return Instant.ofEpochSecond(coded >>> 1 ^ -(coded & 1), number());
        }

        String text() {
            int head = (int) number();
            int length = head >>> FORM_BITS;
            int form = head & FORM_MASK;
            int start = at;
            return switch (form) {
                case LATIN_1 -> {
                    at += length;
                    yield new String(bytes, start, length, StandardCharsets.ISO_8859_1);
                }
                case UTF_16 -> {
                    at += 2 * length;
                    yield new String(bytes, start, 2 * length, StandardCharsets.UTF_16BE);
                }
                default -> {
                    var text = new char[length];
                    for (int i = 0; i < length; i++) {
                        text[i] = character(HEX, i);
                    }
                    at += length / 2;
                    yield new String(text);
                }
            };
        }

        /** A character of the text that begins here. */
        char character(int form, int index) {
            return switch (form) {
                case LATIN_1 -> (char) (bytes[at + index] & 0xFF);
                case UTF_16 -> (char) ((bytes[at + 2 * index] & 0xFF) << Byte.SIZE | bytes[at + 2 * index + 1] & 0xFF);
                default ->
                    HEX_DIGITS.charAt(
                            index % 2 == 0 ? (bytes[at + index / 2] & 0xFF) >>> NIBBLE : bytes[at + index / 2] & 0xF);
            };
        }
    }
}
