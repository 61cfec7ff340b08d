package io.clicktrail.normalizer.text;

/**
 * A run of bytes in a raw value; the bytes are shared, not copied, and must not be changed.
 *
 * @param bytes the value
 * @param from the first byte
 * @param to the byte after the last
 */
@SuppressWarnings("ArrayRecordComponent")
public record Span(byte[] bytes, int from, int to) {

    public int length() {
        return to - from;
    }
}
