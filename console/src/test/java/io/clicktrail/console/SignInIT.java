package io.clicktrail.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.clicktrail.alert.Alert;
import io.clicktrail.console.revisions.Alerts;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import io.clicktrail.streams.testkit.OidcProvider;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The console with sign-in at a real OIDC provider, on a real broker: who may see, who may act, what is written down.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class SignInIT {

    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String CASE = "0b6f3c1e-0000-5000-8000-000000000001";
    private static final int REVISIONS = 13;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String READ = "clicktrail-read";
    private static final String ACT = "clicktrail-act";

    private Topics topics;
    private OidcProvider provider;
    private ConfigurableApplicationContext console;
    private Path state;
    private int port;
    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        topics = STACK.topics("sign-in");
        for (int revision = 1; revision <= REVISIONS; revision++) {
            STACK.produce(
                    topics.alerts(),
                    CASE,
                    Alert.newBuilder(Alerts.least(CASE))
                            .setRevision(revision)
                            .setChangeNote("note " + revision)
                            .setConfidenceScore(10 * revision)
                            .build());
        }
        provider = OidcProvider.start();
        state = folder;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        console = started("first");
    }

    @AfterAll
    void stop() {
        console.close();
        provider.close();
    }

    @Test
    void whoIsNotSignedInIsSentToTheProviderAndSeesNothing() throws Exception {
        try (var client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            for (var path : List.of("", "pipeline", "cases/" + CASE, "api/cases", "api/cases/" + CASE, "updates")) {
                var answer = get(client, path);
                assertThat(answer.statusCode()).as(path).isBetween(302, 401);
                assertThat(answer.body()).as(path).doesNotContain("A story of");
            }
        }
    }

    @Test
    void aReaderSeesTheCaseAndCannotAct() throws Exception {
        try (var reader = signedIn("rita", List.of(READ))) {
            var page = get(reader, "cases/" + CASE);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("A story of " + CASE, "rita", ", reading")
                    .doesNotContain("<form method=\"post\"");

            long before = audited().size();
            for (var act :
                    List.of("acknowledge", "verdict?verdict=BENIGN", "ticket?ticket=1", "action?action=a&status=200")) {
                assertThat(post(reader, "cases/" + CASE + "/" + act, "").statusCode())
                        .as(act)
                        .isEqualTo(403);
            }
            assertThat(audited()).hasSize((int) before);
            assertThat(STACK.consumeAll(topics.soarFeedback()))
                    .noneMatch(record -> record.value().contains("rita"));
        }
    }

    @Test
    void whoHasNoRoleSeesNothing() throws Exception {
        try (var stranger = signedIn("sam", List.of("something-else"))) {
            for (var path : List.of("", "cases/" + CASE, "api/cases")) {
                assertThat(get(stranger, path).statusCode()).as(path).isEqualTo(403);
            }
        }
    }

    @Test
    void whoMayActIsTheActorOfTheRecordAndOfTheAuditLine() throws Exception {
        try (var analyst = signedIn("ann", List.of(ACT))) {
            var page = get(analyst, "cases/" + CASE);
            var token = TOKEN.matcher(page.body());
            assertThat(token.find()).isTrue();
            var csrf = "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);

            assertThat(post(analyst, "cases/" + CASE + "/acknowledge", "").statusCode())
                    .as("without the token of a form")
                    .isEqualTo(403);
            var acts = Map.of(
                    "acknowledge", "ACKNOWLEDGE",
                    "verdict?verdict=FALSE_POSITIVE&note=ours", "VERDICT",
                    "ticket?ticket=INC-7", "CASE",
                    "action?action=isolate&status=200", "ACTION_RESULT");
            for (var act : new TreeMap<>(acts).entrySet()) {
                assertThat(post(analyst, "cases/" + CASE + "/" + act.getKey(), csrf)
                                .statusCode())
                        .as(act.getKey())
                        .isEqualTo(303);
                assertThat(audited())
                        .as("a line for each action")
                        .anyMatch(line -> line.startsWith("Feedback " + act.getValue() + " by ann on case " + CASE)
                                && line.contains("actor=\"ann\"")
                                && line.contains("action=\"" + act.getValue() + "\"")
                                && line.contains("alertId=\"" + CASE + "\"")
                                && line.contains("outcome=\"written\""));
            }
            var written = STACK.consumeUntil(
                    topics.soarFeedback(),
                    records -> records.stream()
                                    .filter(record -> record.value().contains("\"actor\":\"ann\""))
                                    .count()
                            >= acts.size());
            assertThat(written).allMatch(record -> record.value().contains("\"destination\":\"console\""));
        }
    }

    @Test
    void theLastRevisionsCanBeCompared() throws Exception {
        try (var reader = signedIn("rita", List.of(READ))) {
            assertThat(get(reader, "cases/" + CASE).body())
                    .contains("note 13", "note 12", "changes?from=12&amp;to=13", "note 3")
                    .doesNotContain("note 2<");
            assertThat(get(reader, "cases/" + CASE + "/changes?from=11&to=13").body())
                    .contains("Revision 13 against revision 11", "confidence score")
                    .contains("<del>110</del>", "<ins>130</ins>");
            assertThat(get(reader, "cases/" + CASE + "/changes?from=1&to=13").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void thePageOnThePipelineSaysThatNoServiceHasRun() throws Exception {
        try (var reader = signedIn("rita", List.of(READ))) {
            assertThat(get(reader, "pipeline").body())
                    .contains(">unknown</b>", "no progress of normalizer", "nothing: built-in values")
                    .doesNotContain("healthy");
        }
    }

    @Test
    void aConsoleWithoutStateShowsTheSameAsTheOneBefore() throws Exception {
        String before;
        try (var reader = signedIn("rita", List.of(READ))) {
            before = shown(reader);
        }
        for (var folder : List.of("first", "second")) {
            console.close();
            console = started(folder);
            try (var reader = signedIn("rita", List.of(READ))) {
                await().atMost(TIMEOUT)
                        .untilAsserted(
                                () -> assertThat(shown(reader)).as(folder).isEqualTo(before));
            }
        }
    }

    private String shown(HttpClient client) throws IOException, InterruptedException {
        return get(client, "api/cases").body()
                + get(client, "api/cases/" + CASE).body()
                + get(client, "cases/" + CASE + "/changes?from=4&to=13").body();
    }

    private ConfigurableApplicationContext started(String folder) throws Exception {
        var settings = new TreeMap<String, String>();
        settings.put(
                "spring.config.location",
                Path.of(System.getProperty("clicktrail.root"), "console/src/main/resources/application.yaml")
                        .toUri()
                        .toString());
        settings.put("server.port", Integer.toString(port));
        settings.put("management.server.port", "-1");
        settings.put("logging.level.clicktrail.audit", "info"); // logs of tests are less talkative
        settings.put("clicktrail.topic-prefix", topics.prefix());
        settings.put("clicktrail.bootstrap-servers", STACK.bootstrapServers());
        settings.put("clicktrail.registry.url", STACK.registryUrl());
        settings.put("clicktrail.streams.state-dir", state.resolve(folder).toString());
        settings.put("spring.security.oauth2.client.registration.soc.client-id", "clicktrail");
        settings.put("spring.security.oauth2.client.registration.soc.client-secret", OidcProvider.CLIENT_SECRET);
        settings.put("spring.security.oauth2.client.registration.soc.scope", "openid,profile");
        settings.put("spring.security.oauth2.client.provider.soc.issuer-uri", provider.issuer());
        settings.put("spring.security.oauth2.client.provider.soc.user-name-attribute", "preferred_username");
        var running = SpringApplication.run(
                ConsoleApplication.class,
                settings.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new));
        // A start renews the loggers and stops what listens to them.
        audit.start();
        ((Logger) LoggerFactory.getLogger("clicktrail.audit")).addAppender(audit);
        try (var reader = signedIn("waiting", List.of(READ))) {
            await().atMost(TIMEOUT)
                    .until(() -> get(reader, "api/cases/" + CASE).body().contains("\"revision\":" + REVISIONS));
        }
        return running;
    }

    /** A browser after its sign-in: it keeps cookies and follows the redirects to the provider and back. */
    private HttpClient signedIn(String name, List<String> roles) throws IOException, InterruptedException {
        provider.next(name, roles);
        var client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        get(client, "");
        return HttpClient.newBuilder()
                .cookieHandler(client.cookieHandler().orElseThrow())
                .build();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpClient client, String path, String form)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(url(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI url(String path) {
        return URI.create("http://localhost:" + port + "/" + path);
    }

    private List<String> audited() {
        return List.copyOf(audit.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }
}
