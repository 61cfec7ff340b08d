package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.replay.LocalReplay;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's day in one process; {@link SystemIT} compares it with the real stack. */
class LocalEngineTest {

    private static final EngineSettings SETTINGS =
            EngineSettings.defaults().with(Map.of("clicktrail.enricher.learning", "0s"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void findsTheThreeCasesOfTheDemoEachTimeTheSame() throws Exception {
        Replay.Result first = demo(folder.resolve("first"));
        Replay.Result second = demo(folder.resolve("second"));

        assertThat(first.cases())
                .extracting(Alert::getAnalyticId)
                .containsExactlyInAnyOrder("AN0178", "AN0179", "AN0180");
        assertThat(first.counts().line()).isEqualTo("342 received = 342 normalized + 0 ignored + 0 rejected");
        assertThat(first.counts().addsUp()).isTrue();
        assertThat(second.cases()).isEqualTo(first.cases());
    }

    @Test
    void anEngineThatHandsCasesOverKeepsNone() throws Exception {
        var last = new TreeMap<String, Alert>();
        Replay.Result handedOver;
        try (var engine = Engine.handingOver(SETTINGS, alert -> last.put(alert.getAlertId(), alert))) {
            handedOver = demo(engine, folder.resolve("handed"));
        }

        assertThat(handedOver.cases()).isEmpty();
        assertThat(OpenCases.of(List.copyOf(last.values())))
                .containsExactlyInAnyOrderElementsOf(
                        demo(folder.resolve("kept")).cases());
    }

    @Test
    void replayTakesItAsAnEngine() throws Exception {
        var captured = new Captured();

        int code = captured.run(
                "replay", DemoLogs.unpack(folder.resolve("logs")).toString(), "--engine", "local", "--learning", "0s");

        assertThat(code).isZero();
        assertThat(captured.results()).contains("case ");
        assertThat(captured.messages()).contains("342 received = 342 normalized + 0 ignored + 0 rejected");
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9, 16, 1_109, 20_261})
    void replayGivesTheSameCasesInAnyOrderWithinTheGraceAndWithEachRecordTwice(long seed) throws Exception {
        assertThat(replayed("late", "--twice", "--late", "9m", "--seed", Long.toString(seed)))
                .hasSize(3)
                .isEqualTo(replayed("in-time"));
    }

    @Test
    void replayGivesTheSameCasesWithNormalizerAndEnricherAsOneService() throws Exception {
        assertThat(replayed("one", "--co-located")).hasSize(3).isEqualTo(replayed("two"));
    }

    private Map<String, String> replayed(String name, String... how) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        Path out = own.resolve("cases.avro");
        Path seen = Files.write(own.resolve("seen.txt"), DemoLogs.knownDomains());
        var arguments = new ArrayList<>(List.of(
                "replay",
                DemoLogs.unpack(own.resolve("logs")).toString(),
                "--engine",
                "local",
                "--seen",
                seen.toString(),
                "--format",
                "avro",
                "--out",
                out.toString()));
        arguments.addAll(List.of(how));
        assertThat(new Captured().run(arguments.toArray(String[]::new))).isZero();
        return AlertFile.contents(out);
    }

    /** The demo's logs with its known domains. */
    static Replay.Result demo(Path folder) throws Exception {
        try (var engine = new Engine(SETTINGS)) {
            return demo(engine, folder);
        }
    }

    private static Replay.Result demo(Engine engine, Path folder) throws Exception {
        try (var merged = new MergedDeliveries(
                LogFiles.find(List.of(DemoLogs.unpack(folder))), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
            ReferenceData.of("known-domains.txt", DemoLogs.knownDomains()).load(engine);
            return new LocalReplay(new Captured().terminal).play(engine, merged, () -> 0, 0);
        }
    }
}
