package io.clicktrail.alerter.render;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Valid values of STIX observables: logs have URLs and senders that no RFC allows. */
final class StixText {

    /** Bytes by which percent encoding may lengthen a URL, so that a bundle keeps its bound. */
    private static final int MAX_GROWTH = 512;

    private static final int MAX_LABEL = 63;
    private static final int MAX_HOST = 253;
    private static final int MAX_LOCAL_PART = 64;
    private static final String URI_MARKS = "-._~:/?@!$&'()*+,;=";
    private static final String MAILBOX_MARKS = "!#$%&'*+-/=?^_`{|}~.";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private StixText() {}

    /**
     * A URL by RFC 3986: characters that it does not allow are percent-encoded.
     *
     * @return null where the result is no absolute URI, or would grow by more than 512 bytes
     */
    static @Nullable String uri(String url) {
        int fragment = url.indexOf('#');
        int path = path(url);
        var uri = new StringBuilder(url.length());
        int growth = 0;
        for (int at = 0; at < url.length() && growth <= MAX_GROWTH; ) {
            int point = url.codePointAt(at);
            boolean kept = switch (point) {
                case '%' -> isHex(url, at + 1) && isHex(url, at + 2);
                case '#' -> at == fragment;
                case '[', ']' -> at < path;
                default -> isLetterOrDigit(point) || URI_MARKS.indexOf(point) >= 0;
            };
            if (kept) {
                uri.appendCodePoint(point);
            } else {
                byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                for (byte octet : bytes) {
                    uri.append('%').append(HEX.toHexDigits(octet));
                }
                growth += 2 * bytes.length;
            }
            at += Character.charCount(point);
        }
        return growth <= MAX_GROWTH && isAbsolute(uri.toString()) ? uri.toString() : null;
    }

    /** True for an addr-spec of RFC 5322 without quotes and literals. */
    static boolean isMailbox(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at > MAX_LOCAL_PART || text.charAt(0) == '.' || text.charAt(at - 1) == '.') {
            return false;
        }
        for (int of = 0; of < at; of++) {
            char c = text.charAt(of);
            if (!isLetterOrDigit(c) && MAILBOX_MARKS.indexOf(c) < 0 || c == '.' && text.charAt(of + 1) == '.') {
                return false;
            }
        }
        return isHost(text.substring(at + 1).toLowerCase(Locale.ROOT));
    }

    /** True for labels of lower case letters, digits and inner dashes. */
    static boolean isHost(String text) {
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || text.charAt(at) == '.') {
                if (at == start || at - start > MAX_LABEL || text.charAt(start) == '-' || text.charAt(at - 1) == '-') {
                    return false;
                }
                start = at + 1;
            } else if (!isLetterOrDigit(text.charAt(at)) && text.charAt(at) != '-') {
                return false;
            }
        }
        return text.length() <= MAX_HOST;
    }

    /** End of the authority of a URL; brackets of an address are allowed only before it. */
    private static int path(String url) {
        int authority = url.indexOf("://");
        if (authority < 0) {
            return 0;
        }
        int at = authority + 3;
        while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isAbsolute(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && HexFormat.isHexDigit(text.charAt(at));
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
