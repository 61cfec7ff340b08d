package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.CaseState;
import io.clicktrail.alert.Device;
import io.clicktrail.event.Event;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.standalone.replay.TableWriter;
import io.clicktrail.standalone.stack.Console;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, on the real stack with the demo's day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class ConsoleIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MANY = 10_000;
    private static final int LIMIT_MS = 300;
    private static final int MAX_GROWTH_MB = 100;
    private static final String WINDOWS_HOST = "ws-0142.corp.example";

    private TestBrowser chromium;
    private Scenario scenario;
    private Console console;
    private BrowserContext context;
    private Page page;
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private List<Alert> cases = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = TestBrowser.start();
        scenario = new Scenario(folder).prepared().servicesWithout();
        console = scenario.stack().startConsole(0);
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 900)
                        .setLocale("en"));
        context.addInitScript(
                "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective"
                        + " + ' ' + e.blockedURI))");
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
    }

    @AfterAll
    void stop() {
        if (scenario != null) {
            scenario.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void nothingWasRefusedByThePolicyAndNoScriptFailed() {
        assertThat(faults).isEmpty();
    }

    @Test
    @Order(1)
    void theDemosThreeCasesAppearWhileThePageIsOpen() throws Exception {
        open("");
        assertThat(rows().count()).isZero();

        cases = scenario.play().cases();

        await().atMost(SOON).untilAsserted(() -> assertThat(rows().count()).isEqualTo(3));
        assertThat(page.locator("#queue").innerText())
                .contains("docusign-invoices[.]click", "dropbox-files[.]click", "zoom-update[.]click");
        screenshot("console-queue", page);
        noSeriousFault();
    }

    @Test
    @Order(2)
    void thePageOfACaseHasAMarkAndAnEntryForEachPieceOfEvidence() {
        for (Alert alert : cases) {
            open("cases/" + alert.getAlertId());

            assertThat(page.locator(".timeline a").count())
                    .isEqualTo(alert.getEvidence().size());
            assertThat(page.locator(".evidence details").count())
                    .isEqualTo(alert.getEvidence().size());
            assertThat(page.locator(".timeline .arrow").count())
                    .isEqualTo(alert.getEvidence().stream()
                            .mapToInt(item -> item.getTies().size())
                            .sum());
            assertThat(page.locator("h1").innerText()).isEqualTo(alert.getTitle());
        }
        open("cases/" + windows().getAlertId());
        noSeriousFault();
        screenshot("console-case", page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        noSeriousFault();
        screenshot("console-case-dark", page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    @Order(3)
    void aMarkOpensItsEvidence() {
        open("cases/" + windows().getAlertId());

        page.locator(".timeline a").nth(2).click();

        assertThat(page.locator(".evidence details").nth(2).getAttribute("open"))
                .isNotNull();
        assertThat(page.locator(".evidence details").nth(2).innerText()).contains("SHA-256 of the record");
    }

    @Test
    @Order(3)
    void theCaseIsCopiedInTheFormatsOfOtherSystems() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        open("cases/" + windows().getAlertId());

        for (String format : List.of("Markdown", "OCSF", "ECS", "STIX")) {
            page.locator("#copy button", new Page.LocatorOptions().setHasText(format))
                    .click();

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(page.locator("#news").innerText()).contains(format + " is in the clipboard"));
            assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                    .as(format)
                    .contains(format.equals("Markdown") ? "docusign\\-invoices" : "docusign-invoices");
        }
    }

    @Test
    @Order(4)
    void aFilterIsInTheAddressAndSurvivesAReload() {
        open("");
        page.locator("select[name=platform]").selectOption("linux");
        page.locator(".filters button").click();
        page.waitForURL("**/?*platform=linux*");
        assertThat(rows().count()).isEqualTo(1);

        page.reload();

        assertThat(rows().count()).isEqualTo(1);
        assertThat(page.locator("select[name=platform]").inputValue()).isEqualTo("linux");
        open("?q=invoice_2231");
        assertThat(rows().count()).isEqualTo(1);
        open("?due=soon");
        assertThat(rows().count()).isEqualTo(3);
        open("?due=overdue");
        assertThat(rows().count()).isZero();
    }

    @Test
    @Order(5)
    void theKeyboardAloneOpensACaseAndAcknowledgesIt() {
        open("");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForURL("**/cases/*");
        for (int i = 0; i < 40 && !"acknowledge".equals(page.evaluate("document.activeElement.id")); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(page.locator("article").innerText()).contains("in progress"));
        page.waitForLoadState();
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator(".evidence details[open]").count()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void aVerdictClosesTheCaseInTheQueue() {
        open("cases/" + windows().getAlertId());
        page.locator("#verdict").selectOption("TRUE_POSITIVE");
        page.locator("#note").fill("the user ran it");
        page.locator("#give-verdict").click();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(page.locator("article").innerText())
                        .contains("resolved, true positive")
                        .contains("the user ran it"));
        open("");
        assertThat(rows().count()).isEqualTo(2);
        open("?state=closed");
        assertThat(page.locator("#queue").innerText()).contains("docusign-invoices[.]click");
    }

    @Test
    @Order(7)
    void aReaderKeepsThePlaceWhileACaseComesAndSeesItOnDemand() throws Exception {
        open("");
        page.keyboard().press("j");
        String held = held();
        int shown = rows().count();

        write(List.of(Alert.newBuilder(windows())
                .setAlertId(new UUID(6, 1).toString())
                .setState(CaseState.NEW)
                .setHandling(null)
                .build()));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(page.locator("#news").innerText()).contains("1 new case."));
        assertThat(rows().count()).isEqualTo(shown);
        assertThat(held()).isEqualTo(held);
        page.locator("#news button").click();
        assertThat(rows().count()).isEqualTo(shown + 1);
    }

    /** Id of the case that the keyboard is at. */
    private String held() {
        return (String) page.evaluate("document.activeElement.closest('.row').dataset.id");
    }

    @Test
    @Order(8)
    void thePipelinePageRenewsItselfAndIsHealthyOnlyWhereNothingIsLeftToRead() {
        open("pipeline");
        assertThat(page.locator("main").innerText()).contains("not measured yet");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(page.locator("#health").innerText()).isEqualToIgnoringCase("healthy");
            assertThat(page.locator("main").innerText()).doesNotContain("not measured yet");
        });
        noSeriousFault();
        screenshot("console-pipeline", page);
    }

    @Test
    @Order(9)
    void aPrintedCaseHasItsEvidenceAndNoForms() {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        open("cases/" + windows().getAlertId());

        assertThat(page.locator("form:visible, button:visible").count()).isZero();
        assertThat(page.locator(".timeline").isVisible()).isTrue();
        assertThat(page.locator(".evidence summary:visible").count())
                .isEqualTo(windows().getEvidence().size());
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    @Test
    @Order(10)
    void aNarrowPageDoesNotScrollSideways() {
        page.setViewportSize(360, 740);
        for (String path : List.of("", "pipeline", "cases/" + windows().getAlertId())) {
            open(path);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(path)
                    .isEqualTo(true);
        }
        screenshot("console-narrow", page);
        page.setViewportSize(1280, 900);
    }

    @Test
    @Order(11)
    void hostileTextChangesNothingButLetters() throws Exception {
        String hostile = "\u202Egnp.exe\u202C <script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{7*7}}${7*7}"
                + " javascript:alert(1) https://evil.example/ </style></svg></title>\u0000\u200B";
        String plain = "an ordinary text of the same case";
        Alert shown = with(windows(), hostile, "a".repeat(10_000) + hostile);
        Alert twin = with(windows(), plain, plain);
        write(List.of(shown, twin));

        List<?> expected = elements(twin);
        List<?> actual = elements(shown);

        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(5000);
        assertThat(page.locator("article .evidence details").count()).isEqualTo(500);
        assertThat(page.locator("article a[href]:not([href^='#'])").count()).isZero();
        assertThat(page.content()).doesNotContain("\u202E", "https://evil.example");
    }

    @Test
    @Order(12)
    void whatOthersSendIsRefused() throws Exception {
        String act = console.url() + "cases/" + cases.getLast().getAlertId() + "/acknowledge";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> forged = client.send(
                    HttpRequest.newBuilder(URI.create(act))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(forged.statusCode()).as("without the token of a form").isEqualTo(403);

            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create(console.url())).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
        int port = URI.create(console.url()).getPort();
        InetAddress other = otherAddress();
        if (other != null) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(client.sendAsync(
                                HttpRequest.newBuilder(
                                                URI.create("http://" + other.getHostAddress() + ":" + port + "/"))
                                        .timeout(Duration.ofSeconds(5))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()))
                        .failsWithin(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    @Order(13)
    void tenThousandCasesStayQuick() throws Exception {
        var many = new ArrayList<Alert>();
        Alert model = windows();
        for (int i = 0; i < MANY; i++) {
            many.add(Alert.newBuilder(model)
                    .setAlertId(new UUID(7, i).toString())
                    .setRevision(1)
                    .setState(CaseState.NEW)
                    .setHandling(null)
                    .setCreatedTime(model.getCreatedTime().plusSeconds(i))
                    .setDevice(Device.newBuilder(model.getDevice())
                            .setHostname("host-" + i % 500 + ".corp.example")
                            .build())
                    .setEvidence(model.getEvidence().subList(0, 2))
                    .setObservables(model.getObservables().subList(0, 4))
                    .setDescriptionMd("")
                    .build());
        }
        long before = heap();
        write(many);
        long grown = heap() - before;

        long first = median("");
        long found = median("?q=host-77.corp.example");
        long one = median("cases/" + cases.getFirst().getAlertId());

        System.out.printf(
                "%d cases: first page %d ms, search %d ms, page of a case %d ms (medians of 21), %d MB more heap%n",
                MANY, first, found, one, grown);
        assertThat(grown).isLessThan(MAX_GROWTH_MB);
        assertThat(first).isLessThan(LIMIT_MS);
        assertThat(found).isLessThan(LIMIT_MS);
        assertThat(one).isLessThan(LIMIT_MS);
        open("");
        String top = rows().first().getAttribute("data-id");
        page.locator("#next").click();
        page.waitForURL("**/?*after=*");
        assertThat(rows().count()).isEqualTo(50);
        assertThat(rows().first().getAttribute("data-id")).isNotEqualTo(top);
    }

    /** Heap in use after a collection, MB. */
    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() >> 20;
    }

    private void open(String path) {
        page.navigate(console.url() + path);
    }

    private Locator rows() {
        return page.locator("#queue .row");
    }

    private Alert windows() {
        return cases.stream()
                .filter(alert -> alert.getDevice().getHostname().equals(WINDOWS_HOST))
                .findFirst()
                .orElseThrow();
    }

    /** The same case with other texts and 500 pieces of evidence. */
    private static Alert with(Alert alert, String text, String longText) {
        var evidence = new ArrayList<CaseEvidence>();
        for (int i = 0; evidence.size() < 500; i++) {
            CaseEvidence item = alert.getEvidence().get(i % alert.getEvidence().size());
            Event event = item.getEvidence().getEvent();
            Process process = event.getProcess();
            evidence.add(CaseEvidence.newBuilder(item)
                    .setWhat(i == 0 ? longText : text)
                    .setTies(List.of())
                    .setEvidence(Evidence.newBuilder(item.getEvidence())
                            .setEvent(Event.newBuilder(event)
                                    .setEventId(String.format("%032x", i))
                                    .setProcess(
                                            process == null
                                                    ? null
                                                    : Process.newBuilder(process)
                                                            .setCommandLine(text)
                                                            .build())
                                    .build())
                            .build())
                    .build());
        }
        return Alert.newBuilder(alert)
                .setAlertId(new UUID(5, text.length()).toString())
                .setState(CaseState.NEW)
                .setHandling(null)
                .setTitle(longText)
                .setSummary(text)
                .setChangeNote(text)
                .setDevice(Device.newBuilder(alert.getDevice())
                        .setHostname(longText)
                        .build())
                .setEvidence(evidence)
                .build();
    }

    /** Every element of the case with its classes, in order. */
    private List<?> elements(Alert alert) {
        open("cases/" + alert.getAlertId());
        return (List<?>) page.evaluate("Array.from(document.querySelectorAll('article, article *'), each =>"
                + " each.tagName + '.' + each.getAttribute('class') + '/' + each.attributes.length)");
    }

    private void write(List<Alert> alerts) throws Exception {
        try (var writer = new TableWriter<>(
                scenario.stack().topics().alerts(),
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, scenario.stack().bootstrapServers()))) {
            alerts.forEach(alert -> writer.put(alert.getAlertId(), alert));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI last =
                    URI.create(console.url() + "api/cases/" + alerts.getLast().getAlertId());
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            client.send(HttpRequest.newBuilder(last).build(), HttpResponse.BodyHandlers.discarding())
                                            .statusCode()
                                    == 200);
        }
    }

    /** Median time of an answer, milliseconds. */
    private long median(String path) throws IOException, InterruptedException {
        var times = new ArrayList<Long>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 21; i++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(console.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
                times.add((System.nanoTime() - start) / 1_000_000);
                assertThat(answer.statusCode()).isEqualTo(200);
            }
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private void noSeriousFault() {
        page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))");
        page.evaluate(axe());
        Object serious = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result =>"
                + " result.violations.filter(each => each.impact === 'serious' || each.impact === 'critical')"
                + ".map(each => each.id + ': ' + "
                + "each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))");
        assertThat((List<?>) serious).isEmpty();
    }

    private static String axe() {
        String name = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
        try (InputStream in = ConsoleIT.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A picture of the whole page, and of the window for the documents if -Dclicktrail.screenshots asks for it. */
    private static void screenshot(String name, Page page) {
        Path root = Path.of(System.getProperty("clicktrail.root", "."));
        Path whole = root.resolve("standalone/target/screenshots");
        try {
            Files.createDirectories(whole);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(whole.resolve(name + ".png"))
                .setFullPage(true));
        if (Boolean.getBoolean("clicktrail.screenshots")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(root.resolve("docs/images").resolve(name + ".png")));
        }
    }

    /** An address of this machine that others reach; null where it has none. */
    private static @Nullable InetAddress otherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof Inet4Address)
                .findFirst()
                .orElse(null);
    }
}
