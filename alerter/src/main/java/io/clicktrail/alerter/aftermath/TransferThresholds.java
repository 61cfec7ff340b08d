package io.clicktrail.alerter.aftermath;

import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The amounts from which on data counts as sent out (Q16).
 *
 * @param sentBytes bytes to untrusted places in a day
 * @param timesOrdinary and so many times the host's ordinary day
 * @param days days from which on the ordinary day is known
 * @param queryBytes bytes in names of one place that count as a tunnel over DNS
 * @param version date of the list
 */
record TransferThresholds(long sentBytes, int timesOrdinary, int days, long queryBytes, String version) {

    private static final String FILE = "transfers-2026-11.csv";

    /** The built-in thresholds. */
    static final TransferThresholds BUILT_IN = read();

    private static TransferThresholds read() {
        try (InputStream in = Objects.requireNonNull(TransferThresholds.class.getResourceAsStream(FILE), FILE)) {
            return of(DataList.read(FILE, ';', in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TransferThresholds of(DataList list) {
        Map<String, Integer> values = new HashMap<>();
        list.forEach(row -> values.put(row.text(0), row.integer(1, 1, Integer.MAX_VALUE)));
        return new TransferThresholds(
                value(values, "sent_bytes"),
                value(values, "times_ordinary"),
                value(values, "days"),
                value(values, "query_bytes"),
                list.version());
    }

    private static int value(Map<String, Integer> values, String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(FILE + ": no row " + name);
        }
        return value;
    }
}
