package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.Handling;
import io.clicktrail.detection.Decision;
import io.clicktrail.feedback.Verdict;
import io.clicktrail.schemas.AvroSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a change of tuning does to recorded logs, and what verdicts propose. */
class BacktestCommandTest {
    private static final Path LOGS = Path.of("src/test/resources/detections");
    private static final String[] CASES = {
        LOGS.resolve("installer-not-run.log").toString(),
        LOGS.resolve("script-in-archive.log").toString(),
        LOGS.resolve("pasted-command.log").toString(),
        LOGS.resolve("newsletter-document.log").toString(),
        "--learning",
        "0s"
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void anEntryOfTheAllowListSilencesExactlyTheCasesOfItsPlace() {
        JsonNode report = backtest(LOGS.resolve("allowed-viewer.yaml"));

        assertThat(report.path("cases_before").asInt()).isEqualTo(3);
        assertThat(report.path("changes").size()).isEqualTo(1);
        assertThat(report.path("changes").path(0).path("kind").asString()).isEqualTo("disappears");
        assertThat(report.path("changes").path(0).path("domain").asString()).isEqualTo("viewer-update.buzz");
        assertThat(report.path("cases_after").asInt()).isEqualTo(2);
    }

    @Test
    void thePageHasEachCaseThatDiffersWithItsReason() throws IOException {
        Path page = folder.resolve("backtest.html");

        report(LOGS.resolve("allowed-viewer.yaml"), "--html", page.toString());

        assertThat(Files.readString(page))
                .contains("3 cases become 2; 1 differences", "disappears, tier", "viewer-update[.]buzz", "<article")
                .doesNotContain("viewer-update.buzz");
    }

    @Test
    void aChangedThresholdDiffersAsTwoReplaysDo() throws IOException {
        int spared = 0;
        for (int score : List.of(20, 50, 70, 80)) {
            Path document = tuning(score);
            Path other = tuning(score + 10);

            JsonNode report = backtest(other, "--against", document.toString());

            Map<String, Integer> before = replay(document);
            Map<String, Integer> after = replay(other);
            Set<String> gone = new TreeSet<>(before.keySet());
            gone.removeAll(after.keySet());
            assertThat(report.path("cases_before").asInt()).isEqualTo(before.size());
            assertThat(report.path("cases_after").asInt()).isEqualTo(after.size());
            assertThat(ids(report, "disappears"))
                    .as("from %d to %d", score, score + 10)
                    .isEqualTo(gone);
            assertThat(ids(report, "appears")).isEmpty();
            spared += gone.size();
        }
        assertThat(spared).isPositive();
    }

    @Test
    void anInterruptedBacktestGoesOnWithItsSecondPass() {
        Path kept = folder.resolve("kept");
        String document = LOGS.resolve("allowed-viewer.yaml").toString();
        String[] command = arguments("backtest", "--json", "--tuning", document, "--resume", kept.toString());
        var interrupted = new Captured();
        String nowhere = folder.resolve("absent/page.html").toString();
        assertThat(interrupted.run(Stream.concat(Stream.of(command), Stream.of("--html", nowhere))
                        .toArray(String[]::new)))
                .isNotZero();
        assertThat(kept).exists();
        var other = new Captured();
        assertThat(other.run(arguments(
                        "backtest", "--tuning", document, "--against", document, "--resume", kept.toString())))
                .isEqualTo(1);
        assertThat(other.messages()).contains("is of another backtest");

        var resumed = new Captured();
        assertThat(resumed.run(command)).as(resumed.messages()).isZero();

        assertThat(resumed.messages()).contains("Goes on with the second pass").doesNotContain("Judging");
        assertThat(resumed.results()).isEqualTo(report(LOGS.resolve("allowed-viewer.yaml")));
        assertThat(kept).doesNotExist();
    }

    @Test
    void eitherLogsOrASpanOfAnInstallationIsJudged() {
        var captured = new Captured();
        String document = LOGS.resolve("allowed-viewer.yaml").toString();

        assertThat(captured.run("backtest", "--tuning", document)).isEqualTo(2);
        assertThat(captured.run("backtest", CASES[0], "--from", "2026-03-01T00:00:00Z", "--tuning", document))
                .isEqualTo(2);
        assertThat(captured.messages()).contains("give either LOGS, or --from");
    }

    @Test
    void aReportOfAnotherDocumentIsRefused() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), report(LOGS.resolve("allowed-viewer.yaml")));
        var captured = new Captured();

        int code = captured.run("tuning", "put", tuning(70).toString(), "--backtested", report.toString());

        assertThat(code).isEqualTo(1);
        assertThat(captured.messages()).contains("is no backtest of this document of WINDOWS");
    }

    @Test
    void aFalsePositiveSpeaksForAnEntryOfTheNarrowestScopeThatSilencesIt() throws IOException {
        Path verdicts = judged(Map.of("viewer-update.buzz", Verdict.FALSE_POSITIVE));
        var captured = new Captured();

        int code = captured.run(arguments("tuning", "suggest", "--alerts", verdicts.toString(), "--owner", "lab"));

        assertThat(code).as(captured.messages()).isZero();
        assertThat(captured.results())
                .contains("# 1 case of viewer-update.buzz closed as no attack, none confirmed")
                .contains("pattern: viewer-update.buzz", "owner: lab", "scope: ");
        assertThat(captured.messages())
                .contains("disappears", "silences 1 of 1 of them in these records", "3 cases become 2; 1 differences");
        Path proposed = Files.writeString(folder.resolve("proposed.yaml"), captured.results());
        assertThat(ids(backtest(proposed), "disappears")).hasSize(1);
    }

    @Test
    void aPlaceWithAConfirmedCaseIsNotProposed() throws IOException {
        Path verdicts = judged(Map.of("viewer-update.buzz", Verdict.TRUE_POSITIVE));
        var captured = new Captured();

        assertThat(captured.run("tuning", "suggest", "--alerts", verdicts.toString()))
                .isZero();
        assertThat(captured.messages()).contains("3 cases; their verdicts speak for no change.");
    }

    @Test
    void aThresholdIsProposedUnderWhichOnlyWrongCasesAre() throws IOException {
        Path verdicts = scored(61, 75, 80, 90, 95, 100);
        var captured = new Captured();

        assertThat(captured.run("tuning", "suggest", "--alerts", verdicts.toString()))
                .as(captured.messages())
                .isZero();

        assertThat(captured.results())
                .contains("# 1 case closed as no attack score below 75, none of the 5 confirmed ones does")
                .contains("ChainScore: 75")
                .doesNotContain("pattern: viewer-update.buzz");
    }

    @Test
    void noThresholdIsProposedByFourConfirmedCasesNorWhereAWrongOneScoresHigher() throws IOException {
        for (Path verdicts : List.of(scored(61, 75, 80, 90, 95), scored(76, 75, 80, 90, 95, 100))) {
            var captured = new Captured();

            assertThat(captured.run("tuning", "suggest", "--alerts", verdicts.toString()))
                    .isZero();
            assertThat(captured.messages()).contains("their verdicts speak for no change.");
        }
    }

    /** Copies of one case: one closed as no attack with the first score, and one confirmed with each of the others. */
    private Path scored(int wrong, int... confirmed) throws IOException {
        Path verdicts = judged(Map.of("viewer-update.buzz", Verdict.TRUE_POSITIVE));
        Alert model = read(verdicts).stream()
                .filter(alert -> alert.getTenantKey().equals("viewer-update.buzz"))
                .findFirst()
                .orElseThrow();
        var copies = new ArrayList<Alert>();
        copies.add(copy(model, wrong, Verdict.FALSE_POSITIVE));
        for (int score : confirmed) {
            copies.add(copy(model, score, Verdict.TRUE_POSITIVE));
        }
        return write(copies, folder.resolve("scored-" + wrong + "-" + confirmed.length + ".avro"));
    }

    private static Alert copy(Alert model, int score, Verdict verdict) {
        return Alert.newBuilder(model)
                .setAlertId("copy-" + score)
                .setDecision(
                        Decision.newBuilder(model.getDecision()).setScore(score).build())
                .setHandling(Handling.newBuilder().setVerdict(verdict).build())
                .build();
    }

    private static List<Alert> read(Path cases) throws IOException {
        var alerts = new ArrayList<Alert>();
        try (var read = new DataFileReader<>(cases.toFile(), new SpecificDatumReader<>(Alert.class))) {
            read.forEach(alerts::add);
        }
        return alerts;
    }

    private static Path write(List<Alert> alerts, Path cases) throws IOException {
        try (var writer = new DataFileWriter<Alert>(new SpecificDatumWriter<>(Alert.class))) {
            writer.create(Alert.getClassSchema(), cases.toFile());
            for (Alert alert : alerts) {
                writer.append(alert);
            }
        }
        return cases;
    }

    /** The cases of the logs with verdicts by place. */
    private Path judged(Map<String, Verdict> verdicts) throws IOException {
        AvroSetup.install();
        Path cases = folder.resolve("cases.avro");
        assertThat(new Captured()
                        .run(arguments("replay", "--engine", "local", "--format", "avro", "--out", cases.toString())))
                .isZero();
        List<Alert> judged = read(cases).stream()
                .map(alert -> Alert.newBuilder(alert)
                        .setHandling(Handling.newBuilder()
                                .setVerdict(verdicts.getOrDefault(alert.getTenantKey(), Verdict.UNKNOWN))
                                .build())
                        .build())
                .toList();
        return write(judged, folder.resolve("judged.avro"));
    }

    private Path tuning(int chainScore) throws IOException {
        return Files.writeString(
                folder.resolve(chainScore + ".yaml"),
                "platform: WINDOWS\nversion: v" + chainScore + "\nChainScore: " + chainScore + "\n");
    }

    private Map<String, Integer> replay(Path document) throws IOException {
        Path cases = folder.resolve("replay.avro");
        assertThat(new Captured()
                        .run(arguments(
                                "replay",
                                "--engine",
                                "local",
                                "--tuning",
                                document.toString(),
                                "--format",
                                "avro",
                                "--out",
                                cases.toString())))
                .isZero();
        var tiers = new TreeMap<String, Integer>();
        read(cases)
                .forEach(alert ->
                        tiers.put(alert.getAlertId(), alert.getEscalation().getTier()));
        return tiers;
    }

    private static Set<String> ids(JsonNode report, String kind) {
        var ids = new TreeSet<String>();
        report.path("changes").forEach(change -> {
            if (change.path("kind").asString().equals(kind)) {
                ids.add(change.path("alert_id").asString());
            }
        });
        return ids;
    }

    private static JsonNode backtest(Path document, String... more) {
        return JsonMapper.shared().readTree(report(document, more));
    }

    private static String report(Path document, String... more) {
        var captured = new Captured();
        String[] all = Stream.concat(
                        Stream.of(arguments("backtest", "--json", "--tuning", document.toString())), Stream.of(more))
                .toArray(String[]::new);
        assertThat(captured.run(all)).as(captured.messages()).isZero();
        return captured.results();
    }

    private static String[] arguments(String... command) {
        return Stream.concat(Stream.of(command), Stream.of(CASES)).toArray(String[]::new);
    }
}
