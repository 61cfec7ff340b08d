package io.clicktrail.standalone.backtest;

import io.clicktrail.alert.Alert;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.backtest.Backtest;
import io.clicktrail.engine.backtest.CaseChange;
import io.clicktrail.engine.suggest.TuningSuggestions;
import io.clicktrail.event.Platform;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.tuning.Tuning;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cases that two tunings make of the same records.
 *
 * @param before open cases by the old tuning
 * @param after open cases by the new tuning
 * @param changes what differs, with reasons
 * @param days time that the events of hosts span, at least an hour, in days
 */
public record TuningComparison(List<Alert> before, List<Alert> after, List<CaseChange> changes, double days) {

    private static final double HOURS_A_DAY = 24;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    public TuningComparison {
        before = List.copyOf(before);
        after = List.copyOf(after);
        changes = List.copyOf(changes);
    }

    /** The same, kept nowhere. */
    public static TuningComparison of(
            BacktestInput input, EngineSettings settings, Map<Platform, Tuning> before, Map<Platform, Tuning> after)
            throws Exception {
        return of(input, settings, before, after, null);
    }

    /**
     * Judges the input by both tunings in one pass, and once more where there is a difference: the reasons need the
     * chains below the thresholds.
     *
     * @param kept where the first pass is kept, and taken from where it is there already; null for nowhere
     */
    public static TuningComparison of(
            BacktestInput input,
            EngineSettings settings,
            Map<Platform, Tuning> before,
            Map<Platform, Tuning> after,
            @Nullable KeptPass kept)
            throws Exception {
        var thresholds = new Backtest.Thresholds() {
            @Override
            public int before(Alert alert) {
                return Objects.requireNonNull(before.get(TuningSuggestions.platform(alert)))
                        .getChainScore();
            }

            @Override
            public int after(Alert alert) {
                return Objects.requireNonNull(after.get(TuningSuggestions.platform(alert)))
                        .getChainScore();
            }
        };
        FirstPass known = kept == null ? null : kept.read();
        FirstPass first = known == null ? firstPass(input, settings, before, after) : known;
        if (kept != null && known == null) {
            kept.write(first);
        }
        List<Alert> old = first.before();
        List<Alert> now = first.after();
        double days = first.days();
        if (Backtest.compare(old, now, Map.of(), Map.of(), thresholds).isEmpty()) {
            return new TuningComparison(old, now, List.of(), days);
        }
        try (var oldBelow = new Side(settings, input, permissive(before));
                var nowBelow = new Side(settings, input, permissive(after))) {
            input.play(List.of(oldBelow.engine, nowBelow.engine), "Finding the reasons");
            oldBelow.engine.finish();
            nowBelow.engine.finish();
            return new TuningComparison(
                    old, now, Backtest.compare(old, now, oldBelow.detections, nowBelow.detections, thresholds), days);
        }
    }

    private static FirstPass firstPass(
            BacktestInput input, EngineSettings settings, Map<Platform, Tuning> before, Map<Platform, Tuning> after)
            throws Exception {
        try (var old = new Side(settings, input, before);
                var now = new Side(settings, input, after)) {
            input.play(List.of(old.engine, now.engine), "Judging");
            return new FirstPass(OpenCases.of(old.engine.finish()), OpenCases.of(now.engine.finish()), now.days());
        }
    }

    private static Map<Platform, Tuning> permissive(Map<Platform, Tuning> documents) {
        var changed = new EnumMap<Platform, Tuning>(Platform.class);
        documents.forEach((platform, document) -> changed.put(
                platform, Tuning.newBuilder(document).setChainScore(1).build()));
        return changed;
    }

    /** One tuning with its engine. */
    private static final class Side implements AutoCloseable {
        private final Engine engine;
        private final Map<String, Detection> detections = new HashMap<>();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Side(EngineSettings settings, BacktestInput input, Map<Platform, Tuning> documents) {
            engine = new Engine(settings);
            input.load(engine);
            documents.values().forEach(engine::tune);
            engine.listen(engine.topics().detections(), record -> take(record.value()));
            engine.listen(engine.topics().events(), record -> {
                long time = record.value().getTime().toEpochMilli();
                first = Math.min(first, time);
                last = record.value().getHost() == null ? last : Math.max(last, time);
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
