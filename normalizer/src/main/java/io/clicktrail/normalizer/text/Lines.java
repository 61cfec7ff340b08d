package io.clicktrail.normalizer.text;

/** Finds ends of lines and ASCII texts in bytes without decoding them. */
public final class Lines {

    private Lines() {}

    /** The end of the line that {@code from} is in, without its line break. */
    public static int end(byte[] bytes, int from, int to) {
        int end = Swar.indexOf(bytes, from, to, '\n');
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /**
     * The end of the line that a text begins with, or of its first {@code most} bytes where it is longer: how far a
     * signature may look.
     */
    public static int headEnd(Span text, int most) {
        return end(text.bytes(), text.from(), Math.min(text.to(), text.from() + most));
    }

    /**
     * The first place of an ASCII text within the first {@code most} bytes of a text and before its first line break,
     * or -1.
     */
    public static int findInHead(Span text, int most, String ascii) {
        int found = find(text.bytes(), text.from(), Math.min(text.to(), text.from() + most), ascii);
        return found < 0 || found + ascii.length() > headEnd(text, most) ? -1 : found;
    }

    /** Whether the byte may separate records: white space, or the NUL that agents in C leave behind. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0;
    }

    /** The first place from {@code from} on that is not blank. */
    public static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    public static boolean startsWith(byte[] bytes, int from, int to, String ascii) {
        if (to - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first place of an ASCII text, or -1. */
    public static int find(byte[] bytes, int from, int to, String ascii) {
        if (ascii.length() == 1) {
            int at = Swar.indexOf(bytes, from, to, ascii.charAt(0));
            return at < to ? at : -1;
        }
        int last = to - ascii.length();
        for (int at = from; at <= last; at++) {
            at = Swar.indexOfPair(bytes, at, to, ascii.charAt(0), ascii.charAt(1));
            if (at <= last && startsWith(bytes, at, to, ascii)) {
                return at;
            }
        }
        return -1;
    }
}
