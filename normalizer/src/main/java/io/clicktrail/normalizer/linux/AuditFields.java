package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.Placeholders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one audit record: {@code key=value} with blanks between them, nested ones ({@code msg='..'}, {@code
 * SADDR={..}}) flattened, the enriched ones after the byte 0x1D under their upper-case names. Of a name that occurs
 * twice the first one holds.
 *
 * <p>The kernel writes a text that users choose in quotes, or, where it holds a quote, a blank, a control character or
 * a byte beyond ASCII, as upper-case hex without quotes (audit_log_untrustedstring in kernel/audit.c).
 */
final class AuditFields {

    private static final int MAX_FIELDS = 4096;

    private final Map<String, String> raw = new HashMap<>(32);

    static AuditFields of(String body) {
        AuditFields fields = new AuditFields();
        int at = 0;
        while (at < body.length() && fields.raw.size() < MAX_FIELDS) {
            at = fields.next(body, at);
        }
        return fields;
    }

    /** The value as written, quotes included. */
    @Nullable
    String raw(String name) {
        return raw.get(name);
    }

    Map<String, String> all() {
        return raw;
    }

    /** A value that is never encoded: without quotes, absent where it means nothing. */
    @Nullable
    String plain(String name) {
        String value = raw.get(name);
        return value == null || value.equals("?") ? null : Placeholders.absent(unquoted(value));
    }

    /** A text that users choose, decoded. */
    @Nullable
    String text(String name) {
        String value = raw.get(name);
        return value == null ? null : decode(value);
    }

    @Nullable
    Long number(String name) {
        return Numbers.whole(raw.get(name));
    }

    /** A text that users choose; null where it means nothing. */
    static @Nullable String decode(String value) {
        if (isQuoted(value)) {
            return unquoted(value);
        }
        if (value.equals("?") || Placeholders.absent(value) == null) {
            return null;
        }
        byte[] bytes = hex(value);
        return bytes == null || !needsHex(bytes) ? value : new String(bytes, StandardCharsets.UTF_8);
    }

    static boolean isQuoted(String value) {
        return value.length() >= 2 && value.charAt(0) == '"' && value.charAt(value.length() - 1) == '"';
    }

    static String unquoted(String value) {
        return isQuoted(value) ? value.substring(1, value.length() - 1) : value;
    }

    /** The bytes of upper-case hex, or null where it is none. */
    static byte @Nullable [] hex(String value) {
        int length = value.length();
        if (length < 2 || (length & 1) == 1) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 2);
        for (int i = 0; i < length; i += 2) {
            int high = digit(value.charAt(i));
            int low = digit(value.charAt(i + 1));
            if ((high | low) < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
        }
        return bytes.toByteArray();
    }

    private static int digit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private static boolean needsHex(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x21 || b > 0x7e || b == '"') {
                return true;
            }
        }
        return false;
    }

    /** Reads the field that begins at a place or after it; where the next one may begin. */
    private int next(String body, int from) {
        int at = from;
        while (at < body.length() && isDivider(body.charAt(at))) {
            at++;
        }
        int name = at;
        while (at < body.length() && body.charAt(at) != '=' && !isDivider(body.charAt(at))) {
            at++;
        }
        if (at >= body.length() || body.charAt(at) != '=' || at == name) {
            return at + 1;
        }
        int value = at + 1;
        if (value < body.length() && (body.charAt(value) == '\'' || body.charAt(value) == '{')) {
            return value + 1;
        }
        int end = valueEnd(body, value);
        raw.putIfAbsent(body.substring(name, at), body.substring(value, end));
        return end;
    }

    private static int valueEnd(String body, int from) {
        if (from < body.length() && body.charAt(from) == '"') {
            int close = body.indexOf('"', from + 1);
            return close < 0 ? body.length() : close + 1;
        }
        if (body.startsWith("(null)", from) || body.startsWith("(none)", from)) {
            return from + 6;
        }
        int end = from;
        while (end < body.length() && !isDivider(body.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDivider(char c) {
        return c > '\'' ? c == '}' : c == ' ' || c == '\'' || c == 0x1D || c == '\t' || c == '\n' || c == '\r';
    }
}
