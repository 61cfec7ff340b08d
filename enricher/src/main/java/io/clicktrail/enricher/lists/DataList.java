package io.clicktrail.enricher.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A dated list: a text file whose header lines begin with {@code #} and name its version, and whose other lines are rows
 * of fields.
 *
 * @param name file name, for messages
 * @param version date of the facts, from the header line {@code # version:}
 * @param rows the rows, fields trimmed, in file order
 */
public record DataList(String name, String version, List<List<String>> rows) {

    private static final String VERSION = "# version:";

    public DataList {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a list that ships with the enricher.
     *
     * @param path path below the enricher's resources
     * @param separator the character between fields
     */
    public static DataList bundled(String path, char separator) {
        try (InputStream in = DataList.class.getResourceAsStream("/io/clicktrail/enricher/" + path)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return read(path, separator, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a list in UTF-8.
     *
     * @throws IllegalArgumentException where the header names no version
     */
    public static DataList read(String name, char separator, InputStream in) throws IOException {
        String version = "";
        List<List<String>> rows = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(VERSION)) {
                version = line.substring(VERSION.length()).strip();
            } else if (!line.isBlank() && line.charAt(0) != '#') {
                rows.add(split(line, separator));
            }
        }
        if (version.isEmpty()) {
            throw new IllegalArgumentException(name + ": no header line \"" + VERSION + " …\"");
        }
        return new DataList(name, version, rows);
    }

    /** The words of a field that holds several, parted by blanks. */
    public static List<String> words(String field) {
        return split(field, ' ').stream().filter(word -> !word.isEmpty()).toList();
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
}
