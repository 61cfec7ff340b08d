package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.event.Arguments;
import io.clicktrail.normalizer.event.Mailboxes;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.SignatureStatuses;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The encodings of a source's text that a mapping file can name with {@code decode}. */
enum Decoding {
    /** As it is. */
    PLAIN,
    /** The labels of a domain name, each with its length before it: {@code (3)bad(7)example(0)}. */
    LABELS,
    /** Mail addresses with commas or semicolons between them, with or without names. */
    MAILBOXES,
    /** A list of arguments in Base64, which make one command line. */
    ARGUMENTS,
    /** A list of arguments, which make one command line. */
    COMMAND,
    /** Bytes in Base64, which become hex; absent where they are none. */
    HEX,
    /** The flags of a code signature on macOS, which become the status that they say. */
    CODESIGNING;

    List<String> decode(String text) {
        return switch (this) {
            case PLAIN, ARGUMENTS, COMMAND -> List.of(text);
            case LABELS -> List.of(labels(text));
            case MAILBOXES -> Mailboxes.listed(text);
            case HEX -> hex(text);
            case CODESIGNING ->
                List.of(SignatureStatuses.ofAppleFlags(Numbers.whole(text)).name());
        };
    }

    /** The texts of a list: of arguments one line of all of them, an argument that is no Base64 as it is. */
    List<String> together(List<String> texts) {
        String line = this == ARGUMENTS || this == COMMAND
                ? Arguments.join(
                        this == COMMAND
                                ? texts
                                : texts.stream().map(Decoding::base64).toList())
                : null;
        return line == null ? texts : List.of(line);
    }

    private static String base64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static List<String> hex(String text) {
        try {
            return List.of(HexFormat.of().formatHex(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
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
