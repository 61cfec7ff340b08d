package io.clicktrail.benchmarks.detection.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Log files as they fill: each file's records in the order of their times. */
public final class LogCollector {
    private final Map<String, List<Entry>> files = new TreeMap<>();
    private final Map<String, String> heads = new TreeMap<>();

    /** @param text one record, one or several lines, without the line break at its end */
    public void add(String file, Instant at, String text) {
        files.computeIfAbsent(file, name -> new ArrayList<>()).add(new Entry(at, text));
    }

    /** What the file begins with. */
    public void head(String file, String text) {
        heads.putIfAbsent(file, text);
    }

    public void addAll(LogCollector others) {
        others.files.forEach((file, entries) ->
                files.computeIfAbsent(file, name -> new ArrayList<>()).addAll(entries));
        heads.putAll(others.heads);
    }

    /** Number of records. */
    public long size() {
        return files.values().stream().mapToLong(List::size).sum();
    }

    /** All records with the names of their files, in the order of files and times. */
    public List<Entry> entries() {
        return files.keySet().stream().flatMap(file -> sorted(file).stream()).toList();
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : files.keySet()) {
            try (var out = Files.newBufferedWriter(folder.resolve(file))) {
                if (heads.containsKey(file)) {
                    out.append(heads.get(file)).append('\n');
                }
                for (Entry entry : sorted(file)) {
                    out.append(entry.text()).append('\n');
                }
            }
        }
    }

    private List<Entry> sorted(String file) {
        return files.getOrDefault(file, List.of()).stream()
                .sorted(Comparator.comparing(Entry::at))
                .toList();
    }

    /** @param text one record */
    public record Entry(Instant at, String text) {}
}
