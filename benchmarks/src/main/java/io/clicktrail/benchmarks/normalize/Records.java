package io.clicktrail.benchmarks.normalize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The invented records that are measured, by name. */
public final class Records {
    private static final String LIST = "/io/clicktrail/benchmarks/records.tsv";

    private Records() {}

    /** All of them, in the order of the list. */
    public static Map<String, byte[]> all() {
        Map<String, byte[]> records = new LinkedHashMap<>();
        try (InputStream in = Records.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is missing");
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (!line.startsWith("#") && tab > 0) {
                    records.put(line.substring(0, tab), line.substring(tab + 1).getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }
}
