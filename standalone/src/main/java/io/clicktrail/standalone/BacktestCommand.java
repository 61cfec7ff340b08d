package io.clicktrail.standalone;

import io.clicktrail.alert.Alert;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.backtest.Backtest;
import io.clicktrail.engine.backtest.CaseChange;
import io.clicktrail.enricher.tuning.Catalogues;
import io.clicktrail.event.Platform;
import io.clicktrail.schemas.tuning.BuiltInTuning;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.tuning.Tuning;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Judges recorded logs by two tunings. */
@Command(
        name = "backtest",
        description = {
            "Judges recorded raw logs by two tunings in one pass, in this process and without Kafka, and prints which",
            "cases appear, disappear, or change tier or severity, each with its reason. The ids are those of live cases."
        },
        mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
    private static final int SHOWN_PLACES = 10;
    private static final double HOURS_A_DAY = 24;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    private final Terminal terminal;

    @Parameters(paramLabel = "LOGS", arity = "1..*", description = "Log files, or folders of log files.")
    private List<Path> logs = List.of();

    @Option(
            names = "--tuning",
            paramLabel = "FILE",
            required = true,
            description = "New tuning document; may be repeated, one a platform.")
    private List<Path> tuning = List.of();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Old tuning document (default: the built-in ones); may be repeated, one a platform.")
    private List<Path> against = List.of();

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private LogOptions options = new LogOptions();

    BacktestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings settings = options.settings();
        ReferenceData tables = options.tables(settings.catalogues());
        Map<Platform, Tuning> before = documents(against, settings.catalogues());
        Map<Platform, Tuning> after = documents(tuning, settings.catalogues());
        try (var old = new Side(settings, tables, before);
                var now = new Side(settings, tables, after)) {
            LogOptions.play(logs, List.of(old.engine, now.engine), terminal, "Judging");
            List<Alert> oldCases = OpenCases.of(old.engine.finish());
            List<Alert> nowCases = OpenCases.of(now.engine.finish());
            List<CaseChange> changes = compare(oldCases, nowCases, settings, tables, before, after);
            if (json) {
                printJson(changes, oldCases, nowCases, now.days());
            } else {
                print(changes, oldCases, nowCases, now.days());
            }
        }
        return Clicktrail.DONE;
    }

    /** The reasons need the chains below the thresholds, which a second pass shows where there is a difference. */
    private List<CaseChange> compare(
            List<Alert> oldCases,
            List<Alert> nowCases,
            EngineSettings settings,
            ReferenceData tables,
            Map<Platform, Tuning> before,
            Map<Platform, Tuning> after)
            throws UnreadableLogException {
        var thresholds = new Backtest.Thresholds() {
            @Override
            public int before(Alert alert) {
                return Objects.requireNonNull(before.get(platform(alert))).getChainScore();
            }

            @Override
            public int after(Alert alert) {
                return Objects.requireNonNull(after.get(platform(alert))).getChainScore();
            }
        };
        if (Backtest.compare(oldCases, nowCases, Map.of(), Map.of(), thresholds).isEmpty()) {
            return List.of();
        }
        try (var oldBelow = new Side(settings, tables, permissive(before));
                var nowBelow = new Side(settings, tables, permissive(after))) {
            LogOptions.play(logs, List.of(oldBelow.engine, nowBelow.engine), terminal, "Finding the reasons");
            oldBelow.engine.finish();
            nowBelow.engine.finish();
            return Backtest.compare(oldCases, nowCases, oldBelow.detections, nowBelow.detections, thresholds);
        }
    }

    private static Map<Platform, Tuning> documents(List<Path> files, Catalogues catalogues)
            throws UnreadableLogException {
        var documents = new EnumMap<Platform, Tuning>(Platform.class);
        BuiltInTuning.PLATFORMS.forEach(platform -> documents.put(platform, BuiltInTuning.of(platform)));
        for (Path file : files) {
            Tuning document = Objects.requireNonNull(ReferenceData.read(catalogues, file, null, List.of(), List.of())
                    .tuning());
            documents.put(document.getPlatform(), document);
        }
        return documents;
    }

    private static Map<Platform, Tuning> permissive(Map<Platform, Tuning> documents) {
        var changed = new EnumMap<Platform, Tuning>(Platform.class);
        documents.forEach((platform, document) -> changed.put(
                platform, Tuning.newBuilder(document).setChainScore(1).build()));
        return changed;
    }

    private static Platform platform(Alert alert) {
        return switch (alert.getAnalyticId()) {
            case "AN0179" -> Platform.LINUX;
            case "AN0180" -> Platform.MACOS;
            default -> Platform.WINDOWS;
        };
    }

    private void print(List<CaseChange> changes, List<Alert> before, List<Alert> after, double days) {
        PrintStream out = terminal.results();
        for (CaseChange change : changes) {
            Alert shown = change.shown();
            out.printf(
                    Locale.ROOT,
                    "%-10s %s  %s, %s%s%n",
                    change.kind().name().toLowerCase(Locale.ROOT),
                    shown.getAlertId(),
                    safe(shown.getDevice().getHostname()),
                    safe(shown.getTenantKey()),
                    change.before() == null || change.after() == null
                            ? ", tier " + shown.getEscalation().getTier() + " " + shown.getSeverity()
                            : ": tier " + change.before().getEscalation().getTier() + " "
                                    + change.before().getSeverity() + " becomes tier "
                                    + change.after().getEscalation().getTier() + " "
                                    + change.after().getSeverity());
            change.reasons().forEach(reason -> out.println("           " + safe(reason)));
        }
        out.printf(
                Locale.ROOT,
                "%d cases become %d; %d differences; %.1f cases a day become %.1f (%.1f days of logs)%n",
                before.size(),
                after.size(),
                changes.size(),
                before.size() / days,
                after.size() / days,
                days);
        if (!after.isEmpty()) {
            out.println("places with most cases:");
            Backtest.busiest(after, SHOWN_PLACES)
                    .forEach(place -> out.printf(Locale.ROOT, "  %5d  %s%n", place.getValue(), safe(place.getKey())));
        }
    }

    private void printJson(List<CaseChange> changes, List<Alert> before, List<Alert> after, double days) {
        var mapper = JsonMapper.shared();
        ObjectNode report = mapper.createObjectNode()
                .put("cases_before", before.size())
                .put("cases_after", after.size())
                .put("days", days);
        var all = report.putArray("changes");
        for (CaseChange change : changes) {
            Alert shown = change.shown();
            ObjectNode node = all.addObject()
                    .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
                    .put("alert_id", shown.getAlertId())
                    .put("host", shown.getDevice().getHostname())
                    .put("domain", shown.getTenantKey());
            judged(change.before(), "before", node);
            judged(change.after(), "after", node);
            var reasons = node.putArray("reasons");
            change.reasons().forEach(reasons::add);
        }
        var places = report.putArray("busiest_places");
        Backtest.busiest(after, SHOWN_PLACES)
                .forEach(place ->
                        places.addObject().put("domain", place.getKey()).put("cases", place.getValue()));
        terminal.results().println(report.toPrettyString());
    }

    private static void judged(@Nullable Alert alert, String name, ObjectNode node) {
        if (alert != null) {
            node.putObject(name)
                    .put("tier", alert.getEscalation().getTier())
                    .put("severity", alert.getSeverity().name());
        }
    }

    private static String safe(String text) {
        return SafeText.reveal(text);
    }

    /** One setting with its engine. */
    private static final class Side implements AutoCloseable {
        private final Engine engine;
        private final Map<String, Detection> detections = new HashMap<>();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Side(EngineSettings settings, ReferenceData tables, Map<Platform, Tuning> documents) {
            engine = new Engine(settings);
            tables.load(engine);
            documents.values().forEach(engine::tune);
            engine.listen(engine.topics().detections(), record -> take(record.value()));
            engine.listen(engine.topics().events(), record -> {
                Instant time = record.value().getTime();
                first = Math.min(first, time.toEpochMilli());
                last = record.value().getHost() == null ? last : Math.max(last, time.toEpochMilli());
            });
        }

        private void take(@Nullable Detection detection) {
            if (detection == null) {
                return;
            }
            if (detection.getChange() == DetectionChange.CLOSED) {
                detections.remove(detection.getDetectionId());
            } else {
                detections.put(detection.getDetectionId(), detection);
            }
        }

        /** Time that the events of hosts span, at least an hour, in days. */
        double days() {
            double hours = Math.max(1, (last - Math.min(first, last)) / MILLIS_AN_HOUR);
            return hours / HOURS_A_DAY;
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
