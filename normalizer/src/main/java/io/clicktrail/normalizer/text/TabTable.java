package io.clicktrail.normalizer.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tables that come with the project: rows of cells between tabs; empty lines and those after a number sign say nothing.
 */
public final class TabTable {

    private static final String FOLDER = "/io/clicktrail/normalizer/";

    private TabTable() {}

    /**
     * The rows of a table.
     *
     * @throws IllegalStateException if it is missing or a row of it has another number of cells
     */
    public static List<String[]> rows(String name, int columns) {
        List<String[]> rows = text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
        for (String[] row : rows) {
            if (row.length != columns) {
                throw new IllegalStateException(name + ": " + columns + " columns are needed: " + row[0]);
            }
        }
        return rows;
    }

    private static String text(String name) {
        try (InputStream in = TabTable.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
