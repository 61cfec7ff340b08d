package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.DemoLogs;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The raw records that a round plays, in the order of their delivery. */
record RawLog(List<Line> lines) {

    private static final Duration BETWEEN_ROUNDS = Duration.ofDays(2);
    private static final Pattern DATE = Pattern.compile("2026-10-14");
    private static final Pattern EPOCH_SECONDS = Pattern.compile("(?<![0-9])1791[0-9]{6}(?![0-9])");

    RawLog {
        lines = List.copyOf(lines);
    }

    /**
     * A raw record.
     *
     * @param key its file, as a collector keys by host, so that the order inside it is kept on several partitions
     * @param at moment of its delivery, milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    record Line(byte[] key, byte[] value, long at) {}

    /** The stories of the demo's day, one for each platform with one case each. */
    static List<RawLog> ofDemo(Path folder) throws Exception {
        var stories = new ArrayList<RawLog>();
        try (Stream<Path> platforms = Files.list(DemoLogs.unpack(folder))) {
            for (var platform : platforms.filter(Files::isDirectory).sorted().toList()) {
                stories.add(of(folder, platform));
            }
        }
        return List.copyOf(stories);
    }

    private static RawLog of(Path folder, Path story) throws Exception {
        var lines = new ArrayList<Line>();
        for (var file : LogFiles.find(List.of(story))) {
            var key = folder.relativize(file.path()).toString().getBytes(StandardCharsets.UTF_8);
            try (var deliveries =
                    new MergedDeliveries(List.of(file), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
                for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                    lines.add(new Line(key, next.value(), next.at()));
                }
            }
        }
        lines.sort(Comparator.comparingLong(Line::at));
        return new RawLog(lines);
    }

    /**
     * The log of a round of a sequence: the next story, dated a quiet day and a bit after the one before it, so that it
     * gives a case of its own.
     *
     * @param number of the round in its sequence, from 0
     */
    static RawLog ofRound(List<RawLog> stories, int number) {
        return stories.get(number % stories.size()).dated(number);
    }

    private RawLog dated(int number) {
        long later = number * BETWEEN_ROUNDS.toSeconds();
        return new RawLog(lines.stream()
                .map(line -> new Line(line.key(), dated(line.value(), later), line.at() + later * 1000))
                .toList());
    }

    /** All formats of the demo write times as ISO dates or in epoch seconds; a syslog header's is not used. */
    private static byte[] dated(byte[] line, long later) {
        var text = new String(line, StandardCharsets.UTF_8);
        text = DATE.matcher(text)
                .replaceAll(date -> LocalDate.parse(date.group())
                        .plusDays(Duration.ofSeconds(later).toDays())
                        .toString());
        return EPOCH_SECONDS
                .matcher(text)
                .replaceAll(seconds -> Long.toString(Long.parseLong(seconds.group()) + later))
                .getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return lines.size();
    }
}
