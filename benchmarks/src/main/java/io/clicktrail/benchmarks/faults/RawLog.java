package io.clicktrail.benchmarks.faults;

import io.clicktrail.standalone.DemoLogs;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The raw records that a round plays, in the order of their delivery. */
record RawLog(List<Line> lines) {

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

    /** The demo's day: three cases, one for each platform. */
    static RawLog ofDemo(Path folder) throws Exception {
        var lines = new ArrayList<Line>();
        for (var file : LogFiles.find(List.of(DemoLogs.unpack(folder)))) {
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

    int size() {
        return lines.size();
    }
}
