package io.clicktrail.benchmarks.detection.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Zeek's own ASCII writer: a header, then rows between tabs. */
public final class ZeekTsvLog implements Zeek.Form {

    @Override
    public void write(String log, Instant at, Map<String, @Nullable Object> row, LogCollector logs) {
        String file = "zeek-" + log + ".log";
        logs.head(
                file,
                "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t" + log
                        + "\n#fields\t" + String.join("\t", row.keySet()));
        logs.add(
                file,
                at,
                row.entrySet().stream()
                        .map(field -> field.getKey().equals("ts") ? Times.epoch(at, 6) : cell(field.getValue()))
                        .collect(Collectors.joining("\t")));
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Boolean flag -> flag ? "T" : "F";
            case List<?> list ->
                list.isEmpty() ? "(empty)" : list.stream().map(String::valueOf).collect(Collectors.joining(","));
            default -> value.toString().replace("\\", "\\x5c");
        };
    }
}
