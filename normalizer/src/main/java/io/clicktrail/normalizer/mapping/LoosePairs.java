package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pairs of a line whose product nobody has described, however it writes them: {@code key=value} with blanks,
 * commas, semicolons, bars or tabs between the pairs, with or without quotes and brackets, pairs within a quoted value,
 * and {@code key: value} in cells. They become a JSON object whose names are in small letters. Each character is looked
 * at a few times, at most {@value #MAX_PAIRS} pairs are taken.
 */
final class LoosePairs {

    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_PAIRS = 256;
    private static final int MAX_KEY = 48;
    private static final int MAX_TEXT = 128;
    private static final int LEAST = 3;
    private static final String CELLS = ",;|\t";
    private static final String ENDS = CELLS + "^`";

    /** A full time at the beginning of the line, which is no pair. */
    private static final Pattern STAMP =
            Pattern.compile("\\W{0,3}(\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?"
                    + "(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?)(?: |\\W)");

    private static final Pattern DATE = Pattern.compile("\\d{4}[-/]\\d\\d[-/]\\d\\d");
    private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?");

    private final String line;
    private final StringBuilder object = new StringBuilder("{");
    private int count;
    private @Nullable String date;
    private @Nullable String clock;

    private LoosePairs(String line) {
        this.line = line;
    }

    /** The pairs of a line as a JSON object; null where it has fewer than three. */
    static byte @Nullable [] object(Span record) {
        if (record.length() > MAX_LINE) {
            return null;
        }
        return new LoosePairs(new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8))
                .read();
    }

    private byte @Nullable [] read() {
        int equals = 0;
        for (int at = line.indexOf('='); at >= 0 && equals < LEAST; at = line.indexOf('=', at + 1)) {
            equals++;
        }
        if (equals < LEAST) {
            cells(':');
        } else if (line.indexOf("=") < line.indexOf('\t') && line.indexOf(" Address=") >= 0) {
            cells('=');
        } else {
            assignments(0, line.length(), true);
        }
        if (count < LEAST) {
            return null;
        }
        Matcher stamp = STAMP.matcher(line);
        if (stamp.lookingAt()) {
            put("log_time", stamp.group(1).replace(',', '.').replaceFirst(" ([Z+-])", "$1"));
        }
        if (date != null && clock != null) {
            put("timestamp", date + " " + clock);
        } else if (clock != null) {
            put("clock", clock);
        }
        return object.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@code key=value} between two places. */
    private void assignments(int from, int to, boolean isOuter) {
        int at = from;
        while (at < to && count < MAX_PAIRS) {
            int equals = line.indexOf('=', at);
            if (equals < 0 || equals >= to) {
                return;
            }
            int key = keyBegin(equals, at);
            at = key == equals ? equals + 1 : assigned(key, equals, to, isOuter);
        }
    }

    /** Where the key before a sign begins; the sign's own place where there is none. */
    private int keyBegin(int equals, int least) {
        int key = equals;
        while (key > least && equals - key < MAX_KEY && isKey(line.charAt(key - 1))) {
            key--;
        }
        return key;
    }

    private static boolean isKey(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** Takes one pair; where its value ends. What is before the first one says what happened. */
    private int assigned(int key, int equals, int to, boolean isOuter) {
        if (object.length() == 1 && key > 1) {
            put("log_text", line.substring(Math.max(0, key - MAX_TEXT), key).strip());
        }
        int value = equals + 1;
        char opening = value < to ? line.charAt(value) : ' ';
        if (opening == '"' || opening == '\'') {
            int close = closing(value + 1, to, opening);
            if (isOuter && line.indexOf('=', value) < close) {
                assignments(value + 1, close, false);
            }
            pair(line.substring(key, equals), line.substring(value + 1, close));
            return Math.min(close + 1, to);
        }
        int next = line.indexOf('=', value);
        int nextKey = next < 0 || next >= to ? to : keyBegin(next, value);
        int end = nextKey == next ? next : nextKey;
        while (end > value && " \"'[({".indexOf(line.charAt(end - 1)) >= 0 && end < to) {
            end--;
        }
        if (end > value && end < to && ENDS.indexOf(line.charAt(end - 1)) >= 0) {
            int cut = line.indexOf(line.charAt(end - 1), value);
            end = Math.min(cut, end);
        }
        int last = lastOf(value, end);
        pair(line.substring(key, equals), line.substring(value, last));
        return Math.max(end, value);
    }

    /** The end of a value without what closes the brackets around its pair, and without an arrow after it. */
    private int lastOf(int from, int to) {
        int last = to;
        while (last > from) {
            char c = line.charAt(last - 1);
            int opening = "([{".indexOf(c == ')' ? '(' : c == ']' ? '[' : c == '}' ? '{' : ' ');
            boolean closesOther = opening >= 0 && line.lastIndexOf("([{".charAt(opening), last - 1) < from;
            boolean isArrow = c == '>' && last - 1 > from && line.charAt(last - 2) == '-';
            if (c != ' ' && !closesOther && !isArrow) {
                return last;
            }
            last -= isArrow ? 2 : 1;
        }
        return last;
    }

    private int closing(int from, int to, char quote) {
        for (int at = from; at < to; at++) {
            if (line.charAt(at) == '\\') {
                at++;
            } else if (line.charAt(at) == quote) {
                return at;
            }
        }
        return to;
    }

    /** Reads {@code key: value} in cells between the sign that separates most of them. */
    private void cells(char assign) {
        char separator = ' ';
        int most = 0;
        for (int i = 0; i < CELLS.length(); i++) {
            char each = CELLS.charAt(i);
            int times = (int) line.chars().filter(c -> c == each).count();
            if (times > most) {
                most = times;
                separator = each;
            }
        }
        if (most < LEAST - 1) {
            return;
        }
        for (int from = 0; from <= line.length() && count < MAX_PAIRS; ) {
            int next = line.indexOf(separator, from);
            int end = next < 0 ? line.length() : next;
            cell(line.substring(from, end).strip(), assign);
            from = end + 1;
        }
    }

    private void cell(String cell, char assign) {
        int colon = count > 0 || assign != ':'
                ? cell.indexOf(assign, 1)
                : Math.max(cell.lastIndexOf(": "), cell.indexOf(':', 1));
        if (colon < 0 || count > 0 && colon > MAX_KEY || colon + 1 == cell.length()) {
            return;
        }
        int from = colon;
        while (from > 0 && (isKey(cell.charAt(from - 1)) || count > 0 && cell.charAt(from - 1) == ' ')) {
            from--;
        }
        if (from < colon && Character.isLetter(cell.charAt(from))) {
            pair(cell.substring(from, colon), unquoted(cell.substring(colon + 1).strip()));
        }
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private void pair(String key, String value) {
        if (value.isEmpty() || key.isEmpty() || value.equalsIgnoreCase("none") || value.equalsIgnoreCase("null")) {
            return;
        }
        String name = key.replace('-', '_').replace(' ', '_');
        if (name.equalsIgnoreCase("date") && DATE.matcher(value).matches()) {
            date = value;
        } else if (name.equalsIgnoreCase("date") && value.indexOf('/') == 2) {
            date = null; // which is the day and which the month is not known
        } else if (name.equalsIgnoreCase("time") && CLOCK.matcher(value).matches()) {
            clock = value;
        } else {
            put(name, value);
        }
        count++;
    }

    private void put(String name, String value) {
        object.append(object.length() > 1 ? ",\"" : "\"");
        for (int i = 0; i < name.length(); i++) {
            object.append(Character.toLowerCase(name.charAt(i)));
        }
        object.append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                object.append('\\').append(c);
            } else {
                object.append(c < ' ' ? ' ' : c);
            }
        }
        object.append('"');
    }
}
