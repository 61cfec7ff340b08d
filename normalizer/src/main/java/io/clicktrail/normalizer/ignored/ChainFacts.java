package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.event.Authority;
import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.text.Span;
import io.clicktrail.normalizer.text.TabTable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a chain could be made of in a text that no format reads: a link, both ends of a connection or its far
 * one, a name that was asked for, a file in a user's place, a hash, a command, mail, a lease, a sign-in with its
 * address, a threat. {@code words.tsv} has the words that point to one. What looks like one counts as one, since the
 * answer only decides what may be left aside. One pass over at most {@value #MAX_BYTES} bytes; the patterns see one
 * word each. Not safe for several threads.
 */
final class ChainFacts {

    private static final int MAX_BYTES = 16 << 10;
    private static final int MAX_WORD = 2048;
    private static final int FIRST_CLIENT_PORT = 1024;
    private static final String HIDDEN = "encoded text";
    private static final String PLACE = "PLACE";
    private static final String PARTS = "._-:/\\@+%~";

    private static final Pattern NOWHERE = Pattern.compile("127\\..*|0\\..*|255\\..*|::1?");
    private static final Pattern INTERNAL = Pattern.compile(
            "10\\..*|192\\.168\\..*|172\\.(?:1[6-9]|2\\d|3[01])\\..*|169\\.254\\..*|2[23]\\d\\..*|f[cdef].*:.*");
    private static final Pattern DOMAIN = Pattern.compile(".*[^.]\\.(?:[a-z]{2,24}|xn--[a-z0-9-]+)");
    private static final String WINDOWS_FILE =
            "(?:[A-Za-z]:|\\\\)\\\\(?!(?i:\\\\?windows\\\\|\\\\?program files)).*\\.\\w{1,5}"
                    + "|[A-Za-z]:\\\\+(?i:users\\\\|programdata\\\\|documents).*";
    private static final Pattern MAC = Pattern.compile("(?:[0-9a-fA-F]{2}[:-]?){6}");
    private static final Pattern LONG_HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{32,128}");

    /** Encoded text as long as this may hide anything. */
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{160,}");

    /** What a word says; of those before the first without a value the value after it decides. */
    private enum Role {
        DESTINATION,
        NAME,
        HASH,
        COMMAND,
        THREAT,
        SOURCE,
        ALERT,
        LOGIN,
        LOGGED,
        GOOD,
        BAD,
        LEASE,
        METHOD,
        MISSING,
        BETWEEN,
        ENDING;

        private static final int OF_VALUE = ALERT.bit() - 1;

        int bit() {
            return 1 << ordinal();
        }
    }

    private final FieldNames words = new FieldNames();
    private final int[] roles;
    private final Pattern file;

    private @Nullable Span searched;
    private @Nullable String found;
    private String text = "";
    private int expected;
    private int seen;
    private boolean isOwnSite;
    private boolean hasMac;
    private @Nullable String address;
    private @Nullable String mailbox;
    private @Nullable String visit;
    private @Nullable String fact;

    ChainFacts() {
        int[] found = new int[512];
        String places = "";
        for (String[] row : TabTable.rows("ignored/words.tsv", 2)) {
            if (row[0].equals(PLACE)) {
                places = "/(?:" + row[1].replace(' ', '|') + ")/";
                continue;
            }
            for (String word : row[1].split(" ")) {
                found[words.slot(word)] |= Role.valueOf(row[0]).bit();
            }
        }
        this.roles = found;
        this.file = Pattern.compile("(?:" + places + ").+|" + WINDOWS_FILE);
    }

    /**
     * What the first fact of a record is, or of the envelope around it, for people; null where there is none. An
     * envelope is searched once.
     */
    @SuppressWarnings("ReferenceEquality")
    @Nullable
    String in(Span record, @Nullable Span envelope) {
        if (envelope != null && searched != envelope) {
            searched = envelope;
            found = in(envelope);
        }
        String around = envelope == null || HIDDEN.equals(found) ? null : found;
        return around == null ? in(record) : around;
    }

    private @Nullable String in(Span record) {
        if (record.length() > MAX_BYTES) {
            return "more text than is searched";
        }
        text = new String(record.bytes(), record.from(), record.length(), StandardCharsets.ISO_8859_1);
        expected = 0;
        seen = 0;
        isOwnSite = false;
        hasMac = false;
        address = null;
        mailbox = null;
        visit = null;
        fact = null;
        int at = 0;
        while (at < text.length() && fact == null) {
            int end = at;
            while (end < text.length() && isPart(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                word(at, end);
                at = end;
            } else {
                between(text.charAt(at++));
            }
        }
        return fact == null ? together() : fact;
    }

    private static boolean isPart(char c) {
        return c >= 0x80 || Character.isLetterOrDigit(c) || PARTS.indexOf(c) >= 0;
    }

    private void between(char c) {
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
            fact = "bytes that are no text";
        }
        if (",;}\n&".indexOf(c) >= 0) {
            expected = 0;
        }
    }

    /** What only the whole record shows. */
    private @Nullable String together() {
        if (visit != null && !isOwnSite) {
            return visit;
        }
        if (address != null && hasMac && has(Role.LEASE)) {
            return "a lease";
        }
        boolean isSignIn = has(Role.LOGGED) || has(Role.LOGIN) && has(Role.GOOD);
        return isSignIn && !has(Role.BAD) && address != null ? "a sign-in" : null;
    }

    private boolean has(Role role) {
        return (seen & role.bit()) != 0;
    }

    /** A run of characters without blanks, quotes and brackets: a key, {@code key:value}, or a value. */
    private void word(int from, int to) {
        int end = to;
        while (end > from && ".:-/\\".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int colon = text.indexOf(':', from);
        boolean isPair = colon > from + 1 && colon < end - 1 && isLetters(from, colon);
        if (isPair && (text.startsWith("//", colon + 1) || text.startsWith("\\/\\/", colon + 1))) {
            link(text.substring(colon + 1, end).replace("\\/", "/").substring(2));
        } else if (isPair && role(from, colon) != 0) {
            say(from, colon, true);
            say(colon + 1, end, false);
        } else if (end > from) {
            say(from, end, end < to && text.charAt(end) == ':' || isAssigned(to));
        }
    }

    private void say(int from, int to, boolean isKey) {
        int role = role(from, to);
        role &= ~Role.ENDING.bit();
        boolean isBetween = (role & Role.BETWEEN.bit()) != 0;
        if (isKey) {
            expected = isBetween ? expected : role & Role.OF_VALUE;
        } else if (role == 0) {
            value(text.substring(from, Math.min(to, from + MAX_WORD)));
            expected = 0;
        } else if (!isBetween) {
            isOwnSite |= (role & Role.METHOD.bit()) != 0 && isRequest(from, to);
            seen |= role;
            expected = role & Role.OF_VALUE;
            fact = (role & Role.ALERT.bit()) != 0 ? "a threat" : fact;
        }
    }

    private int role(int from, int to) {
        int slot = words.find(text, from, to);
        return slot == FieldNames.NONE ? 0 : roles[slot];
    }

    private boolean isLetters(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.charAt(i)) && text.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code =}, or a quote and {@code :}, come after a word. */
    private boolean isAssigned(int to) {
        int at = to;
        while (at < text.length() && "\"' ".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':' && at > to);
    }

    /** {@code GET /path}: a request that names no other site. */
    private boolean isRequest(int from, int to) {
        return Character.isUpperCase(text.charAt(from))
                && (text.startsWith(" /", to) || text.startsWith(" \"/", to))
                && !text.startsWith(" //", to);
    }

    private void value(String word) {
        boolean isPlain = isLetters(word);
        int end = 0;
        while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
            end++;
        }
        int first = words.find(word, 0, end);
        if (first != FieldNames.NONE && (roles[first] & Role.ALERT.bit()) != 0) {
            fact = "a threat";
            return;
        }
        if ((expected & (Role.COMMAND.bit() | Role.THREAT.bit())) != 0
                && word.chars().anyMatch(Character::isLetter)) {
            fact = (expected & Role.COMMAND.bit()) != 0 ? "a command" : "a threat";
        } else if (isPlain || address(word)) {
            return;
        } else if (MAC.matcher(word).matches()) {
            hasMac = true;
        } else if (ENCODED.matcher(word).matches()) {
            fact = HIDDEN;
        } else if (LONG_HASH.matcher(word).matches()
                || expects(Role.HASH) && HASH.matcher(word).matches()) {
            fact = "a hash";
        } else if (file.matcher(word).matches() && !isOwnSite) {
            fact = "a file in a user's place";
        } else if (word.indexOf('@') > 0) {
            mailbox(word);
        } else if (expects(Role.NAME) || expects(Role.DESTINATION) || !expects(Role.SOURCE) && hasEnding(word)) {
            link(word);
        }
    }

    private static boolean isLetters(String word) {
        return word.chars().allMatch(Character::isLetter);
    }

    private boolean expects(Role role) {
        return (expected & role.bit()) != 0;
    }

    /** Takes an address, alone or with its port; two of them are the ends of a connection. */
    private boolean address(String word) {
        if (word.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        int slash = word.indexOf('/');
        Authority read = Authority.of(slash < 0 ? word : word.substring(0, slash));
        String ip = read == null ? null : read.ip();
        if (read == null || ip == null) {
            int colon = word.indexOf(':');
            return colon > 0 && colon + 1 < word.length() && address(word.substring(colon + 1));
        }
        if (!NOWHERE.matcher(ip).matches()) {
            boolean isServer = expects(Role.DESTINATION)
                    || read.port() != null && read.port() < FIRST_CLIENT_PORT && !expects(Role.SOURCE);
            if (isServer && !INTERNAL.matcher(ip).matches()) {
                visit = "the far end of a connection";
            } else if (address != null && (!address.equals(ip) || text.contains("->"))) {
                visit = "two addresses";
            }
            address = ip;
        }
        return true;
    }

    /** Whether a word ends as names on the network do, and names of files and programs do not. */
    private boolean hasEnding(String word) {
        int end = word.indexOf(':');
        int dot = word.lastIndexOf('.', end < 0 ? word.length() : end);
        int slot = dot <= 0 ? FieldNames.NONE : words.find(word, dot + 1, end < dot ? word.length() : end);
        return slot != FieldNames.NONE && (roles[slot] & Role.ENDING.bit()) != 0;
    }

    /** Takes a URL without its scheme, or a name. */
    private void link(String word) {
        Authority read = Authority.ofUrl(word);
        boolean isOut = read != null
                && (read.domain() != null
                        ? DOMAIN.matcher(read.domain()).matches()
                        : read.ip() != null && !NOWHERE.matcher(read.ip()).matches());
        visit = isOut ? "a link or a name" : visit;
        expected = 0;
    }

    private void mailbox(String word) {
        if (mailbox != null && !mailbox.equals(word)) {
            fact = "mail";
        }
        mailbox = DOMAIN.matcher(word).matches() ? word : mailbox;
    }
}
