package io.clicktrail.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clicktrail.alert.Alert;
import io.clicktrail.standalone.replay.Cases;
import io.clicktrail.standalone.replay.OpenCases;
import io.clicktrail.standalone.replay.Replay;
import io.clicktrail.standalone.stack.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole suite on a real broker and a real registry: the demo's day, undisturbed and disturbed, gives the same
 * cases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemIT {
    /** Within the grace of ten minutes. */
    private static final String LATE = "9m";

    private static final Duration START = Duration.ofSeconds(90);
    private static final String CLICKED = "https://docusign-invoices.click/review?id=2231&u=a.meyer";
    private static final int KNOWN_BAD = 90;
    private static final int BEFORE_THE_CLICK = 240;
    private static final int IN_THE_CHAIN_ON_WINDOWS = 263;
    private static final int IN_THE_CHAIN_ON_LINUX = 316;

    /** A correlator that is started again here is still starting when all logs are delivered. */
    private static final int THE_LAST = 338;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Map<String, String> undisturbed = Map.of();

    private List<String> before = List.of();

    @BeforeEach
    void seeWhatRunsAlready() {
        before = Scenario.running();
    }

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(Scenario.running()).isSubsetOf(before);
    }

    @Test
    void demoPrintsTheCaseOfEachPlatformAndNoOther() {
        var captured = new Captured();

        assertThat(captured.run("demo")).isZero();

        assertThat(captured.results().lines().filter(line -> line.startsWith("case ")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("AN0178 DET0066"),
                        line -> assertThat(line).contains("AN0179 DET0066"),
                        line -> assertThat(line).contains("AN0180 DET0066"));
        assertThat(captured.results())
                .contains("ws-0142.corp.example", "docusign-invoices[.]click", "Invoice_2231.js")
                .contains("lx-0031.corp.example", "dropbox-files[.]click", "Report_4471.AppImage")
                .contains("mac-0017.corp.example", "zoom-update[.]click", "ZoomInstaller.dmg");
        assertThat(captured.messages())
                .contains("342 received = 342 normalized + 0 ignored + 0 rejected")
                .contains("3 cases;");
    }

    @Test
    void theLocalEngineGivesTheSameCases() throws Exception {
        assertThat(Scenario.contents(LocalEngineTest.demo(folder.resolve("local"))))
                .isEqualTo(undisturbed());
    }

    @Test
    void replayGivesTheSameCasesInAnyOrderWithinTheGraceAndWithEachRecordTwice() throws Exception {
        String logs = DemoLogs.unpack(folder.resolve("late-logs")).toString();
        String seen =
                Files.write(folder.resolve("seen.txt"), DemoLogs.knownDomains()).toString();
        Path out = folder.resolve("cases.avro");
        var captured = new Captured();

        int code = captured.run(
                "replay",
                logs,
                "--seen",
                seen,
                "--twice",
                "--late",
                LATE,
                "--seed",
                "7",
                "--format",
                "avro",
                "--out",
                out.toString());

        assertThat(code).isZero();
        assertThat(captured.messages()).contains("684 received = 684 normalized + 0 ignored + 0 rejected");
        assertThat(AlertFile.contents(out)).isEqualTo(undisturbed());
    }

    @Test
    void aCorrelatorThatIsKilledAndStartedAgainChangesNothing() throws Exception {
        try (var scenario = new Scenario(Files.createDirectory(folder.resolve("killed")));
                var correlator =
                        new ChildService(Service.CORRELATOR, scenario.prepared().stack(), folder)) {
            scenario.servicesWithout(Service.CORRELATOR)
                    .before(IN_THE_CHAIN_ON_WINDOWS, correlator::killAndStartAgain)
                    .before(IN_THE_CHAIN_ON_LINUX, correlator::killAndStartAgain)
                    .before(THE_LAST, correlator::killAndStartAgain);

            assertThat(Scenario.contents(scenario.play())).isEqualTo(undisturbed());
            assertThat(correlator.isAlive()).isTrue();
        }
    }

    @Test
    void anAbsentRegistryARestartedBrokerAndHostileRecordsChangeNothing() throws Exception {
        try (var scenario = new Scenario(Files.createDirectory(folder.resolve("disturbed")));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            scenario.prepared().stack().registry().stop();
            var services = threads.submit(() -> scenario.servicesWithout());
            await().atMost(START).until(() -> !scenario.stack().services().isEmpty());
            scenario.stack().registry().start();
            services.get();
            scenario.before(
                    IN_THE_CHAIN_ON_WINDOWS, () -> scenario.stack().broker().restart());
            Map<String, byte[]> hostile = hostileRecords();
            int delivery = BEFORE_THE_CLICK;
            for (byte[] record : hostile.values()) {
                scenario.deliverBefore(delivery++, record);
            }

            Replay.Result result = scenario.play();

            assertThat(Scenario.contents(result)).isEqualTo(undisturbed());
            assertThat(result.counts().addsUp()).as(result.counts().line()).isTrue();
            assertThat(result.counts().rejected())
                    .containsEntry("TOO_LARGE", 1L)
                    .containsEntry("XML_DTD", 1L)
                    .containsEntry("TOO_DEEP", 1L)
                    .containsEntry("EMPTY", 1L)
                    .containsEntry("UNKNOWN_FORMAT", 1L);
        }
    }

    /** First, as its replay is the undisturbed one that others compare with. */
    @Test
    @Order(1)
    void intelThatComesAfterTheCaseRaisesTheCaseThatWasSent() throws Exception {
        try (var scenario = new Scenario(Files.createDirectory(folder.resolve("late-intel")))) {
            Replay.Result replayed = scenario.prepared().servicesWithout().play();
            undisturbed = Scenario.contents(replayed);
            Alert sent = windows(replayed.cases());
            assertThat(requireNonNull(sent.getDomain()).getScore()).isLessThan(KNOWN_BAD);
            Path feed = Files.writeString(folder.resolve("feed.txt"), CLICKED + "\n");
            String[] load = {
                "intel",
                "load",
                feed.toString(),
                "--confidence",
                "95",
                "--bootstrap-servers",
                scenario.stack().bootstrapServers(),
                "--registry",
                scenario.stack().registryUrl()
            };

            assertThat(new Captured().run(load)).isZero();

            await().atMost(START).untilAsserted(() -> {
                List<Alert> cases = OpenCases.of(Cases.read(scenario.stack()));
                assertThat(cases).hasSize(3);
                assertThat(windows(cases)).satisfies(raised -> {
                    assertThat(raised.getAlertId()).isEqualTo(sent.getAlertId());
                    assertThat(raised.getRevision()).isGreaterThan(sent.getRevision());
                    assertThat(requireNonNull(raised.getDomain()).getScore()).isGreaterThanOrEqualTo(KNOWN_BAD);
                    assertThat(raised.getRiskScore()).isGreaterThan(sent.getRiskScore());
                });
            });
        }
    }

    private static Alert windows(List<Alert> cases) {
        return cases.stream()
                .filter(alert -> alert.getAnalyticId().equals("AN0178"))
                .findFirst()
                .orElseThrow();
    }

    /** Ids and contents of the cases of the day, from a replay in which nothing happens. */
    private synchronized Map<String, String> undisturbed() throws Exception {
        if (undisturbed.isEmpty()) {
            try (var scenario = new Scenario(Files.createDirectory(folder.resolve("undisturbed")))) {
                undisturbed =
                        Scenario.contents(scenario.prepared().servicesWithout().play());
            }
            assertThat(undisturbed).hasSize(3);
        }
        return undisturbed;
    }

    private static Map<String, byte[]> hostileRecords() {
        var hostile = new TreeMap<String, byte[]>();
        hostile.put("ten megabytes", ("{\"a\":\"" + "x".repeat(10 << 20) + "\"}").getBytes(StandardCharsets.UTF_8));
        hostile.put(
                "bomb",
                ("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><Event>&c;</Event>")
                        .getBytes(StandardCharsets.UTF_8));
        hostile.put("deep", ("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)).getBytes(StandardCharsets.UTF_8));
        hostile.put("no text", new byte[] {(byte) 0xc3, 0x28, (byte) 0xa0, (byte) 0xff, (byte) 0xfe, 0x00});
        hostile.put("empty", new byte[0]);
        return hostile;
    }
}
