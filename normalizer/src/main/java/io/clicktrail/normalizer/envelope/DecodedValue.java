package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.text.Lines;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value as UTF-8, without the framing before any record: Kafka Connect's five bytes (a zero and a schema
 * id) and byte order marks. UTF-16 is transcoded; bytes that are no UTF-8 are read as Windows-1252, since a wrong
 * letter in one field is no reason to lose an event.
 *
 * @param bytes UTF-8; the value itself wherever possible
 * @param from where the first record begins or the blanks before it
 * @param isAscii whether all of them from there on are known to be ASCII
 * @param isReplaced whether bytes had to be replaced
 */
@SuppressWarnings("ArrayRecordComponent")
public record DecodedValue(byte[] bytes, int from, boolean isAscii, boolean isReplaced) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int CONNECT_FRAME = 5;

    public static DecodedValue of(byte[] value) {
        int from = isFramed(value) ? CONNECT_FRAME : 0;
        Charset wide = wideCharset(value, from);
        if (wide != null) {
            String text = new String(value, from, value.length - from, wide);
            return new DecodedValue(
                    text.getBytes(StandardCharsets.UTF_8), text.startsWith("\uFEFF") ? 3 : 0, false, false);
        }
        if (hasMark(value, from, 0xEF, 0xBB) && (value[from + 2] & 255) == 0xBF) {
            from += 3;
        }
        boolean isAscii = isAscii(value, from);
        if (isAscii || isUtf8(value, from)) {
            return new DecodedValue(value, from, isAscii, false);
        }
        return new DecodedValue(
                replaced(ByteBuffer.wrap(value, from, value.length - from)).getBytes(StandardCharsets.UTF_8),
                0,
                false,
                true);
    }

    /** Bytes that are no UTF-8 are taken for Windows-1252, which devices of one language write beside it. */
    private static String replaced(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        while (true) {
            CoderResult result = decoder.decode(bytes, text, true);
            if (result.isUnderflow()) {
                return text.flip().toString();
            }
            int end = bytes.position() + result.length();
            while (bytes.position() < end) {
                text.put(WINDOWS_1252.decode(bytes.slice(bytes.position(), 1)).get());
                bytes.position(bytes.position() + 1);
            }
            decoder.reset();
        }
    }

    private static boolean isFramed(byte[] value) {
        return value.length > CONNECT_FRAME
                && value[0] == 0
                && (value[CONNECT_FRAME] == '{'
                        || value[CONNECT_FRAME] == '['
                        || value[CONNECT_FRAME] == '"'
                        || value[CONNECT_FRAME] == '<');
    }

    private static @Nullable Charset wideCharset(byte[] value, int from) {
        if (value.length - from < 4) {
            return null;
        }
        if (hasMark(value, from, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (hasMark(value, from, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        boolean isLittle = value[from] != 0 && value[from + 1] == 0 && value[from + 2] != 0 && value[from + 3] == 0;
        return isLittle && !Lines.isBlank(value[from]) ? StandardCharsets.UTF_16LE : null;
    }

    private static boolean hasMark(byte[] value, int from, int first, int second) {
        return value.length - from >= 3 && (value[from] & 255) == first && (value[from + 1] & 255) == second;
    }

    private static boolean isAscii(byte[] value, int from) {
        long high = 0;
        int at = from;
        for (; at <= value.length - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            high |= word(value, at)
                    | word(value, at + Long.BYTES)
                    | word(value, at + 2 * Long.BYTES)
                    | word(value, at + 3 * Long.BYTES);
        }
        for (; at < value.length; at++) {
            high |= value[at];
        }
        return (high & HIGH_BITS) == 0;
    }

    private static long word(byte[] value, int at) {
        return (long) LONGS.get(value, at);
    }

    private static boolean isUtf8(byte[] value, int from) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value, from, value.length - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
