package io.clicktrail.normalizer.windows;

import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Registry values by which Windows starts something: a dated list of parts of their paths. */
record AutostartValues(List<String> parts) {

    private static final String FILE = "autostart-values-2026-11.txt";

    /** The list of this release. */
    static final AutostartValues BUILT_IN = read();

    AutostartValues {
        parts = List.copyOf(parts);
    }

    private static AutostartValues read() {
        try (InputStream in = Objects.requireNonNull(AutostartValues.class.getResourceAsStream(FILE), FILE)) {
            var parts = new ArrayList<String>();
            DataList.read(FILE, ';', in).forEach(row -> parts.add(row.text(0)));
            return new AutostartValues(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True for the path of such a value. */
    boolean startSomething(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        for (String part : parts) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
