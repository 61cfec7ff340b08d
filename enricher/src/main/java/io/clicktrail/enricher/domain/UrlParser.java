package io.clicktrail.enricher.domain;

import com.ibm.icu.text.IDNA;
import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.FileNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs and host names as browsers do (WHATWG URL), and marks what is odd about them. okhttp takes the URL apart;
 * the forms of addresses that it leaves as text are read by {@link AddressScopes}.
 */
public final class UrlParser {

    /** Longer URLs are unreadable; browsers stop far earlier for what people click. */
    public static final int MAX_LENGTH = 8192;

    private static final int MAX_HOST_LENGTH = 253;
    private static final Set<String> WEB_SCHEMES = Set.of("http", "https", "ws", "wss", "ftp");
    private static final IDNA NAMES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI);

    private final Extensions extensions;

    public UrlParser(Extensions extensions) {
        this.extensions = extensions;
    }

    /** Reads a URL. */
    public UrlParseResult parse(String given) {
        if (given.length() > MAX_LENGTH) {
            return new UrlParseResult.Unreadable("longer than " + MAX_LENGTH + " characters");
        }
        String text = clean(given);
        int colon = schemeEnd(text);
        if (colon < 0) {
            return new UrlParseResult.Unreadable("no scheme");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!WEB_SCHEMES.contains(scheme)) {
            return new UrlParseResult.OtherScheme(scheme);
        }
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        HttpUrl parts = HttpUrl.parse((secure ? "https" : "http") + text.substring(colon));
        if (parts == null) {
            return new UrlParseResult.Unreadable("no host that a browser would go to");
        }
        String host = withoutTrailingDot(parts.host());
        String address = AddressScopes.canonical(host);
        if (address == null && !isName(host)) {
            return new UrlParseResult.Unreadable("no host that a browser would go to");
        }
        var signs = EnumSet.noneOf(UrlSign.class);
        signsOfAuthority(text, colon + 1, host, address, signs);
        int usual = scheme.equals("ftp") ? 21 : secure ? 443 : 80;
        if (parts.port() != usual && !(scheme.equals("ftp") && parts.port() == 80)) {
            signs.add(UrlSign.ODD_PORT);
        }
        signsOfPath(parts.pathSegments(), host, signs);
        return new ParsedUrl(
                given, scheme, address == null ? host : address, address != null, parts.pathSegments(), signs, parts);
    }

    /**
     * The host of an http or https URL that is written in lower case without user, port or escapes; null of any other.
     */
    static @Nullable String plainHost(String url) {
        int from = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
        if (from < 0) {
            return null;
        }
        int end = from;
        while (end < url.length() && isPlain(url.charAt(end))) {
            end++;
        }
        boolean ends = end == url.length() || "/?#".indexOf(url.charAt(end)) >= 0;
        String host = url.substring(from, end);
        return ends && url.length() <= MAX_LENGTH && isName(host) ? host : null;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
    }

    /** A host name or address outside a URL in canonical form; null where it is neither. */
    public static @Nullable String canonicalHost(String given) {
        String host = withoutTrailingDot(given.strip());
        if (host.length() > 2 && host.charAt(0) == '[' && host.charAt(host.length() - 1) == ']') {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH) {
            return null;
        }
        String address = AddressScopes.canonical(host);
        if (address != null) {
            return address;
        }
        String name = isLowerAscii(host) ? host : toAscii(host);
        return name != null && isName(name) ? name : null;
    }

    private static @Nullable String toAscii(String host) {
        var info = new IDNA.Info();
        var ascii = NAMES.nameToASCII(host, new StringBuilder(), info);
        return info.hasErrors() && !isAscii(host) ? null : ascii.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isName(String host) {
        if (host.isEmpty() || host.length() > MAX_HOST_LENGTH || AddressScopes.looksLikeAddress(host)) {
            return false;
        }
        int labelLength = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (labelLength == 0) {
                    return false;
                }
                labelLength = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                if (++labelLength > 63) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return labelLength > 0;
    }

    private static void signsOfAuthority(
            String text, int from, String host, @Nullable String address, Set<UrlSign> signs) {
        int start = from;
        while (start < text.length() && (text.charAt(start) == '/' || text.charAt(start) == '\\')) {
            start++;
        }
        int end = start;
        while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(start, end);
        int at = authority.lastIndexOf('@');
        String shown = authority.substring(at + 1);
        if (at >= 0) {
            signs.add(authority.lastIndexOf('.', at) >= 0 ? UrlSign.MISLEADING_AUTHORITY : UrlSign.USERINFO);
        }
        int query = indexOfAny(text, "?#", from);
        if (text.substring(from, query).indexOf('\\') >= 0) {
            signs.add(UrlSign.MISLEADING_AUTHORITY);
        }
        if (shown.indexOf('%') >= 0 || !isAscii(shown) && !host.contains("xn--")) {
            signs.add(UrlSign.ENCODED_HOST);
        }
        if (address != null) {
            signs.add(isShownPlainly(shown, address) ? UrlSign.ADDRESS_LITERAL : UrlSign.OBFUSCATED_ADDRESS);
        }
    }

    /** True where the text between userinfo and path is the address as anybody would write it. */
    private static boolean isShownPlainly(String shown, String address) {
        String bare = shown;
        if (bare.startsWith("[")) {
            int close = bare.indexOf(']');
            bare = close < 0 ? bare : bare.substring(1, close);
            return bare.indexOf('.') < 0 && address.indexOf(':') >= 0;
        }
        int port = bare.lastIndexOf(':');
        return withoutTrailingDot(port < 0 ? bare : bare.substring(0, port)).equals(address);
    }

    private void signsOfPath(List<String> path, String host, Set<UrlSign> signs) {
        String last = path.getLast();
        if (FileNames.isDeceptive(last, extensions)) {
            signs.add(UrlSign.DOUBLE_EXTENSION);
        }
        String extension = FileNames.extension(last);
        if (extension != null && extensions.isDownloadRisk(extension)) {
            signs.add(UrlSign.RISKY_EXTENSION);
        }
        if (extension != null && (host.endsWith(".zip") || host.endsWith(".mov"))) {
            signs.add(UrlSign.SUFFIX_LIKE_FILE);
        }
    }

    /** Strips what WHATWG strips: controls and blanks at both ends, TAB, CR and LF everywhere. */
    private static String clean(String given) {
        int from = 0;
        int to = given.length();
        while (from < to && given.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && given.charAt(to - 1) <= ' ') {
            to--;
        }
        boolean dirty = false;
        for (int i = from; i < to && !dirty; i++) {
            char c = given.charAt(i);
            dirty = c == '\t' || c == '\r' || c == '\n';
        }
        String text = given.substring(from, to);
        return dirty ? text.replace("\t", "").replace("\r", "").replace("\n", "") : text;
    }

    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    private static int indexOfAny(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String withoutTrailingDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static boolean isLowerAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
