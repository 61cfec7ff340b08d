package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * rsyslog's way of putting a record of several lines on one: {@code #012} for a line feed, {@code #015} for a carriage
 * return, {@code #011} for a tab. Undone only in XML, whose records are the ones with several lines, since a URL
 * elsewhere may hold the same signs.
 */
public final class SyslogEscapes {

    private static final int LENGTH = 4;

    private SyslogEscapes() {}

    /** The record as it was, or null where there is nothing to undo. */
    public static @Nullable Span undo(Span body) {
        byte[] bytes = body.bytes();
        if (body.length() == 0 || bytes[body.from()] != '<' || Lines.find(bytes, body.from(), body.to(), "#01") < 0) {
            return null;
        }
        byte[] plain = new byte[body.length()];
        int length = 0;
        int at = body.from();
        while (at < body.to()) {
            byte escaped = escaped(bytes, at, body.to());
            plain[length++] = escaped == 0 ? bytes[at] : escaped;
            at += escaped == 0 ? 1 : LENGTH;
        }
        return new Span(Arrays.copyOf(plain, length), 0, length);
    }

    private static byte escaped(byte[] bytes, int at, int to) {
        if (!Lines.startsWith(bytes, at, to, "#01") || to - at < LENGTH) {
            return 0;
        }
        return switch (bytes[at + 3]) {
            case '1' -> '\t';
            case '2' -> '\n';
            case '5' -> '\r';
            default -> 0;
        };
    }
}
