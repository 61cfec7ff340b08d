package io.clicktrail.normalizer.mail;

import java.util.ArrayList;
import java.util.List;

/** Mail addresses of a text: {@code a@x.example, "B" <b@x.example>}. */
final class MailAddresses {

    private static final int MAX_ADDRESSES = 256;

    private MailAddresses() {}

    /** The bare addresses, in order; the text itself where it holds none. */
    static List<String> of(String text) {
        List<String> addresses = new ArrayList<>(2);
        int from = 0;
        for (int at = 0; at <= text.length() && addresses.size() < MAX_ADDRESSES; at++) {
            if (at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ';') {
                String address = bare(text.substring(from, at));
                if (address.indexOf('@') > 0) {
                    addresses.add(address);
                }
                from = at + 1;
            }
        }
        return addresses.isEmpty() ? List.of(bare(text)) : addresses;
    }

    /** The address of {@code "Ada" <ada@x.example>}. */
    static String bare(String text) {
        int open = text.lastIndexOf('<');
        int close = text.indexOf('>', open + 1);
        return open >= 0 && close > open + 1 ? text.substring(open + 1, close).strip() : text.strip();
    }
}
