package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainScorerTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final CompiledTuning TUNING =
            TestTunings.windows(tuning -> tuning.setOwnDomains(List.of("contoso.com")));

    private final DomainScorer judge = TestTunings.judge();

    @TestFactory
    Stream<DynamicTest> scoresDomainsByNamedParts() throws IOException {
        List<List<String>> rows = rows();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(60);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    DomainRisk risk = judged(row.getFirst(), row.get(1));
                    assertThat(risk.getBand() + " | " + names(risk))
                            .as("score %d of %s", risk.getScore(), risk)
                            .isEqualTo(row.get(2) + " | " + row.get(3));
                }));
    }

    @Test
    void reachesTheScoresThatTheEgressStageNeedsForNewLookalikes() {
        for (String host : List.of("rnicrosoft-login.top", "contoso-invoices.top")) {
            assertThat(judged(host, "new").getScore()).as(host).isGreaterThanOrEqualTo(50);
            assertThat(judged(host, "learning").getScore()).as(host).isGreaterThanOrEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.bbc.co.uk/news",
                "https://outlook.office.com/mail/",
                "https://teams.microsoft.com/l/meetup-join/1",
                "https://github.com/cli/cli/releases/download/v2.60.0/gh_2.60.0_windows_amd64.msi",
                "https://objects.githubusercontent.com/github-production-release-asset-2e65be/1",
                "https://release-assets.githubusercontent.com/github-production-release-asset/1",
                "https://download.mozilla.org/?product=firefox-latest&os=win64",
                "https://download-installer.cdn.mozilla.net/pub/firefox/releases/132.0/win64/Firefox.exe",
                "https://login.microsoftonline.com/common/oauth2",
                "https://fs.microsoft.com/fs/windows/config.json",
                "https://ctldl.windowsupdate.com/msdownload/update/x.cab",
                "https://dl.delivery.mp.microsoft.com/filestreamingservice/files/1",
                "https://edgedl.me.gvt1.com/edgedl/release2/chrome.exe",
                "https://res.cdn.office.net/x.js",
                "https://static.bbci.co.uk/x.js",
                "https://e1234.dscb.akamaiedge.net/",
                "https://www.wikipedia.org/",
                "https://cdn.jsdelivr.net/npm/x.js",
                "https://d1.awsstatic.com/x.js",
                "https://www.tagesschau.de/",
                "https://en.wikipedia.org/wiki/Phishing",
                "https://some-blog.wordpress.com/",
                "https://www.small-shop.co.uk/basket",
                "https://app.slack.com/client",
                "https://zoom.us/j/123"
            })
    void leavesOrdinaryBrowsingOrdinaryEvenWhenNew(String url) {
        assertThat(judged(url, "none").getScore()).isLessThan(30);
        assertThat(judged(url, "new").getScore()).isLessThan(30);
    }

    @Test
    void gradesNoveltyByAge() {
        assertThat(points("example.com", "new")).isEqualTo(12);
        assertThat(points("example.com", "days:2")).isEqualTo(9);
        assertThat(points("example.com", "days:6")).isEqualTo(6);
        assertThat(points("example.com", "days:7")).isZero();
    }

    @Test
    void namesTheListsThatWereOldAtTheTimeOfTheEvent() {
        Instant later = Instant.parse("2026-12-27T00:00:00Z");
        DomainRisk fresh = Objects.requireNonNull(judge.host("evil.sbs", later.minusSeconds(1), TUNING.domains()));
        assertThat(fresh.getOutdated()).isEmpty();
        DomainRisk old = Objects.requireNonNull(judge.host("evil.sbs", later, TUNING.domains()));
        assertThat(old.getOutdated()).containsExactly("tld: list of 2026-06-30");
        assertThat(part(old, "tld").getEvidence()).endsWith("; the list is older than 180 days");
        assertThat(part(fresh, "tld").getEvidence()).doesNotContain("older");
        assertThat(old.getScore()).isEqualTo(fresh.getScore());
    }

    @Test
    void takesAKeyForOrdinaryThatManyHostsHaveUsedForLong() {
        DomainRisk risk = judged("paypal-secure.com", "none");
        var longAgo = new Novelty.Seen(NOON.minus(Duration.ofDays(30)), new Prevalence(20, 20), null);
        var lately = new Novelty.Seen(NOON.minus(Duration.ofDays(30)), new Prevalence(20, 19), null);
        assertThat(NoveltyScorer.withNovelty(risk, NOON, longAgo, TUNING.domains())
                        .getScore())
                .isEqualTo(NoveltyScorer.withNovelty(risk, NOON, lately, TUNING.domains())
                                .getScore()
                        - 12);
    }

    /** People run installers of known repositories by hand; the site that holds them lets anybody have one. */
    @Test
    void takesARepositoryOfTheListForDaily() {
        DomainRisk listed = judged("https://raw.githubusercontent.com/Homebrew/install/HEAD/install.sh", "none");
        DomainRisk other = judged("https://raw.githubusercontent.com/h0mebrew/install/HEAD/install.sh", "none");
        assertThat(part(listed, "popular").getEvidence()).startsWith("raw.githubusercontent.com/Homebrew/install is");
        assertThat(listed.getMissing()).doesNotContain(DomainRisks.NEWLY_OBSERVED);
        assertThat(other.getParts()).extracting(ScorePart::getName).doesNotContain("popular");
        assertThat(other.getMissing()).contains(DomainRisks.NEWLY_OBSERVED);
    }

    @Test
    void neverLowersAScoreForOneSignMore() {
        long seed = 20261122L;
        var random = new Random(seed);
        List<String> hosts = List.of(
                "example.com",
                "evil.sbs",
                "www.bbc.co.uk",
                "rnicrosoft-login.top",
                "x.pages.dev",
                "bit.ly",
                "192.0.2.7",
                "paypal.evil.org",
                "some-startup.xyz",
                "www.google.com",
                "x.trycloudflare.com",
                "qx7kd9zr2t.biz");
        List<String> paths = List.of("/", "/a.exe", "/a.pdf.exe");
        for (int i = 0; i < 2_000; i++) {
            String host = hosts.get(random.nextInt(hosts.size()));
            boolean user = random.nextBoolean();
            boolean port = random.nextBoolean();
            int path = random.nextInt(paths.size() - 1);
            int before = judged(url(host, user, port, paths.get(path)), "new").getScore();
            for (String worse : List.of(
                    url(host, true, port, paths.get(path)),
                    url(host, user, true, paths.get(path)),
                    url(host, user, port, paths.get(path + 1)))) {
                assertThat(judged(worse, "new").getScore())
                        .as("seed %d, %s", seed, worse)
                        .isGreaterThanOrEqualTo(before);
            }
        }
    }

    private static String url(String host, boolean user, boolean port, String path) {
        return "https://" + (user ? "u@" : "") + host + (port ? ":8443" : "") + path;
    }

    @Test
    void saysWhatItCouldNotAsk() {
        assertThat(judged("example.com", "none").getMissing()).contains("newly_observed");
        assertThat(judged("example.com", "learning").getMissing()).contains("newly_observed: learning");
        assertThat(judged("example.com", "new").getMissing()).doesNotContain("newly_observed");
        assertThat(judged("raw.githubusercontent.com", "none").getMissing()).contains("tenant_path");
    }

    @Test
    void scoresNoHigherWithoutAFeedThanWithIt() {
        for (String host : List.of("example.com", "evil.top", "x.pages.dev", "rnicrosoft-login.top", "bit.ly")) {
            int without = judged(host, "none").getScore();
            assertThat(without).isLessThanOrEqualTo(judged(host, "new").getScore());
            assertThat(without).isLessThanOrEqualTo(judged(host, "days:400").getScore());
            assertThat(judged(host, "learning").getScore())
                    .as("half the points of novelty while learning")
                    .isBetween(without, judged(host, "new").getScore());
        }
    }

    @Test
    void neverPromisesLessThanNoveltyCanBring() {
        for (String host :
                List.of("example.com", "evil.top", "x.pages.dev", "www.example.de", "contoso-login.pages.dev")) {
            DomainRisk pending = judged(host, "none");
            assertThat(NoveltyScorer.greatestScore(pending, TUNING.domains()))
                    .isGreaterThanOrEqualTo(judged(host, "new").getScore());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.bbc.co.uk/a.exe",
                "https://www.bbc.co.uk/invoice.pdf.exe?x=1",
                "http://intranet/setup.exe",
                "https://mail.contoso.com/",
                "https://github.com/owner/repo/releases/download/v1/a.exe",
                "https://www.google.com/url?q=https://evil.sbs/",
                "https://www.bbc.co.uk@evil.sbs/",
                "https://www.bbc.co.uk\t.evil.sbs/",
                "https://www.bbc.co.uk\\@evil.sbs/",
                "https://WWW.BBC.co.uk/",
                "https://evil.sbs/",
                "https://192.0.2.7/",
                "https://x.pages.dev/",
                "not a url"
            })
    void tellsEarlyOnlyWhatTheWholeJudgementSaysToo(String url) {
        for (int score : List.of(1, 10, 20, 30, 50)) {
            if (judge.staysBelow(url, score, TUNING.domains())) {
                DomainRisk whole = judged(url, "none");
                assertThat(NoveltyScorer.awaitsNovelty(whole)).isFalse();
                assertThat(whole.getScore()).as("below %d", score).isLessThan(score);
            }
        }
        assertThat(judge.staysBelow("https://www.bbc.co.uk/", 30, TUNING.domains()))
                .isTrue();
    }

    @Test
    void judgesTheSameInputTheSameWhateverItJudgedBefore() {
        DomainRisk first = TestTunings.judge().url("https://evil.top/a.exe", NOON, TUNING.domains());
        judge.host("evil.top", NOON, TUNING.domains());
        judge.url("https://evil.top:444/", NOON, TUNING.domains());
        assertThat(judge.url("https://evil.top/a.exe", NOON, TUNING.domains())).isEqualTo(first);
    }

    @Test
    void keepsTheGivenUrlBesideTheHostItLeadsTo() {
        String wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.top%2F";
        DomainRisk risk = judged(wrapped, "none");
        assertThat(risk.getUrl()).isEqualTo(wrapped);
        assertThat(risk.getTargetUrl()).isEqualTo("https://evil.top/");
        assertThat(judged("https://evil.top/", "none").getTargetUrl()).isNull();
        assertThat(risk.getHost()).isEqualTo("evil.top");
        assertThat(part(risk, "rewriter").getEvidence()).contains("safelinks.protection.outlook.com");
    }

    @Test
    void unwrapsAtMostFiveTimes() {
        String url = "https://evil.top/";
        for (int i = 0; i < 5; i++) {
            url = "https://www.google.com/url?q=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        }
        assertThat(judged(url, "none").getHost()).isEqualTo("evil.top");
        url = "https://www.google.com/url?q=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        assertThat(judged(url, "none").getHost()).isEqualTo("www.google.com");
    }

    @Test
    void restoresReplacedCharactersOfTheThirdDefenseEncoding() {
        DomainRisk risk = judged("https://urldefense.com/v3/__https://evil.top/a*b**Ac__;Py8v!!x!y$", "none");
        assertThat(risk.getHost()).isEqualTo("evil.top");
        assertThat(TestTunings.CATALOGUES.domains().rewriters.unwrap((ParsedUrl)
                        new UrlParser(TestTunings.CATALOGUES.extensions())
                                .parse("https://urldefense.com/v3/__https://evil.top/a*b**Ac__;Py8v!!x!y$")))
                .isEqualTo("https://evil.top/a?b//c");
    }

    @Test
    void lowersTheScoreOfAnAllowedNameUntilTheEntryEnds() {
        var entry = entry("*.vendor.top", AllowScope.DOMAIN_SCORE, NOON.plusSeconds(60));
        CompiledTuning tuning = TestTunings.windows(document -> document.setAllowedCdns(List.of(entry)));
        DomainRisk inForce = ofHost("cdn.vendor.top", NOON, tuning);
        DomainRisk over = ofHost("cdn.vendor.top", NOON.plusSeconds(60), tuning);
        assertThat(inForce.getScore()).isZero();
        assertThat(inForce.getAllowList()).isEqualTo("*.vendor.top: tested");
        assertThat(judge.allowScope(inForce, NOON, tuning.domains())).isEqualTo(AllowScope.DOMAIN_SCORE);
        assertThat(over.getScore()).isEqualTo(14);
        assertThat(over.getAllowList()).isNull();
    }

    @Test
    void matchesAStarOnlyBelowItsName() {
        var entry = entry("*.vendor.top", AllowScope.DOMAIN_SCORE, NOON.plusSeconds(60));
        CompiledTuning tuning = TestTunings.windows(document -> document.setAllowedCdns(List.of(entry)));
        assertThat(ofHost("vendor.top", NOON, tuning).getAllowList()).isNull();
        assertThat(ofHost("notvendor.top", NOON, tuning).getAllowList()).isNull();
        assertThat(ofHost("a.b.vendor.top", NOON, tuning).getAllowList()).isNotNull();
    }

    @Test
    void takesTheWidestScopeThatHolds() {
        CompiledTuning tuning = TestTunings.windows(document -> document.setAllowedCdns(List.of(
                entry("cdn.vendor.top", AllowScope.WHOLE_CHAIN, NOON.minusSeconds(1)),
                entry("*.vendor.top", AllowScope.EGRESS_STAGE, NOON.plusSeconds(60)),
                entry("cdn.vendor.top", AllowScope.DOMAIN_SCORE, NOON.plusSeconds(60)))));
        DomainRisk risk = ofHost("cdn.vendor.top", NOON, tuning);
        assertThat(judge.allowScope(risk, NOON, tuning.domains())).isEqualTo(AllowScope.EGRESS_STAGE);
    }

    @Test
    void takesTheOrganisationsOwnDomainsForInternal() {
        DomainRisk risk = judged("mail.contoso.com", "none");
        assertThat(risk.getInternal()).isTrue();
        assertThat(risk.getScore()).isZero();
        assertThat(risk.getTenantKey()).isEqualTo("contoso.com");
    }

    @Test
    void countsTheOperatorsSuspiciousTlds() {
        CompiledTuning tuning = TestTunings.windows(document -> document.setSuspiciousTlds(List.of(".example")));
        assertThat(part(ofHost("x.example", NOON, tuning), "suspicious_tld").getPoints())
                .isEqualTo(20);
    }

    @Test
    void datesEveryPartThatRestsOnAList() {
        DomainRisk risk = judged("rnicrosoft-login.top", "new");
        assertThat(part(risk, "tld").getListVersion()).isEqualTo("2026-06-30");
        assertThat(part(risk, "lookalike").getListVersion()).isEqualTo("2026-11-21");
        assertThat(part(risk, "newly_observed").getListVersion()).isEqualTo("2026-11-29");
    }

    private DomainRisk judged(String text, String novelty) {
        DomainRisk risk = text.contains("/")
                ? Objects.requireNonNull(judge.url(text, NOON, TUNING.domains()), text)
                : ofHost(text, NOON, TUNING);
        if (novelty.equals("none") || !NoveltyScorer.awaitsNovelty(risk)) {
            return risk;
        }
        Novelty known = novelty.equals("learning")
                ? new Novelty.Learning(NOON, new Prevalence(1, 0), null)
                : new Novelty.Seen(
                        NOON.minus(
                                novelty.equals("new")
                                        ? Duration.ZERO
                                        : Duration.ofDays(Long.parseLong(novelty.substring("days:".length())))),
                        new Prevalence(1, 0),
                        null);
        return NoveltyScorer.withNovelty(risk, NOON, known, TUNING.domains());
    }

    private DomainRisk ofHost(String host, Instant time, CompiledTuning tuning) {
        return Objects.requireNonNull(judge.host(host, time, tuning.domains()), host);
    }

    private int points(String host, String novelty) {
        return judged(host, novelty).getParts().stream()
                .filter(part -> part.getName().equals("newly_observed"))
                .mapToInt(ScorePart::getPoints)
                .sum();
    }

    private static ScorePart part(DomainRisk risk, String name) {
        return risk.getParts().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no part " + name + " in " + risk));
    }

    private static String names(DomainRisk risk) {
        return risk.getParts().stream().map(ScorePart::getName).sorted().collect(Collectors.joining(" "));
    }

    private static AllowEntry entry(String pattern, AllowScope scope, Instant expires) {
        return new AllowEntry(pattern, scope, "soc", "tested", expires);
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        DomainScorerTest.class.getResourceAsStream("/io/clicktrail/enricher/domains.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    rows.add(Stream.of(line.split("\\|", -1)).map(String::strip).toList());
                }
            }
        }
        return rows;
    }
}
