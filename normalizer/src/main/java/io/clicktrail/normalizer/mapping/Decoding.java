package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.Mailboxes;
import java.util.List;

/** How a text is written. */
enum Decoding {
    /** As it is. */
    PLAIN,
    /** The labels of a domain name, each with its length before it: {@code (3)bad(7)example(0)}. */
    LABELS,
    /** Mail addresses with commas or semicolons between them, with or without names. */
    MAILBOXES;

    List<String> decode(String text) {
        return switch (this) {
            case PLAIN -> List.of(text);
            case LABELS -> List.of(labels(text));
            case MAILBOXES -> Mailboxes.listed(text);
        };
    }

    private static String labels(String text) {
        StringBuilder name = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int close = text.charAt(at) == '(' ? text.indexOf(')', at) : -1;
            int end = close < 0 ? text.length() : text.indexOf('(', close);
            end = end < 0 ? text.length() : end;
            String label = text.substring(close + 1 > at ? close + 1 : at, end);
            name.append(name.isEmpty() || label.isEmpty() ? "" : ".").append(label);
            at = Math.max(end, at + 1);
        }
        return name.toString();
    }
}
