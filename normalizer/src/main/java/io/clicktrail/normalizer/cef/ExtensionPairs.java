package io.clicktrail.normalizer.cef;

/**
 * CEF's extension: {@code key=value} pairs separated by blanks, where values hold blanks of their own. A value ends
 * before the next word that an unescaped equals sign makes a key; linear in the line, with keys of up to 128
 * characters.
 */
final class ExtensionPairs {

    private ExtensionPairs() {}

    /** Reads {@code key=value} pairs after blanks. */
    static void read(String line, int from, ExtensionValues into) {
        int keyFrom = -1;
        int keyTo = -1;
        for (int at = from; at < line.length(); at++) {
            if (line.charAt(at) != '=' || isEscaped(line, from, at)) {
                continue;
            }
            int key = keyStart(line, from, at);
            if (key < 0) {
                continue;
            }
            if (keyFrom >= 0) {
                into.put(line, keyFrom, keyTo, keyTo + 1, trimmed(line, keyTo + 1, key));
            }
            keyFrom = key;
            keyTo = at;
        }
        if (keyFrom >= 0) {
            into.put(line, keyFrom, keyTo, keyTo + 1, trimmed(line, keyTo + 1, line.length()));
        }
    }

    private static boolean isEscaped(String line, int from, int at) {
        int slashes = 0;
        while (at - slashes - 1 >= from && line.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Where the key begins that ends before an equals sign; -1 where none does. */
    private static int keyStart(String line, int from, int equals) {
        int at = equals;
        while (at > from && isKeyPart(line.charAt(at - 1)) && equals - at < 128) {
            at--;
        }
        return at < equals && (at == from || line.charAt(at - 1) <= ' ') ? at : -1;
    }

    private static boolean isKeyPart(char c) {
        int lower = c | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-'
                || c == '['
                || c == ']';
    }

    private static int trimmed(String line, int from, int to) {
        int end = to;
        while (end > from && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return end;
    }
}
