package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.schemas.Topics;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.EventTimes;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.delivery.TimeShift;
import io.clicktrail.standalone.live.CaseWatch;
import io.clicktrail.standalone.live.LogSender;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The demo's logs, sent to a running installation as if the morning had just ended. */
public final class LiveDemo {
    private static final int TIER_2 = 2;

    /** Late revisions of a case follow each other closely. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private LiveDemo() {}

    /** The raw records in the order of their deliveries, with all times moved so that the last is at a given one. */
    public static List<byte[]> records(Instant end) throws Exception {
        Path folder = Files.createTempDirectory("clicktrail-demo-");
        try {
            List<byte[]> records = new ArrayList<>();
            var times = new EventTimeReader();
            Instant first = Instant.MAX;
            Instant last = Instant.MIN;
            try (Deliveries deliveries = new MergedDeliveries(
                    LogFiles.find(List.of(DemoLogs.unpack(folder))), Stack.MAX_RECORD_BYTES, times, 0)) {
                for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                    records.add(next.value());
                    long time = times.latest(next.value());
                    if (time != EventTimes.UNKNOWN) {
                        Instant at = Instant.ofEpochMilli(time);
                        first = at.isBefore(first) ? at : first;
                        last = at.isAfter(last) ? at : last;
                    }
                }
            }
            var shift = TimeShift.to(end, first, last);
            return records.stream().map(shift::move).toList();
        } finally {
            delete(folder);
        }
    }

    /**
     * Sends the logs and waits for the case of each platform.
     *
     * @param clients how to reach the brokers
     * @param patience longest wait after the last record
     */
    public static Result play(Map<String, Object> clients, Topics topics, Duration patience) throws Exception {
        List<byte[]> records = records(Instant.now());
        try (var watch = new CaseWatch(clients, topics.alerts())) {
            LogSender.send(clients, topics.raw().getFirst().name(), records);
            long sent = System.nanoTime();
            boolean complete = watch.await(LiveDemo::isComplete, patience);
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            watch.await(cases -> false, QUIET);
            return new Result(
                    OpenCases.of(watch.cases()).stream()
                            .filter(LiveDemo::isOfDemo)
                            .toList(),
                    complete,
                    took);
        }
    }

    /** True where the case of each platform is there, and says that code ran. */
    private static boolean isComplete(Collection<Alert> cases) {
        return DemoLogs.HOSTS_WITH_CASES.stream()
                .allMatch(host -> cases.stream()
                        .anyMatch(alert -> alert.getDevice().getHostname().equals(host)
                                && alert.getEscalation().getTier() == TIER_2));
    }

    private static boolean isOfDemo(Alert alert) {
        return DemoLogs.isHost(alert.getDevice().getHostname());
    }

    private static void delete(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    /**
     * What came.
     *
     * @param cases last revision of each case of the demo's hosts that a person is shown
     * @param complete whether the case of each platform came, with the execution
     * @param took from the last record until they were complete
     */
    public record Result(List<Alert> cases, boolean complete, Duration took) {

        public Result {
            cases = List.copyOf(cases);
        }
    }
}
