package io.clicktrail.standalone.detectiontest;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Event;
import io.clicktrail.standalone.delivery.EventTimes;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.ReferenceData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.BindException;

/**
 * Runs tests of detections, each in an engine of its own. Every expected case must be there, and no other. Not for
 * several threads, as the tests share compiled lists and formats.
 */
public final class DetectionTests {

    private final Catalogues catalogues;
    private final EngineSettings settings;
    private final EventTimes times;
    private final int maxRecordBytes;

    /**
     * @param catalogues the lists
     * @param maxRecordBytes greatest size of a record
     */
    public DetectionTests(Catalogues catalogues, EventTimes times, int maxRecordBytes) {
        this.catalogues = catalogues;
        this.settings = new EngineSettings(Map.of(), catalogues);
        this.times = times;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** The files of tests at paths, those below a folder in order of their names. */
    public static List<Path> find(List<Path> paths) throws UnreadableLogException {
        return DetectionTestFile.find(paths);
    }

    /** Runs the test of a file. */
    public TestOutcome run(Path file) {
        long start = System.nanoTime();
        String name = String.valueOf(file.getFileName());
        try {
            DetectionTest test = DetectionTestFile.read(file);
            name = test.name();
            return new TestOutcome(
                    name, file.toString(), differences(test, cases(test, event -> {})), null, since(start));
        } catch (UnreadableLogException | BindException e) {
            return new TestOutcome(name, file.toString(), List.of(), String.valueOf(e.getMessage()), since(start));
        }
    }

    /**
     * The open cases of a test.
     *
     * @param events takes every event that the logs give
     */
    List<Alert> cases(DetectionTest test, Consumer<Event> events) throws UnreadableLogException {
        var learning = Map.of("clicktrail.enricher.learning", test.learning().toString());
        try (var engine = new Engine(settings.with(learning));
                var deliveries = new MergedDeliveries(LogFiles.find(test.logs()), maxRecordBytes, times, 0)) {
            engine.listen(engine.topics().events(), event -> events.accept(event.value()));
            for (Path document : test.tuning()) {
                ReferenceData.read(catalogues, document, null, List.of(), List.of())
                        .load(engine);
            }
            ReferenceData.read(catalogues, null, test.seenFile(), test.intel(), test.leases())
                    .withAssets(test.assets())
                    .withHistories(catalogues, test.histories())
                    .load(engine);
            ReferenceData.of(catalogues, test.file() + " seen", test.seen()).load(engine);
            for (LogDelivery next = deliveries.next(); next != null; next = deliveries.next()) {
                engine.deliver(next.value(), next.at());
            }
            return OpenCases.of(engine.finish());
        }
    }

    private static List<String> differences(DetectionTest test, List<Alert> cases) {
        var rest = new ArrayList<>(cases);
        var missing = new ArrayList<ExpectedCase>();
        for (ExpectedCase expected : test.expected()) {
            Alert found = rest.stream().filter(expected::matches).findFirst().orElse(null);
            if (found == null) {
                missing.add(expected);
            } else {
                rest.remove(found);
            }
        }
        var differences = new ArrayList<String>();
        for (ExpectedCase expected : missing) {
            Alert other = rest.stream().filter(expected::isCase).findFirst().orElse(null);
            if (other == null) {
                differences.add("no case " + expected);
            } else {
                rest.remove(other);
                expected.wrongAnswers(other).forEach(wrong -> differences.add("case " + expected + ": " + wrong));
            }
        }
        rest.forEach(unexpected -> differences.add("not expected: case " + ExpectedCase.of(unexpected)));
        return differences;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
