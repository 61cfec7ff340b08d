package io.clicktrail.normalizer.ignored;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rows of {@code ignored.tsv}: a new kind of record to leave aside is a new row.
 *
 * @param dataset what the record is
 * @param signature a condition on a JSON document, or a pattern for a line
 * @param reason why it is of no use
 */
record IgnoredRecords(String dataset, String signature, String reason) {

    private static final String TABLE = "/io/clicktrail/normalizer/ignored/ignored.tsv";
    private static final int COLUMNS = 4;

    /**
     * @param form {@code json} or {@code text}
     * @throws IllegalStateException if the table is missing or a row of it has another number of columns
     */
    static List<IgnoredRecords> of(String form) {
        try (InputStream in = IgnoredRecords.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(IgnoredRecords::checked)
                    .filter(row -> row[0].equals(form))
                    .map(row -> new IgnoredRecords(row[1], row[2], row[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] checked(String[] row) {
        if (row.length != COLUMNS) {
            throw new IllegalStateException(TABLE + ": " + COLUMNS + " columns are needed: " + String.join("|", row));
        }
        return row;
    }

    static List<String> datasets(List<IgnoredRecords> rows) {
        return rows.stream().map(IgnoredRecords::dataset).distinct().toList();
    }
}
