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
import io.clicktrail.event.Network;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import io.clicktrail.tuning.AllowEntry;
import io.clicktrail.tuning.AllowScope;
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
                "C:\\Windows\\explorer.exe|true",
                "C:\\Program Files\\WindowsApps\\MSTeams\\ms-teams.exe|true",
                "C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\msedgewebview2.exe|true",
                "C:\\Program Files\\Adobe\\Acrobat.exe|true",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe|false",
                "C:\\Windows\\System32\\svchost.exe|false"
            })
    void asksWhoOpenedTheLink(String parent, boolean click) {
        Evidence evidence = enrichment.enrich(processStart(CHROME, CHROME + " " + LURE, parent), HOST, tuning);
        assertThat(evidence != null && evidence.getRoles().contains(Role.CLICK)).isEqualTo(click);
    }

    @Test
    void takesNoLinkInsideTheOrganisationForAClick() {
        Evidence evidence = judged(processStart(CHROME, CHROME + " http://intranet/wiki", OUTLOOK));
        assertThat(evidence.getRoles()).containsExactly(Role.LINEAGE);
    }

    @Test
    void takesAnOpenedUrlForAClick() {
        Event event = sysmon(EventKind.URL_OPEN)
                .setUrl(new Url("https://www.bbc.co.uk/"))
                .build();
        assertThat(judged(event).getRoles()).containsExactly(Role.CLICK);
    }

    @Test
    void holdsEgressBackUntilItsNoveltyIsKnown() {
        Evidence pending = judged(dns("evil.top").build());
        assertThat(pending.getRoles()).as("14 points, 26 at most").isEmpty();
        assertThat(Enrichment.awaitsNovelty(pending)).isTrue();
        Evidence candidate = judged(dns("evil.sbs").build());
        assertThat(candidate.getRoles()).containsExactly(Role.EGRESS);
        var time = candidate.getEvent().getTime();
        assertThat(EvidenceCompletion.withNovelty(candidate, new Novelty.Learning(time, NOBODY, null), tuning))
                .isNull();
        Evidence finished = Objects.requireNonNull(
                EvidenceCompletion.withNovelty(candidate, new Novelty.Seen(time, NOBODY, null), tuning));
        assertThat(finished.getRoles()).containsExactly(Role.EGRESS);
        assertThat(finished.getDomain().getScore()).isEqualTo(32);
        assertThat(finished.getDomain().getFirstSeen()).isEqualTo(time);
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
        assertThat(enrichment.enrich(connection(HOST, "10.0.0.5", "192.0.2.7").build(), HOST, tuning))
                .isNull();
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
                "C:\\Windows\\notepad.exe|notepad.exe C:\\Users\\alice\\Downloads\\a.txt|C:\\x.exe|EXECUTION",
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

    private Evidence judged(Event event) {
        return Objects.requireNonNull(enrichment.enrich(event, HOST, tuning));
    }
}
