package io.clicktrail.normalizer.json;

import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Swar;

/**
 * A cursor over JSON in UTF-8 (RFC 8259): it validates every byte that it passes, and makes text only of what is asked
 * for. Control characters in strings are let through, since agents write them.
 *
 * <p>A string is scanned eight bytes at a time for its closing quote ({@link Swar}); escapes are noted on the way and
 * decoded only if the text is wanted. A value that nobody wants costs one pass over its bytes and no object.
 *
 * <p>Invariant: between two calls the cursor is at the first byte of a value or a name, or after the last byte read.
 * Bounds: nesting by the given depth, so recursion in {@link #skip} is bounded too; a name of 4096 bytes; a number of
 * 1000 digits. Broken JSON ends in a {@link JsonFault} with its position. Cost: linear in the bytes.
 */
public final class JsonScanner {

    private static final int MAX_NAME_BYTES = 4096;
    private static final int MAX_NUMBER_BYTES = 1000;
    private static final int UNICODE_DIGITS = 4;

    /** Whether a byte after a backslash makes an escape with it. */
    private static final boolean[] ENDS_ESCAPE = new boolean[256];

    static {
        for (char escaped : "\"\\/bfnrt".toCharArray()) {
            ENDS_ESCAPE[escaped] = true;
        }
    }

    private final byte[] bytes;
    private final int to;
    private final int maxDepth;
    private final JsonText texts;
    private int at;
    private int depth;
    private int textFrom;
    private int textTo;
    private boolean hasEscapes;

    JsonScanner(byte[] bytes, int from, int to, int maxDepth, JsonText texts) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
        this.maxDepth = maxDepth;
        this.texts = texts;
    }

    /** The position of the cursor. */
    public int at() {
        return at;
    }

    /** The character that comes next, after blanks. */
    public byte peek() {
        while (at < to) {
            byte b = bytes[at];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return b;
            }
            at++;
        }
        throw bad();
    }

    /** Steps into an object or array, which must begin here. */
    public void enter() {
        at++;
        if (++depth > maxDepth) {
            throw new JsonFault(Reason.TOO_DEEP, at);
        }
    }

    /**
     * Moves to the next member or element, or past the end where there is none.
     *
     * @param isFirst whether none was read yet
     * @param end what ends the object or array
     */
    public boolean next(boolean isFirst, char end) {
        byte b = peek();
        if (b == ',' && !isFirst) {
            at++;
            peek();
            return true;
        }
        if (b == end) {
            at++;
            depth--;
            return false;
        }
        if (!isFirst) {
            throw bad();
        }
        return true;
    }

    /** Reads the name of the member that begins here, {@link #textFrom} to {@link #textTo}, up to its value. */
    void name() {
        if (bytes[at] != '"') {
            throw bad();
        }
        string();
        if (textTo - textFrom > MAX_NAME_BYTES) {
            throw new JsonFault(Reason.TOO_LONG, textFrom);
        }
        expect(peek() == ':');
        peek();
    }

    /** Reads the name of the member that begins here up to its value, if it is the one that is expected. */
    boolean isName(JsonPaths.Name expected) {
        if (!expected.isMemberAt(bytes, at, to)) {
            return false;
        }
        at += expected.memberLength();
        peek();
        return true;
    }

    private void expect(boolean isThere) {
        if (!isThere) {
            throw bad();
        }
        at++;
    }

    /** Moves past the value that begins here. */
    public void skip() {
        switch (bytes[at]) {
            case '{' -> {
                enter();
                for (boolean isFirst = true; next(isFirst, '}'); isFirst = false) {
                    name();
                    skip();
                }
            }
            case '[' -> {
                enter();
                for (boolean isFirst = true; next(isFirst, ']'); isFirst = false) {
                    skip();
                }
            }
            default -> scalar();
        }
    }

    /**
     * Moves past the string, number or literal that begins here; it is from {@link #textFrom} to {@link #textTo}.
     */
    public void scalar() {
        if (bytes[at] == '"') {
            string();
            return;
        }
        hasEscapes = false;
        textFrom = at;
        switch (bytes[at]) {
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
        textTo = at;
        if (at < to && !isDelimiter(bytes[at])) {
            throw bad();
        }
    }

    private static boolean isDelimiter(byte b) {
        return b == ',' || b == '}' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void literal(String text) {
        for (int i = 0; i < text.length(); i++, at++) {
            if (at == to || bytes[at] != text.charAt(i)) {
                throw bad();
            }
        }
    }

    private void number() {
        if (bytes[at] == '-') {
            at++;
        }
        int first = at;
        digits();
        if (bytes[first] == '0' && at > first + 1) {
            at = first + 1;
            throw bad();
        }
        if (at < to && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        if (at - textFrom > MAX_NUMBER_BYTES) {
            throw new JsonFault(Reason.TOO_LONG, textFrom);
        }
    }

    private void digits() {
        int from = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw bad();
        }
    }

    /** Moves past the string that begins here; it is from {@link #textFrom} to {@link #textTo}. */
    void string() {
        int from = at + 1;
        int end = Swar.indexOfEither(bytes, from, to, '"', '\\');
        boolean escapes = false;
        while (end < to && bytes[end] == '\\') {
            escapes = true;
            end = Swar.indexOfEither(bytes, behindEscape(end), to, '"', '\\');
        }
        at = end;
        expect(end < to);
        textFrom = from;
        textTo = end;
        hasEscapes = escapes;
    }

    /** The place after the escape that a backslash begins. */
    private int behindEscape(int backslash) {
        int next = backslash + 1;
        return next < to && ENDS_ESCAPE[bytes[next] & 255] ? next + 1 : behindUnicode(next);
    }

    private int behindUnicode(int from) {
        at = from;
        expect(at < to && bytes[at] == 'u');
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            expect(at < to && Character.digit(bytes[at], 16) >= 0);
        }
        return at;
    }

    private JsonFault bad() {
        return new JsonFault(Reason.BAD_JSON, at);
    }

    /** Whether the value that begins here is {@code null}. */
    boolean isNull() {
        return bytes[at] == 'n';
    }

    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    boolean hasEscapes() {
        return hasEscapes;
    }

    /** The text of the name or value that was read last. */
    public String text() {
        return texts.of(bytes, textFrom, textTo, hasEscapes);
    }
}
