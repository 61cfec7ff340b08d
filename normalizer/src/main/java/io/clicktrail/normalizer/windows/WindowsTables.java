package io.clicktrail.normalizer.windows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The tables of this package: rows of cells between tabs, comments after a number sign. */
final class WindowsTables {

    private WindowsTables() {}

    static List<String[]> read(String name, int columns) {
        try (InputStream in = WindowsTables.class.getResourceAsStream("/io/clicktrail/normalizer/windows/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            List<String[]> rows = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
