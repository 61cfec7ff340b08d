package io.clicktrail.alerter.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Defangs links in prose: {@code https://evil.top/a.b} becomes {@code hxxps://evil[.]top/a.b}.
 *
 * <p>Besides text with a scheme it defangs the names and addresses of the case, also in {@code mshta evil.top/x}. File
 * names keep their dots.
 */
public final class Defanger {

    private static final int MAX_NAME = 253;
    private static final int MAX_NAMES = 8;

    private final List<String> names;

    /** A defanger for a case. @param names names and addresses to take the dots out of; the first 8 count */
    public Defanger(Collection<String> names) {
        this.names = names.stream()
                .filter(name -> name.indexOf('.') > 0 && name.length() <= MAX_NAME)
                .distinct()
                .limit(MAX_NAMES)
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** A name or an address with its dots in brackets, once each. */
    public static String host(String name) {
        return name.replace("[.]", ".").replace(".", "[.]");
    }

    /** Any text with its links and known names defanged. Applying it twice changes nothing more. */
    public String prose(String text) {
        String out = schemes(text);
        for (String name : names) {
            out = replaceName(out, name);
        }
        return replaceName(out, "www.");
    }

    private static String schemes(String text) {
        int sign = text.indexOf("://");
        if (sign < 0) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        int done = 0;
        while (sign >= 0) {
            int start = sign;
            while (start > done && schemeCharacter(text.charAt(start - 1))) {
                start--;
            }
            out.append(text, done, start).append(defangedScheme(text.substring(start, sign)));
            int end = authorityEnd(text, sign + 3);
            out.append(host(text.substring(sign + 3, end)));
            done = end;
            sign = text.indexOf("://", done);
        }
        return out.append(text, done, text.length()).toString();
    }

    private static String defangedScheme(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> "hxxp://";
            case "https" -> "hxxps://";
            case "ftp" -> "fxp://";
            case "hxxp", "hxxps", "fxp" -> scheme + "://";
            default -> scheme + "[:]//";
        };
    }

    private static boolean schemeCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
    }

    private static int authorityEnd(String text, int from) {
        int at = from;
        while (at < text.length() && authorityCharacter(text.charAt(at)) && !text.startsWith("://", at)) {
            at++;
        }
        return at;
    }

    private static boolean authorityCharacter(char c) {
        return Character.isLetterOrDigit(c) || ".-_~%:@[]".indexOf(c) >= 0 || c >= 0x80;
    }

    private static String replaceName(String text, String name) {
        int at = find(text, name, 0);
        if (at < 0) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        int done = 0;
        while (at >= 0) {
            out.append(text, done, at).append(host(text.substring(at, at + name.length())));
            done = at + name.length();
            at = find(text, name, done);
        }
        return out.append(text, done, text.length()).toString();
    }

    private static int find(String text, String name, int from) {
        char small = Character.toLowerCase(name.charAt(0));
        char large = Character.toUpperCase(small);
        for (int at = from; at <= text.length() - name.length(); at++) {
            char c = text.charAt(at);
            if ((c == small || c == large || c >= 0x80) && text.regionMatches(true, at, name, 0, name.length())) {
                return at;
            }
        }
        return -1;
    }
}
