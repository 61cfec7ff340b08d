package io.clicktrail.benchmarks.detection.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code LogAscii::use_json}: fields without a value are left out; the log's name is {@code _path}. */
public final class ZeekJsonLog implements Zeek.Form {

    @Override
    public void write(String log, Instant at, Map<String, @Nullable Object> row, LogCollector logs) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("_path", log);
        row.forEach((name, value) -> {
            if (value != null) {
                document.put(name, value);
            }
        });
        logs.add("zeek-" + log + ".ndjson", at, Json.text(document));
    }
}
