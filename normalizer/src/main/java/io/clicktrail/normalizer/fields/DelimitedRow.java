package io.clicktrail.normalizer.fields;

import org.jspecify.annotations.Nullable;

/**
 * Rows of cells: comma-separated values (RFC 4180), and rows with blanks or tabs between the cells. A cell that begins
 * with a quote ends at the next quote that is not doubled; line breaks in it are part of it.
 *
 * @param separator what separates two cells
 * @param isRun whether several separators count as one
 * @param isQuoted whether quotes enclose cells
 */
public record DelimitedRow(char separator, boolean isRun, boolean isQuoted) {

    public static final DelimitedRow COMMA = new DelimitedRow(',', false, true);
    public static final DelimitedRow BLANK = new DelimitedRow(' ', true, true);
    public static final DelimitedRow TAB = new DelimitedRow('\t', false, false);

    /** Rows in which tabs were turned into blanks. */
    public static final DelimitedRow EXPANDED_TAB = new DelimitedRow(' ', true, false);

    private static final int MAX_CELLS = 1024;

    /**
     * Takes the cells of a row into their slots.
     *
     * @param columns the slot of each cell, {@link FieldNames#NONE} for none
     * @return how many cells there are
     */
    public int read(String row, int from, int[] columns, TextFields into) {
        int count = 0;
        int at = from;
        while (at <= row.length() && count < MAX_CELLS) {
            if (isRun) {
                while (at < row.length() && row.charAt(at) == separator) {
                    at++;
                }
                if (at == row.length()) {
                    return count;
                }
            }
            int slot = count < columns.length ? columns[count] : FieldNames.NONE;
            at = cell(row, at, slot, into) + 1;
            count++;
        }
        return count;
    }

    /** The text of one cell as written, without quotes; null where the row is shorter. */
    public @Nullable String cell(String row, int index) {
        int at = 0;
        for (int i = 0; at <= row.length() && i <= index; i++) {
            while (isRun && at < row.length() && row.charAt(at) == separator) {
                at++;
            }
            boolean opens = isQuoted && at < row.length() && row.charAt(at) == '"';
            int end = opens ? closing(row, at + 1) : plainEnd(row, at);
            if (i == index) {
                return row.substring(opens ? at + 1 : at, Math.min(end, row.length()));
            }
            at = (opens ? plainEnd(row, Math.min(end + 1, row.length())) : end) + 1;
        }
        return null;
    }

    /** Reads the cell that begins at a place; where it ends. */
    private int cell(String row, int at, int slot, TextFields into) {
        if (!isQuoted || at == row.length() || row.charAt(at) != '"') {
            int end = plainEnd(row, at);
            into.take(slot, row, at, end);
            return end;
        }
        int close = closing(row, at + 1);
        if (slot != FieldNames.NONE) {
            if (row.indexOf("\"\"", at + 1, close) < 0) {
                into.take(slot, row, at + 1, close);
            } else {
                String plain = row.substring(at + 1, close).replace("\"\"", "\"");
                into.take(slot, plain, 0, plain.length());
            }
        }
        return plainEnd(row, Math.min(close + 1, row.length()));
    }

    private int plainEnd(String row, int from) {
        int end = row.indexOf(separator, from);
        return end < 0 ? row.length() : end;
    }

    private static int closing(String row, int from) {
        int close = row.indexOf('"', from);
        while (close >= 0 && close + 1 < row.length() && row.charAt(close + 1) == '"') {
            close = row.indexOf('"', close + 2);
        }
        return close < 0 ? row.length() : close;
    }
}
