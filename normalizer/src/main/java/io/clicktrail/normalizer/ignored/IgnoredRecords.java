package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.text.TabTable;
import java.util.List;

/**
 * The rows of {@code ignored.tsv}: a new kind of record to leave aside is a new row.
 *
 * @param dataset what the record is
 * @param signature a condition on a JSON document, or a pattern for a line
 * @param reason why it is of no use
 */
record IgnoredRecords(String dataset, String signature, String reason) {

    private static final String TABLE = "ignored/ignored.tsv";
    private static final int COLUMNS = 4;

    /**
     * @param form {@code json} or {@code text}
     * @throws IllegalStateException if the table is missing or a row of it has another number of columns
     */
    static List<IgnoredRecords> of(String form) {
        return TabTable.rows(TABLE, COLUMNS).stream()
                .filter(row -> row[0].equals(form))
                .map(row -> new IgnoredRecords(row[1], row[2], row[3]))
                .toList();
    }

    static List<String> datasets(List<IgnoredRecords> rows) {
        return rows.stream().map(IgnoredRecords::dataset).distinct().toList();
    }
}
