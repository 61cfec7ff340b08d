package io.clicktrail.normalizer.web;

/** Percent escapes in account names: {@code CORP%5cada}, {@code Road%20Warrior}. */
final class Percent {

    private Percent() {}

    /** The text with its escapes of ASCII characters undone, once. */
    static String decoded(String text) {
        int at = text.indexOf('%');
        if (at < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (; at >= 0; at = text.indexOf('%', at + 1)) {
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 8) : -1;
            int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
            int character = high * 16 + low;
            if (high >= 2 && low >= 0 && character < 0x7f) {
                plain.append(text, from, at).append((char) character);
                from = at + 3;
                at += 2;
            }
        }
        return plain.append(text, from, text.length()).toString();
    }
}
