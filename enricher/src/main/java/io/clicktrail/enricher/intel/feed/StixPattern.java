package io.clicktrail.enricher.intel.feed;

import io.clicktrail.enricher.intel.feed.FeedEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of STIX patterns that names things: equality of a URL, name, address or SHA-256, alone or several joined by
 * OR, in one observation or several (STIX 2.1, section 9). A pattern with anything else in it is not read at all, as
 * half of it would say something else.
 */
final class StixPattern {

    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_VALUES = 1_000;

    private final String text;
    private int at;

    private StixPattern(String text) {
        this.text = text;
    }

    static Reading read(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            return new Unread("pattern is longer than " + MAX_LENGTH + " characters");
        }
        return new StixPattern(pattern).observations();
    }

    private Reading observations() {
        List<Value> values = new ArrayList<>();
        do {
            if (!skip("[")) {
                return unread();
            }
            do {
                @Nullable Value value = comparison();
                if (value == null || values.size() >= MAX_VALUES) {
                    return unread();
                }
                values.add(value);
            } while (skip("OR"));
            if (!skip("]")) {
                return unread();
            }
        } while (skip("OR"));
        blanks();
        return at == text.length() ? new AnyOf(values) : unread();
    }

    private @Nullable Value comparison() {
        blanks();
        int start = at;
        boolean quoted = false;
        while (at < text.length() && (quoted || "=<>! ]".indexOf(text.charAt(at)) < 0)) {
            quoted ^= text.charAt(at) == '\'';
            at++;
        }
        @Nullable Kind kind = kindOf(text.substring(start, at));
        if (kind == null || !skip("=")) {
            return null;
        }
        @Nullable String value = string();
        return value == null ? null : new Value(kind, value);
    }

    private static @Nullable Kind kindOf(String path) {
        return switch (path.toLowerCase(Locale.ROOT).replace("'", "").replace("\"", "")) {
            case "url:value" -> Kind.URL;
            case "domain-name:value" -> Kind.NAME;
            case "ipv4-addr:value", "ipv6-addr:value" -> Kind.ADDRESS;
            case "file:hashes.sha-256", "file:hashes.sha256" -> Kind.SHA256;
            default -> null;
        };
    }

    private @Nullable String string() {
        blanks();
        if (at >= text.length() || text.charAt(at) != '\'') {
            return null;
        }
        var value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '\''; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (at >= text.length()) {
            return null;
        }
        at++;
        return value.toString();
    }

    private boolean skip(String word) {
        blanks();
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Unread unread() {
        return new Unread("pattern holds more than equality and OR, at character " + (at + 1));
    }

    /** What a pattern came to. */
    sealed interface Reading {}

    record AnyOf(List<Value> values) implements Reading {
        AnyOf {
            values = List.copyOf(values);
        }
    }

    record Unread(String reason) implements Reading {}

    /** One value that the pattern names. */
    record Value(Kind kind, String text) {}
}
