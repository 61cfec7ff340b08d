package io.clicktrail.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.engine.EngineSettings;
import io.clicktrail.engine.explain.ChainQuery;
import io.clicktrail.engine.explain.Explainer;
import io.clicktrail.engine.explain.Explanation;
import io.clicktrail.engine.explain.JudgedChain;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.LogDelivery;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} says of the hostile stories of a day that gave no case. */
class MissedStoriesTest {
    /** A day with one story that has too few points and one of which a sensor shows no click. */
    private static final long SEED = 70102;

    private static final int HOSTS = 30;

    @Test
    void explainNamesWhatDecidedForEachOfThem(@TempDir Path folder) throws Exception {
        System.out.println("seed " + SEED);
        LabelledDay day = new DetectionWorkload(SEED, HOSTS, List.of(Half.values()), null).invent();
        day.write(folder);
        Path logs = folder.resolve(LabelledDay.LOGS);
        Path seen = folder.resolve(LabelledDay.SEEN);
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        DayPlayback playback = DayPlayback.local(logs, seen, null, new Terminal(nowhere, nowhere, false, false));
        List<Label> missed = CaseScoring.of(
                        day.labels(),
                        playback.cases().stream()
                                .map(DetectionBenchmark::inShort)
                                .toList())
                .missed();
        var tables = ReferenceData.ofSeen(seen);
        var explainer = new Explainer<UnreadableLogException>(
                EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s")), List.of(), engine -> {
                    tables.load(engine);
                    try (var merged = new MergedDeliveries(
                            LogFiles.find(List.of(logs)), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
                        for (LogDelivery next = merged.next(); next != null; next = merged.next()) {
                            engine.deliver(next.value(), next.at());
                        }
                    }
                });

        assertThat(missed).isNotEmpty();
        for (Label label : missed) {
            String decided = decided(explainer.explain(new ChainQuery(label.host(), null, null)), label);
            System.out.println(label.kind() + ": " + decided);
            assertThat(decided).as(label.toString()).isNotEmpty();
        }
    }

    /** The parts that a chain to the story's place lacks or lost; else a stage without evidence, or a trusted place. */
    private static String decided(Explanation explanation, Label label) {
        JudgedChain chain = explanation.chains().stream()
                .filter(each -> isOf(label, each.detection().getTenantKey()))
                .findFirst()
                .orElse(null);
        if (chain != null) {
            assertThat(chain.emitted()).isFalse();
            assertThat(chain.shortfall()).isPositive();
            return chain.lowering().isEmpty()
                    ? chain.wouldDo().toString()
                    : chain.lowering().toString();
        }
        if (!explanation.missing().isEmpty()) {
            return explanation.missing().toString();
        }
        return explanation.trusted().entrySet().stream()
                .filter(place -> isOf(label, place.getKey()))
                .map(Map.Entry::toString)
                .findFirst()
                .orElse("");
    }

    private static boolean isOf(Label label, String place) {
        return label.marks().stream().anyMatch(mark -> mark.contains(place) || place.contains(mark));
    }
}
