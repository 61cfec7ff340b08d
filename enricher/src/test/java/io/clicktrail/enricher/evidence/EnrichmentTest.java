package io.clicktrail.enricher.evidence;

import static io.clicktrail.enricher.TestEvents.CHROME;
import static io.clicktrail.enricher.TestEvents.EXPLORER;
import static io.clicktrail.enricher.TestEvents.HOST;
import static io.clicktrail.enricher.TestEvents.OUTLOOK;
import static io.clicktrail.enricher.TestEvents.connection;
import static io.clicktrail.enricher.TestEvents.dns;
import static io.clicktrail.enricher.TestEvents.file;
import static io.clicktrail.enricher.TestEvents.fileWrite;
import static io.clicktrail.enricher.TestEvents.processStart;
import static io.clicktrail.enricher.TestEvents.proxy;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.Prevalence;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Source;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.Role;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentTest {

    private static final String LURE = "https://rnicrosoft-login.top/invoice";

    private static final Prevalence NOBODY = new Prevalence(0, 0);

    private final Enrichment enrichment = TestTunings.enrichment(new IntelTable(1_000));
    private final CompiledTuning tuning = TestTunings.builtIn(Platform.WINDOWS);

    @Test
    void takesABrowserThatMailStartsWithALinkForAClick() {
        Evidence click = judged(processStart(CHROME, "\"" + CHROME + "\" --single-argument " + LURE, OUTLOOK));
        assertThat(click.getRoles()).containsExactly(Role.LINEAGE, Role.CLICK);
        assertThat(click.getDomain().getTenantKey()).isEqualTo("rnicrosoft-login.top");
        assertThat(click.getProcess().getApplication()).isEqualTo("chrome");
        assertThat(click.getProcess().getParentKind()).isEqualTo(ApplicationKind.MAIL);
        assertThat(click.getUser()).isEqualTo("contoso\\alice");
        assertThat(click.getHost()).isEqualTo(HOST);
        assertThat(click.getHostVia()).isEqualTo(HostVia.DIRECT);
        assertThat(click.getTuningVersion()).isEqualTo("builtin-2026-11-21");
        assertThat(Enrichment.awaitsNovelty(click)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C:\\Windows\\explorer.exe|yes",
                "C:\\Program Files\\WindowsApps\\MSTeams\\ms-teams.exe|yes",
                "C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\msedgewebview2.exe|yes",
                "C:\\Program Files\\Adobe\\Acrobat.exe|yes",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe|no",
                "C:\\Windows\\System32\\svchost.exe|weak"
            })
    void asksWhoOpenedTheLink(String parent, String click) {
        Evidence evidence = judged(processStart(CHROME, CHROME + " " + LURE, parent));
        String found = !evidence.getRoles().contains(Role.CLICK) ? "no" : evidence.getWeakClick() ? "weak" : "yes";
        assertThat(found).isEqualTo(click);
    }

    @Test
    void takesNoLinkInsideTheOrganisationForAClick() {
        Evidence evidence = judged(processStart(CHROME, CHROME + " http://intranet/wiki", OUTLOOK));
        assertThat(evidence.getRoles()).containsExactly(Role.LINEAGE);
    }

    @ParameterizedTest
    @CsvSource({"high,true", "medium,true", "low,false", ",false"})
    void takesASignInThatTheProviderCallsRisky(@Nullable String risk, boolean isRisky) {
        Event event = sysmon(EventKind.LOGON)
                .setSource(Source.newBuilder(sysmon(EventKind.LOGON).build().getSource())
                        .setDataset("microsoft.entra.sign-in")
                        .build())
                .setLogon(Logon.newBuilder().setRisk(risk).build())
                .build();
        Evidence evidence = enrichment.enrich(event, "user:alice@contoso.com", tuning);
        assertThat(evidence != null && evidence.getRoles().equals(List.of(Role.SIGN_IN)))
                .isEqualTo(isRisky);
    }

    @Test
    void takesAnOpenedUrlForAClick() {
        Event event = sysmon(EventKind.URL_OPEN)
                .setUrl(new Url("https://www.bbc.co.uk/"))
                .build();
        assertThat(judged(event).getRoles()).containsExactly(Role.CLICK);
    }

    @Test
    void admitsEveryEgressThatIsNotTrusted() {
        Evidence candidate = judged(dns("plain-name.com").build());
        assertThat(candidate.getRoles()).containsExactly(Role.EGRESS);
        assertThat(Enrichment.awaitsNovelty(candidate)).isTrue();
        Instant time = candidate.getEvent().getTime();
        assertThat(completed(candidate, new Novelty.Seen(time, NOBODY, null))).satisfies(fresh -> {
            assertThat(fresh.getRoles()).containsExactly(Role.EGRESS);
            assertThat(fresh.getDomain().getScore()).isEqualTo(12);
            assertThat(fresh.getDomain().getNovelty()).isEqualTo(PlaceNovelty.NEW);
            assertThat(fresh.getDomain().getFirstSeen()).isEqualTo(time);
        });
        assertThat(completed(candidate, new Novelty.Learning(time, NOBODY, null)))
                .satisfies(learning -> {
                    assertThat(learning.getDomain().getScore()).isEqualTo(6);
                    assertThat(learning.getDomain().getNovelty()).isEqualTo(PlaceNovelty.LEARNING);
                    assertThat(learning.getDomain().getMissing()).contains("newly_observed: learning");
                });
        assertThat(EvidenceCompletion.withNovelty(candidate, knownSince(7, null), tuning))
                .as("known for longer than the span of novelty")
                .isNull();
    }

    @Test
    void asksForTheNoveltyOfPublicAddressesButNotOfInternalOnes() {
        Evidence candidate = judged(proxy("10.0.0.5", "http://198.51.100.7/a").build());
        assertThat(candidate.getDomain().getTenantKey()).isEqualTo("198.51.100.7");
        assertThat(Enrichment.awaitsNovelty(candidate)).isTrue();
        assertThat(enrichment.enrich(proxy("10.0.0.5", "http://10.9.8.7/a").build(), HOST, tuning))
                .isNull();
    }

    @Test
    void admitsAKnownPlaceThatHandsOutItsFirstProgram() {
        Event request =
                proxy("10.0.0.5", "https://old-partner.com/files/setup.exe").build();
        Evidence candidate = judged(request);
        Instant time = request.getTime();
        assertThat(completed(candidate, knownSince(400, time.minus(Duration.ofDays(6)))))
                .satisfies(first -> {
                    assertThat(first.getRoles()).containsExactly(Role.EGRESS);
                    assertThat(first.getDomain().getNovelty()).isEqualTo(PlaceNovelty.KNOWN);
                    assertThat(first.getDomain().getFirstProgram()).isTrue();
                });
        assertThat(EvidenceCompletion.withNovelty(candidate, knownSince(400, time.minus(Duration.ofDays(8))), tuning))
                .isNull();
    }

    @Test
    void aConnectionToATrustedPlaceThatHandsOutProgramsIsEvidenceOfWhereAFileMayBeFrom() {
        Evidence popular = judged(tunnel("dl.google.com"));
        assertThat(popular.getRoles()).containsExactly(Role.EGRESS);
        assertThat(popular.getDomain().getDistributor()).isTrue();
        Evidence candidate = judged(tunnel("downloads.old-partner.com"));
        assertThat(completed(candidate, knownSince(7, null))).satisfies(known -> {
            assertThat(known.getRoles()).containsExactly(Role.EGRESS);
            assertThat(known.getDomain().getDistributor()).isTrue();
        });
        assertThat(completed(candidate, knownSince(1, null))).satisfies(fresh -> {
            assertThat(fresh.getRoles()).containsExactly(Role.EGRESS);
            assertThat(fresh.getDomain().getDistributor())
                    .as("a place that is new here")
                    .isFalse();
        });
    }

    @Test
    void neitherALookUpNorAnotherTrustedPlaceSaysWhereAFileMayBeFrom() {
        assertThat(enrichment.enrich(dns("dl.google.com").build(), HOST, tuning))
                .isNull();
        assertThat(enrichment.enrich(tunnel("www.google.com"), HOST, tuning)).isNull();
    }

    @Test
    void aVendorsPlaceHandsOutItsOwnFilesAlone() {
        Evidence candidate = judged(tunnel("cdn.zoom.us"));

        assertThat(completed(candidate, knownSince(7, null)).getDomain())
                .satisfies(place -> assertThat(place.getDistributor()).isTrue())
                .extracting(place -> place.getVendor())
                .isEqualTo("zoom");
        assertThat(judged(tunnel("dl.google.com")).getDomain().getVendor())
                .as("a place whose name says that it hands out programs")
                .isNull();
    }

    /** A proxy's CONNECT. */
    private static Event tunnel(String host) {
        return proxy("10.0.0.5", host + ":443").build();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a-site.com/files/setup.msi,,true",
        "https://a-site.com/files/pack.zip?x=1,,true",
        "https://a-site.com/get?id=4,application/x-msdownload,true",
        "https://a-site.com/get?id=4,application/zip; charset=binary,true",
        "https://a-site.com/get?id=4,application/pdf,false",
        "https://a-site.com/app.js,text/javascript,false",
        "https://a-site.com/report.docm,,false",
        "https://a-site.com/,,false"
    })
    void seesWhereARequestIsForAProgram(String url, @Nullable String type, boolean program) {
        Event request = proxy("10.0.0.5", url)
                .setHttp(Http.newBuilder().setMethod("GET").setMimeType(type).build())
                .build();
        assertThat(judged(request).getDomain().getFirstProgram()).isEqualTo(program);
    }

    @ParameterizedTest
    @CsvSource({
        "setup.exe,RISKY",
        "invoice.iso,RISKY",
        "invoice.docm,RISKY",
        "page.html,RISKY",
        "notes.pdf,HARMLESS",
        "photo.jpg,HARMLESS",
        "meeting.ics,HARMLESS",
        "thing.xyzzy,UNKNOWN"
    })
    void saysWhatAFileCanDo(String name, FileDanger danger) {
        Event mark = sysmon(EventKind.FILE_MARK)
                .setFile(file("C:\\Users\\alice\\Downloads\\" + name)
                        .setZoneId(3)
                        .build())
                .build();
        assertThat(judged(mark).getFile().getDanger()).isEqualTo(danger);
    }

    @Test
    void takesARequestFromAPageOfMailForAWeakClick() {
        Event request = proxy("10.0.0.5", "https://rnicrosoft-login.top/a")
                .setHttp(Http.newBuilder()
                        .setMethod("GET")
                        .setReferrer("https://outlook.office.com/")
                        .build())
                .build();
        assertThat(judged(request)).satisfies(click -> {
            assertThat(click.getRoles()).containsExactly(Role.CLICK, Role.EGRESS);
            assertThat(click.getWeakClick()).isTrue();
        });
    }

    @Test
    void knowsWhereATimeIsOfTheHostsOwnClock() {
        assertThat(judged(dns("evil.sbs").build()).getHostClock()).isTrue();
        assertThat(judged(proxy("10.0.0.5", "https://evil.sbs/").build()).getHostClock())
                .isFalse();
    }

    @Test
    void keepsTheOtherRolesWhenEgressFalls() {
        Evidence click = judged(processStart(CHROME, CHROME + " https://example.com/", OUTLOOK));
        Evidence finished = Objects.requireNonNull(EvidenceCompletion.withNovelty(
                click, new Novelty.Learning(click.getEvent().getTime(), NOBODY, null), tuning));
        assertThat(finished.getRoles()).containsExactly(Role.LINEAGE, Role.CLICK);
    }

    @Test
    void forwardsNothingOfOrdinaryBrowsing() {
        assertThat(enrichment.enrich(dns("www.bbc.co.uk").build(), HOST, tuning))
                .isNull();
        assertThat(enrichment.enrich(dns("printer").build(), HOST, tuning)).isNull();
        assertThat(enrichment.enrich(
                        proxy("10.0.0.5", "https://outlook.office.com/mail/").build(), "ip:10.0.0.5", tuning))
                .isNull();
    }

    @Test
    void doesNotTakeAReverseNameForTheOneThatWasAskedFor() {
        Evidence evidence = judged(connection(HOST, "10.0.0.5", "192.0.2.7").build());
        assertThat(evidence.getDomain().getTenantKey()).isEqualTo("192.0.2.7");
    }

    @Test
    void takesTheNameOfNetworkSensors() {
        Event event = Event.newBuilder(connection(HOST, "10.0.0.5", "192.0.2.7").build())
                .setSource(TestEvents.event(EventKind.OTHER, "zeek.ssl").build().getSource())
                .build();
        assertThat(judged(event).getDomain().getTenantKey()).isEqualTo("evil.sbs");
    }

    @Test
    void ignoresWhatComesInAndNamesThatDoNotExist() {
        Event incoming = Event.newBuilder(dns("evil.sbs").build())
                .setNetwork(Network.newBuilder().setDirection("ingress").build())
                .build();
        assertThat(enrichment.enrich(incoming, HOST, tuning)).isNull();
        Event unknown = Event.newBuilder(dns("evil.sbs").build())
                .setDns(io.clicktrail.event.Dns.newBuilder()
                        .setQuestionName("evil.sbs")
                        .setResponseCode("NXDOMAIN")
                        .build())
                .build();
        assertThat(enrichment.enrich(unknown, HOST, tuning)).isNull();
    }

    @Test
    void readsTheHostOfAProxysConnect() {
        Event event = proxy("10.0.0.5", "evil.sbs:443").build();
        Evidence evidence = Objects.requireNonNull(enrichment.enrich(event, "ip:10.0.0.5", tuning));
        assertThat(evidence.getDomain().getHost()).isEqualTo("evil.sbs");
        assertThat(evidence.getHost()).isEqualTo("ip:10.0.0.5");
        assertThat(evidence.getHostVia()).isEqualTo(HostVia.UNRESOLVED);
        assertThat(Enrichment.awaitsHost(evidence)).isTrue();
    }

    @Test
    void looksForTheHostOfAnEndpointThatIsOnlyKnownByItsAddress() {
        Evidence evidence = Objects.requireNonNull(
                enrichment.enrich(dns("rnicrosoft-login.top").build(), "ip:10.0.0.5", tuning));
        assertThat(Enrichment.awaitsHost(evidence)).isTrue();
        assertThat(evidence.getHost()).isEqualTo("ip:10.0.0.5");
    }

    @Test
    void keepsOnlyTheSightOfADomainWhereNothingSaysWhoseItWas() {
        Evidence evidence = Objects.requireNonNull(
                enrichment.enrich(proxy("", "https://evil.sbs/").build(), "none:squid", tuning));
        assertThat(evidence.getRoles()).isEmpty();
    }

    @Test
    void takesADownloadForAWrite() {
        Evidence write =
                judged(fileWrite("C:\\Users\\alice\\Downloads\\invoice.iso").build());
        assertThat(write.getRoles()).containsExactly(Role.WRITE);
        assertThat(write.getFile().getPathRule()).isEqualTo("downloads");
        assertThat(write.getFile().getExtensionClass()).isEqualTo(ExtensionClass.CONTAINER);
        assertThat(write.getProcess().getApplicationKind()).isEqualTo(ApplicationKind.BROWSER);
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\alice\\Downloads\\notes.pdf,false",
        "C:\\Users\\alice\\Downloads\\notes.pdf.crdownload,true",
        "C:\\Users\\alice\\Downloads\\Unconfirmed 1234.crdownload,true",
        "C:\\Users\\alice\\AppData\\Local\\Temp\\a.tmp,false",
        "C:\\Program Files\\App\\a.exe,false",
        "C:\\Windows\\Temp\\a.exe,true"
    })
    void writesNeedAUserPathAndSomethingThatMarksADownload(String path, boolean write) {
        Evidence evidence = enrichment.enrich(fileWrite(path).build(), HOST, tuning);
        assertThat(evidence != null && evidence.getRoles().contains(Role.WRITE)).isEqualTo(write);
    }

    @Test
    void judgesTheOriginInTheMarkOfTheWeb() {
        Event mark = sysmon(EventKind.FILE_MARK)
                .setFile(file("C:\\Users\\alice\\Downloads\\notes.pdf")
                        .setZoneId(3)
                        .setOriginUrl("https://cdn.evil.sbs/notes.pdf")
                        .setOriginReferrerUrl("https://rnicrosoft-login.top/")
                        .build())
                .build();
        Evidence evidence = judged(mark);
        assertThat(evidence.getRoles()).containsExactly(Role.WRITE);
        assertThat(evidence.getDomain().getTenantKey()).isEqualTo("evil.sbs");
        assertThat(evidence.getFile().getReferrerTenantKey()).isEqualTo("rnicrosoft-login.top");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C:\\Windows\\System32\\wscript.exe|wscript.exe E:\\Invoice.js|C:\\Windows\\explorer.exe|"
                        + "LINEAGE,EXECUTION",
                "C:\\Windows\\System32\\cmd.exe|cmd.exe /c whoami|C:\\Windows\\System32\\services.exe|EXECUTION",
                "C:\\Users\\alice\\Downloads\\setup.exe|setup.exe|C:\\Windows\\explorer.exe|LINEAGE,EXECUTION",
                "E:\\setup.exe|E:\\setup.exe|C:\\Windows\\explorer.exe|LINEAGE,EXECUTION",
                "C:\\Windows\\notepad.exe|notepad.exe C:\\Users\\alice\\Downloads\\a.js|C:\\x.exe|EXECUTION",
                "C:\\Windows\\notepad.exe|notepad.exe C:\\Users\\alice\\Downloads\\a.txt|C:\\x.exe|",
                "C:\\Office\\EXCEL.EXE|EXCEL.EXE C:\\Users\\alice\\Downloads\\a.xlsm|C:\\x.exe|LINEAGE,EXECUTION",
                "C:\\Office\\EXCEL.EXE|EXCEL.EXE C:\\Users\\alice\\Downloads\\a.xlsx|C:\\x.exe|LINEAGE",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe|chrome.exe --type=renderer "
                        + "--user-data-dir=C:\\Users\\alice\\AppData\\Local\\x|C:\\Program "
                        + "Files\\Google\\Chrome\\Application\\chrome.exe|LINEAGE",
                "C:\\Users\\alice\\AppData\\Local\\slack\\app-4\\slack.exe|slack.exe|C:\\Windows\\explorer.exe|LINEAGE",
                "C:\\Users\\alice\\Downloads\\chrome.exe|chrome.exe|C:\\Windows\\explorer.exe|LINEAGE,EXECUTION",
                "C:\\Windows\\notepad.exe|notepad.exe|C:\\Windows\\explorer.exe|LINEAGE",
                "C:\\Windows\\System32\\svchost.exe|svchost.exe -k x|C:\\Windows\\System32\\services.exe|",
            })
    void tellsWhatAProcessStartCanBe(String image, String commandLine, String parent, @Nullable String roles) {
        Evidence evidence = enrichment.enrich(processStart(image, commandLine, parent), HOST, tuning);
        List<Role> expected = roles == null
                ? List.of()
                : List.of(roles.split(",", -1)).stream().map(Role::valueOf).toList();
        assertThat(evidence == null ? List.of() : evidence.getRoles()).isEqualTo(expected);
    }

    @Test
    void seesAFileOnAMountedDrive() {
        Evidence evidence = judged(processStart(
                "C:\\Windows\\System32\\wscript.exe",
                "\"C:\\Windows\\System32\\WScript.exe\" \"E:\\Invoice.js\"",
                EXPLORER));
        assertThat(evidence.getProcess().getFromMountedDrive()).isTrue();
        assertThat(evidence.getProcess().getUserPaths()).isEqualTo(List.of("E:\\Invoice.js"));
        assertThat(evidence.getProcess().getLolbin()).isTrue();
    }

    @Test
    void namesNoUserForMachineAccounts() {
        Event event = Event.newBuilder(processStart("C:\\Windows\\System32\\cmd.exe", "cmd", EXPLORER))
                .setUser(new User("SYSTEM", "NT AUTHORITY", "S-1-5-18", null))
                .build();
        assertThat(judged(event).getUser()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"DOMAIN_SCORE,true,true", "EGRESS_STAGE,false,true", "WHOLE_CHAIN,false,false"})
    void honoursTheScopeOfAnAllowListEntry(AllowScope scope, boolean egress, boolean click) {
        var entry = new AllowEntry("rnicrosoft-login.top", scope, "soc", "exercise", TestEvents.TEN.plusSeconds(3600));
        CompiledTuning allowed = TestTunings.windows(
                document -> document.setAllowedCdns(List.of(entry)).setDomainRiskScore(15));
        Evidence asked = enrichment.enrich(dns("rnicrosoft-login.top").build(), HOST, allowed);
        assertThat(asked != null && asked.getRoles().contains(Role.EGRESS)).isEqualTo(egress);
        Evidence clicked = enrichment.enrich(processStart(CHROME, CHROME + " " + LURE, OUTLOOK), HOST, allowed);
        assertThat(clicked != null && clicked.getRoles().contains(Role.CLICK)).isEqualTo(click);
        Event write = sysmon(EventKind.FILE_MARK)
                .setFile(file("C:\\Users\\alice\\Downloads\\a.iso")
                        .setOriginUrl(LURE)
                        .build())
                .build();
        assertThat(Objects.requireNonNull(enrichment.enrich(write, HOST, allowed))
                        .getRoles())
                .contains(Role.WRITE);
    }

    private Evidence completed(Evidence evidence, Novelty novelty) {
        return Objects.requireNonNull(EvidenceCompletion.withNovelty(evidence, novelty, tuning));
    }

    private static Novelty knownSince(int days, @Nullable Instant firstProgram) {
        return new Novelty.Seen(TestEvents.TEN.minus(Duration.ofDays(days)), NOBODY, firstProgram);
    }

    private Evidence judged(Event event) {
        return Objects.requireNonNull(enrichment.enrich(event, HOST, tuning));
    }
}
