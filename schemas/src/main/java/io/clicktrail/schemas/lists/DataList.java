package io.clicktrail.schemas.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A dated list: a text file whose header lines begin with {@code #} and name its version, and whose other lines are
 * rows of fields.
 *
 * @param name file name, for messages
 * @param version date of the facts, from the header line {@code # version:}
 * @param rows the rows, fields trimmed, in file order
 */
public record DataList(String name, String version, List<Row> rows) {

    private static final String VERSION = "# version:";

    public DataList {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a list in UTF-8.
     *
     * @param separator the character between fields
     * @throws IllegalArgumentException where the header names no date, or no row follows
     */
    public static DataList read(String name, char separator, InputStream in) throws IOException {
        String version = "";
        List<Row> rows = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.startsWith(VERSION)) {
                version = date(name, number, line.substring(VERSION.length()).strip());
            } else if (!line.isBlank() && line.charAt(0) != '#') {
                rows.add(new Row(number, split(line, separator)));
            }
        }
        if (version.isEmpty()) {
            throw new IllegalArgumentException(name + ": no header line \"" + VERSION + " …\"");
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(name + ": no rows");
        }
        return new DataList(name, version, rows);
    }

    /**
     * Hands over each row.
     *
     * @throws IllegalArgumentException naming file, line and reason where the reader throws one
     */
    public void forEach(Consumer<Row> reader) {
        for (Row row : rows) {
            try {
                reader.accept(row);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(name + ":" + row.line() + ": " + wrong.getMessage(), wrong);
            }
        }
    }

    /** The words of a text that holds several, parted by blanks. */
    public static List<String> words(String field) {
        return split(field, ' ').stream().filter(word -> !word.isEmpty()).toList();
    }

    private static String date(String name, int line, String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + ":" + line + ": version is '" + text + "' but must be a date such as 2026-11-21", e);
        }
    }

    private static List<String> split(String line, char separator) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
            fields.add(line.substring(from, at).strip());
            from = at + 1;
        }
        fields.add(line.substring(from).strip());
        return List.copyOf(fields);
    }

    /**
     * A row. Its readers throw {@link IllegalArgumentException} where a field is missing or not what it should be;
     * columns count from 0, in messages from 1.
     *
     * @param line number of its line in the file, from 1
     */
    public record Row(int line, List<String> fields) {

        public Row {
            fields = List.copyOf(fields);
        }

        public String text(int column) {
            if (column >= fields.size()) {
                throw new IllegalArgumentException("has no column " + (column + 1));
            }
            return fields.get(column);
        }

        public List<String> words(int column) {
            return DataList.words(text(column));
        }

        /** @param least smallest number that is allowed */
        public int integer(int column, int least, int most) {
            double number = number(column);
            if (number != Math.rint(number) || number < least || number > most) {
                throw new IllegalArgumentException(wrong(column) + "a whole number from " + least + " to " + most);
            }
            return (int) number;
        }

        public double number(int column) {
            String text = text(column);
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(wrong(column) + "a number", e);
            }
        }

        /** The constant whose name, in any case, is in a column. */
        public <E extends Enum<E>> E one(int column, Class<E> type) {
            String text = text(column);
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(wrong(column) + "one of " + List.of(type.getEnumConstants()));
        }

        private String wrong(int column) {
            return "column " + (column + 1) + " is '" + fields.get(column) + "' but must be ";
        }
    }
}
