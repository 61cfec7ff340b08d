package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.delivery.Deliveries;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Service;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demo's day on a stack of its own, on which things happen at chosen deliveries. */
final class Scenario implements AutoCloseable {
    private final Path folder;
    private final Stack stack;
    private final ReferenceData reference;
    private final Map<Integer, Happening> happenings = new TreeMap<>();
    private final Map<Integer, byte[]> extra = new TreeMap<>();

    /** What happens before a delivery. */
    @FunctionalInterface
    interface Happening {
        void happen() throws Exception;
    }

    Scenario(Path folder) throws Exception {
        this.folder = folder;
        stack = new Stack(new StackSettings(
                WorkFolder.at(folder.resolve("stack")),
                0,
                0,
                ReplayCommand.PARTITIONS,
                true,
                Map.of("clicktrail.enricher.learning", "0s")));
        reference = ReferenceData.of("known-domains.txt", DemoLogs.knownDomains());
    }

    Stack stack() {
        return stack;
    }

    /** Broker and registry with the reference data, without services. */
    Scenario prepared() throws Exception {
        stack.startInfrastructure();
        reference.write(stack);
        return this;
    }

    Scenario servicesWithout(Service... elsewhere) throws Exception {
        Set<Service> here = EnumSet.allOf(Service.class);
        List.of(elsewhere).forEach(here::remove);
        stack.startServices(here);
        return this;
    }

    Scenario before(int delivery, Happening happening) {
        happenings.put(delivery, happening);
        return this;
    }

    /** One more raw record, delivered just before another. */
    Scenario deliverBefore(int delivery, byte[] record) {
        extra.put(delivery, record);
        return this;
    }

    Replay.Result play() throws Exception {
        Path logs =
                Files.exists(folder.resolve("logs")) ? folder.resolve("logs") : DemoLogs.unpack(folder.resolve("logs"));
        try (var merged =
                new MergedDeliveries(LogFiles.find(List.of(logs)), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
            return new Replay(stack, new Captured().terminal, null).play(new Eventful(merged), () -> 0, 0);
        }
    }

    /** Content of the last revision of each case by its id. */
    static Map<String, String> contents(Replay.Result result) {
        return result.cases().stream()
                .collect(Collectors.toMap(Alert::getAlertId, Scenario::content, (a, b) -> a, TreeMap::new));
    }

    /** The hash of all that a case says, and of that what a reader of a failed test wants to see. */
    static String content(Alert alert) {
        return alert.getContentHash() + " " + alert.getTitle()
                + alert.getEvidence().stream()
                        .map(placed -> "\n" + placed.getStage() + " " + placed.getWhat())
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        stack.close();
    }

    private final class Eventful implements Deliveries {
        private final Deliveries eventless;
        private final List<LogDelivery> waiting = new ArrayList<>();
        private int number;

        Eventful(Deliveries eventless) {
            this.eventless = eventless;
        }

        @Override
        public @Nullable LogDelivery next() throws UnreadableLogException {
            if (!waiting.isEmpty()) {
                return waiting.removeFirst();
            }
            LogDelivery next = eventless.next();
            Happening happening = happenings.get(number);
            byte[] record = extra.get(number++);
            if (happening != null) {
                try {
                    happening.happen();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            if (record == null || next == null) {
                return next;
            }
            waiting.add(next);
            return new LogDelivery(record, next.at());
        }

        @Override
        public void close() {
            eventless.close();
        }
    }

    /** Processes that this one has started and that are still there. */
    static List<String> running() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            return all.filter(ProcessHandle::isAlive)
                    .map(process ->
                            process.pid() + " " + process.info().commandLine().orElse(""))
                    .toList();
        }
    }
}
