package io.clicktrail.normalizer.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mail addresses without name and brackets. */
public final class Mailboxes {

    private Mailboxes() {}

    /** The address of {@code "Ada" <ada@corp.example>}, {@code <ada@corp.example>} or a bare one; null where it is absent. */
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
