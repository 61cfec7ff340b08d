package io.clicktrail.normalizer.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads bare mail addresses and Message-IDs out of the header fields of a mail; at most {@value #MAX_ADDRESSES} of one
 * field.
 */
public final class Mailboxes {

    private static final int MAX_ADDRESSES = 256;

    private Mailboxes() {}

    /**
     * The address of {@code "Ada" <ada@corp.example>}, {@code <ada@corp.example>} or a bare one; null where it is
     * absent.
     */
    public static @Nullable String address(@Nullable String text) {
        String mailbox = Placeholders.absent(text);
        if (mailbox == null) {
            return null;
        }
        int open = mailbox.lastIndexOf('<');
        int close = mailbox.indexOf('>', open + 1);
        return Placeholders.absent(
                open >= 0 && close > open ? mailbox.substring(open + 1, close).strip() : mailbox.strip());
    }

    /** A Message-ID without the angle brackets and the quotes that some sources keep; null where it is absent. */
    public static @Nullable String messageId(@Nullable String text) {
        String id = within(Placeholders.absent(text), '\'', '\'');
        return Placeholders.absent(within(id, '<', '>'));
    }

    private static @Nullable String within(@Nullable String text, char open, char close) {
        return text != null && text.length() > 2 && text.charAt(0) == open && text.charAt(text.length() - 1) == close
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /**
     * The bare addresses of a text such as {@code a@x.example, "B" <b@x.example>}, in order; the text itself where it
     * holds none.
     */
    public static List<String> listed(String text) {
        List<String> addresses = new ArrayList<>(2);
        int from = 0;
        for (int at = 0; at <= text.length() && addresses.size() < MAX_ADDRESSES; at++) {
            if (at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ';') {
                String address = address(text.substring(from, at));
                if (address != null && address.indexOf('@') > 0) {
                    addresses.add(address);
                }
                from = at + 1;
            }
        }
        String alone = addresses.isEmpty() ? address(text) : null;
        return alone == null ? addresses : List.of(alone);
    }

    /** The addresses of several mailboxes. */
    public static List<String> addresses(List<String> texts) {
        List<String> addresses = new ArrayList<>(texts.size());
        for (String text : texts) {
            String address = address(text);
            if (address != null && !addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }
}
