package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clicktrail.schemas.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Captured captured = new Captured();

    @Test
    void refusesWrongUsageAndSaysWhatIsRight() {
        assertThat(captured.run("replay")).isEqualTo(2);
        assertThat(captured.messages()).contains("PATH").contains("Try 'clicktrail replay --help'");
        assertThat(captured.run("replay", "x", "--learning", "soon")).isEqualTo(2);
        assertThat(captured.messages()).contains("'soon' is not a duration such as 30s, 10m, 12h or 14d");
        assertThat(captured.run("replay", "x", "--format", "pdf")).isEqualTo(2);
        assertThat(captured.run("fly")).isEqualTo(2);
    }

    @Test
    void explainsEachCommand() {
        for (String command : new String[] {
            "demo",
            "up",
            "replay",
            "normalize",
            "intel",
            "domains",
            "leases",
            "assets",
            "lists",
            "tuning",
            "rejected",
            "coverage",
            "forget"
        }) {
            assertThat(captured.run(command, "--help")).isZero();
            assertThat(captured.results()).contains("Usage: clicktrail " + command);
        }
        assertThat(captured.run("--help")).isZero();
        assertThat(captured.results()).contains("Exit codes: 0 done");
    }

    @Test
    void saysWhatTheRegistrySaidWhereARecordCannotBeReadWithoutIt() {
        var registry = new RegistryException("Can't read schema 7 from http://registry:8081/: 404");
        var deserialization = new RecordDeserializationException(
                DeserializationExceptionOrigin.VALUE,
                new TopicPartition("clicktrail.alerts", 0),
                5,
                0,
                TimestampType.CREATE_TIME,
                null,
                null,
                null,
                "Error deserializing VALUE for partition clicktrail.alerts-0 at offset 5",
                registry);

        assertThat(Clicktrail.reasonOf(deserialization)).isEqualTo(registry.getMessage());
        assertThat(Clicktrail.reasonOf(new KafkaException("No broker answers"))).isEqualTo("No broker answers");
    }

    @Test
    void saysWhichFileCannotBeRead() {
        Path missing = folder.resolve("missing.log");
        for (String command : new String[] {"replay", "normalize"}) {
            assertThat(captured.run(command, missing.toString())).isEqualTo(1);
            assertThat(captured.messages())
                    .contains("clicktrail: cannot read " + missing + ": there is no such file or folder");
        }
    }

    @Test
    void refusesATuningWithItsFileLineAndReason() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "x\n");
        Path tuning =
                Files.writeString(folder.resolve("t.yaml"), "platform: WINDOWS\nversion: mine\nTimeWindow: soon\n");
        assertThat(captured.run("replay", log.toString(), "--tuning", tuning.toString()))
                .isEqualTo(1);
        assertThat(captured.messages()).contains("the tuning is refused: " + tuning + ":3: ");
    }

    @Test
    void checksTuningsWithoutKafka() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "platform: LINUX\nversion: mine\n");
        assertThat(captured.run("tuning", "check", good.toString())).isZero();
        assertThat(captured.messages()).contains(good + ": LINUX, version mine");
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"),
                "platform: LINUX\nversion: mine\nAllowedCDNs:\n"
                        + "  - {pattern: '*.pages.dev', owner: a, reason: b, expires: 2030-01-01T00:00:00Z}\n");
        assertThat(captured.run("tuning", "check", bad.toString())).isEqualTo(1);
        assertThat(captured.messages()).contains(bad + ":4: ").contains("is a public suffix");
        assertThat(captured.run("tuning", "schema")).isZero();
        assertThat(captured.results()).contains("\"DomainRiskScore\"");
    }

    @Test
    void namesFileLineAndReasonOfAWrongLease() throws IOException {
        Path leases = Files.writeString(
                folder.resolve("leases.csv"),
                "# inventory\naddress,10.0.0.5,ws-1,2026-11-22T08:00:00Z\naddress,10.0.0.6,ws-2,today\n");
        assertThat(captured.run("replay", folder.toString(), "--leases", leases.toString()))
                .isEqualTo(1);
        assertThat(captured.messages().lines().filter(line -> line.contains(leases + ":3: times must be like")))
                .hasSize(1);
    }

    @Test
    void checksListsWithoutKafka() throws IOException {
        assertThat(captured.run("lists", "check")).isZero();
        assertThat(captured.results())
                .contains("2026-11-15  public_suffix_list.dat")
                .contains("weights.csv");
        Path hosting = Files.writeString(folder.resolve("hosting.csv"), "# version: 2026-11-22\nTUNNELS;a.example\n");
        assertThat(captured.run("lists", "check", folder.toString())).isEqualTo(1);
        assertThat(captured.messages()).contains(hosting + ":2: column 1 is 'TUNNELS' but must be one of");
    }

    @Test
    void getsAFreshPublicSuffixListAndRefusesWhatIsNone() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server, "/list", "// VERSION: 2027-01-05_00-00-00_UTC\n// ===BEGIN ICANN DOMAINS===\ncom\n");
        serve(server, "/page", "<html>Sign in</html>");
        serve(server, "/ranking", "1,wikipedia.org\n2,ordinary-shop.com\n3,pages.dev\n4,beyond.com\n");
        server.start();
        try {
            String origin = "http://localhost:" + server.getAddress().getPort();
            Path lists = folder.resolve("lists");
            String[] refresh = {"lists", "refresh", lists.toString(), "--from", origin + "/list", "--top", "3"};
            assertThat(captured.run(Stream.concat(Stream.of(refresh), Stream.of("--ranking", origin + "/ranking"))
                            .toArray(String[]::new)))
                    .isZero();
            assertThat(captured.run("lists", "check", lists.toString())).isZero();
            assertThat(captured.results()).contains("2027-01-05  public_suffix_list.dat");
            assertThat(lists.resolve("popular.txt"))
                    .content()
                    .contains("\nordinary-shop.com\n", "\nmicrosoft.com\n")
                    .doesNotContain("pages.dev", "beyond.com");
            assertThat(captured.run(Stream.concat(Stream.of(refresh), Stream.of("--ranking", origin + "/page"))
                            .toArray(String[]::new)))
                    .isEqualTo(1);
            assertThat(captured.messages()).contains("not a ranking");
            assertThat(captured.run("lists", "refresh", lists.toString(), "--from", origin + "/page"))
                    .isEqualTo(1);
            assertThat(captured.messages()).contains("not a public suffix list");
            assertThat(lists).isDirectoryContaining("glob:**/public_suffix_list.dat");
        } finally {
            server.stop(0);
            captured.run("lists", "check");
        }
    }

    private static void serve(HttpServer server, String path, String text) {
        server.createContext(path, exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void saysWhichIntelCannotBeRead() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "x\n");
        Path broken = Files.writeString(folder.resolve("b.json"), "{\"type\":\"bundle\",\"objects\":[{");
        assertThat(captured.run("replay", log.toString(), "--intel", broken.toString()))
                .isEqualTo(1);
        assertThat(captured.messages()).contains(broken + ": line 1: ");
        assertThat(captured.run("intel", "load", "x", "--confidence", "0")).isEqualTo(2);
        assertThat(captured.messages()).contains("--confidence is 0 but must be 1 to 100");
    }

    @Test
    void refusesAListOfDomainsWithItsFileLineAndReason() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "x\n");
        Path seen = Files.writeString(folder.resolve("seen.txt"), "# ours\ncorp.example\nnot a domain\n");
        assertThat(captured.run("replay", log.toString(), "--seen", seen.toString()))
                .isEqualTo(1);
        assertThat(captured.messages()).contains(seen + ":3: 'not a domain' is neither a domain nor a URL");
    }

    @Test
    void saysWhichPortIsTakenAndWhichOptionChoosesAnother() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(captured.run("demo", "--broker-port", port)).isEqualTo(3);
            assertThat(captured.messages())
                    .contains("port " + port + " is taken; choose another one with --broker-port");
            assertThat(captured.run("up", "--registry-port", port)).isEqualTo(3);
            assertThat(captured.messages()).contains("choose another one with --registry-port");
        }
    }

    @Test
    void printsEventsWithEcsNamesAndRejectionsWithTheirPlace() throws IOException {
        Path log = Files.writeString(
                folder.resolve("mixed.log"),
                "1791961511.204    211 10.20.8.12 TCP_MISS/200 181233 GET http://archive.ubuntu.com/InRelease -"
                        + " HIER_DIRECT/198.51.100.31 text/plain\nwhat is this\n");

        assertThat(captured.run("normalize", log.toString())).isZero();
        assertThat(captured.results())
                .contains("\"dataset\":\"squid.access\"")
                .contains("\"path\":\"" + log + "\"", "\"record\":0")
                .hasLineCount(1);
        assertThat(captured.messages())
                .contains(log + ", record 1, byte 0: UNKNOWN_FORMAT (none)")
                .contains("2 received = 1 normalized + 0 ignored + 1 rejected");
    }

    @Test
    void explainsHowEachRecordIsRead() throws IOException {
        Path log = Files.writeString(
                folder.resolve("mixed.log"),
                "<134>Mar  2 10:00:05 fw CEF:0|Acme|Filter|1|7|Lure|9|rt=1772445605731 "
                        + "src=10.7.1.9 dst=198.51.100.77 cs1=blue\n"
                        + "what is this\n");

        assertThat(captured.run("normalize", "--explain", log.toString())).isZero();
        assertThat(captured.results())
                .contains(log + ", record 0\n  syslog > cef: normalized as cef.alert SECURITY_ALERT\n")
                .contains("    destination.ip: 198.51.100.77\n", "    left over: cs1\n")
                .contains(log + ", record 1\n  none: rejected: UNKNOWN_FORMAT\n")
                .doesNotContain("{");

        assertThat(captured.run("normalize", "--explain", "--json", log.toString()))
                .isZero();
        assertThat(captured.results()).contains("\"envelopes\":[\"syslog\"],\"format\":\"cef\"");
    }

    @Test
    void readsRowsUnderTheHeaderInTheHeadOfTheirFile() throws IOException {
        Path log = Files.writeString(
                folder.resolve("ssl.log"),
                "#separator \\x09\n#path\tssl\n"
                        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\t"
                        + "version\tserver_name\testablished\n"
                        + "#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring\tbool\n"
                        + "1772445605.731000\tCa\t10.7.1.9\t50123\t198.51.100.77\t443\t-\tlure.example\tF\n"
                        + "1772445606.731000\tCb\t10.7.1.9\t50124\t198.51.100.77\t443\t-\t-\tF\n");

        assertThat(captured.run("normalize", log.toString())).isZero();
        assertThat(captured.results()).contains("\"domain\":\"lure.example\"").hasLineCount(2);
        assertThat(captured.messages()).contains("6 received = 2 normalized + 4 ignored + 0 rejected");
    }

    @Test
    void countsByKindAndReason() throws IOException {
        Path demo = DemoLogs.unpack(folder.resolve("demo"));

        assertThat(captured.run("normalize", "--stats", demo.toString())).isZero();
        assertThat(captured.results())
                .contains("events    windows.sysmon PROCESS_START")
                .contains("squid-access.log: 8 received = 8 normalized + 0 ignored + 0 rejected")
                .doesNotContain(" rejected  ");
    }

    @Test
    void readsAFormatOfTheOperatorsOwnWithAMapping() throws IOException {
        Path log = Files.writeString(folder.resolve("own.log"), "{\"t\":1791961511,\"u\":\"https://a.example/\"}\n");
        Path mapping = Files.writeString(
                folder.resolve("own.yaml"),
                "name: own\nmatch: { json: { /u: '*' } }\nevent: { kind: URL_OPEN, time: /t, url.original: /u }\n");

        assertThat(captured.run("normalize", "--mapping", mapping.toString(), log.toString()))
                .isZero();
        assertThat(captured.results()).contains("\"dataset\":\"own.own\"");

        Files.writeString(mapping, "name: own\nmatch: { json: { u: '*' } }\nevent: { kind: URL_OPEN }\n");
        assertThat(captured.run("normalize", "--mapping", mapping.toString(), log.toString()))
                .isEqualTo(1);
        assertThat(captured.messages()).contains(mapping + ":2: 'u' is no JSON pointer such as /client/ip");
    }

    @Test
    void readsRowsWhoseHeaderStoodElsewhere() throws IOException {
        Path log = Files.writeString(
                folder.resolve("proxy.log"), "2026-10-14 10:00:05 10.20.8.12 https a.example /x OBSERVED\n");

        assertThat(captured.run("normalize", log.toString())).isEqualTo(1);
        assertThat(captured.run(
                        "normalize",
                        "--columns",
                        "#Fields: date time c-ip cs-uri-scheme cs-host cs-uri-path sc-filter-result",
                        log.toString()))
                .isZero();
        assertThat(captured.results()).contains("https://a.example/x");
        assertThat(captured.run("normalize", "--columns", "date time", log.toString()))
                .isEqualTo(1);
        assertThat(captured.messages()).contains("'date time' is no header");
    }

    @Test
    void saysWhyATimeWithoutAYearIsNotRead() throws IOException {
        Path log = Files.writeString(
                folder.resolve("dhcp.log"),
                "<30>Oct 14 10:00:05 dhcp-1 dhcpd: DHCPACK on 10.20.8.12 to 00:0b:db:63:5b:d4 (ws-17) via eth0\n");

        assertThat(captured.run("normalize", log.toString())).isEqualTo(1);
        assertThat(captured.messages()).contains("BAD_TIME (dhcpd.lease)", "--delivered");
        assertThat(captured.run("normalize", "--delivered", "2026-10-14T10:01:00Z", log.toString()))
                .isZero();
    }

    @Test
    void isNotContentWithFilesOfWhichNothingIsUnderstood() throws IOException {
        Path log = Files.writeString(folder.resolve("poem.txt"), "Roses are red\n");
        assertThat(captured.run("normalize", log.toString())).isEqualTo(1);
    }
}
