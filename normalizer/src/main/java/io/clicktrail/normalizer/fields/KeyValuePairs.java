package io.clicktrail.normalizer.fields;

/**
 * Texts of keys with values, such as {@code srcip=10.1.2.17 user="CORP\\ada"}. A quoted value ends at the next quote
 * without a backslash; a plain one at the separator. A backslash counts only before a quote, a backslash, an equals
 * sign, a bar or a bracket, so that {@code CORP\ada} stays what it is. What is no pair is skipped.
 *
 * @param separator what separates two pairs
 * @param assign what separates key and value
 * @param isPlain whether quotes and backslashes are characters like others
 */
public record KeyValuePairs(char separator, char assign, boolean isPlain) {

    private static final int MAX_PAIRS = 2048;
    private static final String ESCAPABLE = "\"\\=|]";

    public KeyValuePairs(char separator, char assign) {
        this(separator, assign, false);
    }

    /** Takes the values of wanted keys into their slots. */
    public void read(String text, int from, FieldNames names, TextFields into) {
        int at = from;
        for (int pairs = 0; pairs < MAX_PAIRS; pairs++) {
            while (at < text.length() && (text.charAt(at) == separator || text.charAt(at) == ' ')) {
                at++;
            }
            int equals = assignment(text, at);
            if (equals < 0) {
                return;
            }
            if (text.charAt(equals) == separator) {
                at = equals + 1;
                continue;
            }
            at = value(text, equals + 1, names.find(text, at, equals), into);
        }
    }

    /**
     * The place of the sign after the key that begins at {@code from}, or of the separator where there is no key; -1
     * at the end.
     */
    private int assignment(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == assign || c == separator) {
                return at;
            }
        }
        return -1;
    }

    /** Reads the value that begins at a place; where it ends. */
    private int value(String text, int from, int slot, TextFields into) {
        if (isPlain) {
            int stop = text.indexOf(separator, from);
            int end = stop < 0 ? text.length() : stop;
            into.take(slot, text, from, end);
            return end;
        }
        int at = from;
        while (separator != ' ' && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            int close = end(text, at + 1, '"');
            take(text, at + 1, close, slot, into);
            return Math.min(close + 1, text.length());
        }
        int end = end(text, at, separator);
        int last = end;
        while (last > at && text.charAt(last - 1) == ' ') {
            last--;
        }
        take(text, at, last, slot, into);
        return end;
    }

    private static int end(String text, int from, char stop) {
        int at = from;
        while (at < text.length() && text.charAt(at) != stop) {
            boolean escapes =
                    text.charAt(at) == '\\' && at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0;
            at += escapes ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static void take(String text, int from, int to, int slot, TextFields into) {
        if (slot == FieldNames.NONE) {
            return;
        }
        if (text.indexOf('\\', from, to) < 0) {
            into.take(slot, text, from, to);
            return;
        }
        StringBuilder plain = new StringBuilder(to - from);
        for (int at = from; at < to; at++) {
            boolean escapes = text.charAt(at) == '\\' && at + 1 < to && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0;
            at += escapes ? 1 : 0;
            plain.append(text.charAt(at));
        }
        into.take(slot, plain.toString(), 0, plain.length());
    }
}
