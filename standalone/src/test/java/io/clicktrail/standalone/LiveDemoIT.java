package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.standalone.replay.TopicReader;
import io.clicktrail.standalone.stack.Stack;
import io.clicktrail.standalone.stack.StackSettings;
import io.clicktrail.standalone.stack.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's logs sent to a stack that runs as {@code up} starts it, with nothing seeded. */
class LiveDemoIT {

    @Test
    void sendsTheLogsToARunningStackTwiceAndPrintsTheCaseOfEachPlatform(@TempDir Path folder) throws Exception {
        try (var stack =
                new Stack(new StackSettings(WorkFolder.at(folder.resolve("stack")), 0, 0, 4, false, Map.of()))) {
            stack.startInfrastructure();
            stack.startServices();
            List<List<String>> ids = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                var captured = new Captured();

                int code = captured.run("demo", "--to", stack.bootstrapServers(), "--registry", stack.registryUrl());

                assertThat(captured.messages()).contains("3 cases, ");
                assertThat(code).isZero();
                assertThat(cases(captured))
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).contains("AN0178 DET0066"),
                                line -> assertThat(line).contains("AN0179 DET0066"),
                                line -> assertThat(line).contains("AN0180 DET0066"));
                ids.add(cases(captured));
                assertThat(captured.results()).contains("CLICK").doesNotContain("Unconfirmed");
            }
            assertThat(ids.getFirst()).containsExactlyInAnyOrderElementsOf(ids.getLast());
            theDoctorFindsNothingWrongWithItsTopics(stack);
            aTuningIsTriedOnWhatTheStackHasRead(stack, folder);
        }
    }

    private static void theDoctorFindsNothingWrongWithItsTopics(Stack stack) {
        var captured = new Captured();

        captured.run("doctor", "--bootstrap-servers", stack.bootstrapServers(), "--registry", stack.registryUrl());

        assertThat(captured.results()).contains("topics are laid out as they should be");
    }

    /** A backtest over the events of the cluster, a run beside the services, and the change with its report. */
    private static void aTuningIsTriedOnWhatTheStackHasRead(Stack stack, Path folder) throws Exception {
        String[] access = {"--bootstrap-servers", stack.bootstrapServers(), "--registry", stack.registryUrl()};
        Path document = Files.writeString(folder.resolve("allowed.yaml"), """
                platform: LINUX
                version: allowed-1
                AllowedCDNs:
                  - pattern: dropbox-files.click
                    scope: WHOLE_CHAIN
                    owner: it
                    reason: a test
                    expires: "2036-01-01T00:00:00Z"
                """);
        var backtest = new Captured();
        assertThat(backtest.run(with(
                        access,
                        "backtest",
                        "--from",
                        "2026-01-01T00:00:00Z",
                        "--json",
                        "--tuning",
                        document.toString())))
                .as(backtest.messages())
                .isZero();
        JsonNode report = JsonMapper.shared().readTree(backtest.results());
        assertThat(report.path("changes").size()).as(backtest.results()).isEqualTo(1);
        assertThat(report.path("changes").path(0).path("kind").asString()).isEqualTo("disappears");
        assertThat(report.path("changes").path(0).path("domain").asString()).isEqualTo("dropbox-files.click");

        var shadow = new Captured();
        assertThat(shadow.run(with(access, "tuning", "shadow", document.toString(), "--for", "5s", "--every", "1s")))
                .as(shadow.messages())
                .isZero();
        assertThat(shadow.results()).contains("cases by both", "events judged");

        Path json = Files.writeString(folder.resolve("report.json"), backtest.results());
        var put = new Captured();
        assertThat(put.run(with(access, "tuning", "put", document.toString(), "--backtested", json.toString())))
                .as(put.messages())
                .isZero();
        var topics = stack.topics();
        var audited = new ArrayList<String>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            audited.clear();
            TopicReader.readAll(
                    Map.of("bootstrap.servers", stack.bootstrapServers()),
                    topics.audit(),
                    record -> audited.add(String.valueOf(record.value().getBacktest())));
            assertThat(audited).anyMatch(text -> text.contains(" with 1 differences, report sha256:"));
        });
    }

    private static String[] with(String[] access, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(access)).toArray(String[]::new);
    }

    /** The lines with the ids of cases, without their scores. */
    private static List<String> cases(Captured captured) {
        return captured.results()
                .lines()
                .filter(line -> line.startsWith("case "))
                .map(line -> line.substring(0, line.indexOf("T1204")))
                .toList();
    }
}
