package io.clicktrail.standalone.logs;

import java.nio.charset.StandardCharsets;

/**
 * The lines in the head of a file that name the columns of its rows: Zeek's {@code #path} and {@code #fields}
 * (docs.zeek.org, Zeek TSV Format Logs), W3C's {@code #Fields:} (w3.org, Extended Log File Format).
 */
final class RowHeader {

    /** The most bytes of such lines; a longer header is none. */
    static final int MAX_BYTES = 16_384;

    private static final String PATH = "#path";
    private static final String FIELDS = "#fields";
    private static final String W3C_FIELDS = "#Fields:";

    private String path = "";
    private byte[] lines = {};

    /** Takes note of a line of the head; any other ends nothing. */
    void read(byte[] line) {
        if (line.length == 0 || line[0] != '#' || line.length > MAX_BYTES) {
            return;
        }
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.startsWith(PATH)) {
            path = text + "\n";
            lines = new byte[0];
        } else if (text.startsWith(FIELDS) || text.startsWith(W3C_FIELDS)) {
            String whole = (text.startsWith(FIELDS) ? path : "") + text + "\n";
            lines = whole.length() > MAX_BYTES ? new byte[0] : whole.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The row with the lines of its header before it; the row alone where there are none or no room for them. */
    byte[] before(byte[] row, int limit) {
        if (lines.length == 0 || lines.length + row.length > limit) {
            return row;
        }
        byte[] whole = new byte[lines.length + row.length];
        System.arraycopy(lines, 0, whole, 0, lines.length);
        System.arraycopy(row, 0, whole, lines.length, row.length);
        return whole;
    }
}
