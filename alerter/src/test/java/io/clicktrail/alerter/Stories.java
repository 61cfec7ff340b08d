package io.clicktrail.alerter;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.PlaybookRef;
import io.clicktrail.alert.Tlp;
import io.clicktrail.alerter.assets.AssetInventory;
import io.clicktrail.alerter.assets.HostAsset;
import io.clicktrail.alerter.assets.NamePattern;
import io.clicktrail.alerter.assets.PersonAsset;
import io.clicktrail.alerter.casefile.CaseFile;
import io.clicktrail.alerter.casefile.OrganisationSettings;
import io.clicktrail.detection.ContentVerdict;
import io.clicktrail.detection.Detection;
import io.clicktrail.detection.DetectionChange;
import io.clicktrail.detection.FileContent;
import io.clicktrail.detection.Link;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.Role;
import io.clicktrail.evidence.ScorePart;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.schemas.AvroSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The cast of the tests: Alice on WS-042 gets a mail on 3 March 2026, clicks, and runs a script out of a disk image.
 */
public final class Stories {

    static {
        AvroSetup.install();
    }

    public static final Instant CLICK_TIME = Instant.parse("2026-03-03T09:14:07.120Z");
    public static final String HOST = "ws-042.corp.example";
    public static final String USER = "corp\\alice";
    public static final String SITE = "rnicrosoft-billing.top";
    public static final String LINK = "https://" + SITE + "/inv/4711?u=alice%40corp.example";
    public static final String FILE_URL = "https://" + SITE + "/dl/Invoice-4711.iso";
    public static final OrganisationSettings ORGANISATION = new OrganisationSettings(
            "corp",
            "Example Corp",
            "clicktrail-test",
            "0.1.0",
            "https://soc.corp.example/cases/{alert_id}",
            Tlp.AMBER,
            Duration.ofDays(14),
            AssetInventory.NONE,
            List.of());

    /** An organisation that knows its hosts and people. */
    public static final OrganisationSettings WITH_ASSETS = new OrganisationSettings(
            "corp",
            "Example Corp",
            "clicktrail-test",
            "0.1.0",
            null,
            Tlp.AMBER,
            Duration.ofDays(14),
            new AssetInventory(
                    List.of(new HostAsset(new NamePattern("ws-*"), 5, HostAsset.Kind.LAPTOP, true, "office")),
                    List.of(new PersonAsset(new NamePattern("*\\alice"), false, true, "Finance"))),
            List.of(new PlaybookRef("CACAO", "playbook--1", "2", null)));

    private static final String CHROME = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
    private static final String OUTLOOK = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
    private static final String ISO = "C:\\Users\\alice\\Downloads\\Invoice-4711.iso";

    private Stories() {}

    /** The case of a detection for the organisation of the tests. */
    public static Alert alert(Detection detection) {
        return new CaseFile(ORGANISATION).of(detection);
    }

    /** Click, contact, download and execution. */
    public static Detection executed() {
        return detection(1, DetectionChange.CREATED, lookAlike(), stages(4), links(4), List.of());
    }

    /** Click, contact and download; no execution although Sysmon was alive. */
    public static Detection downloaded() {
        return detection(
                1,
                DetectionChange.CREATED,
                lookAlike(),
                stages(3),
                links(3),
                List.of(new MissingStage(Stage.EXECUTION, MissingReason.NOT_SEEN)));
    }

    /** Click and contact only; nothing on the host reports files. */
    public static Detection contacted() {
        return detection(
                1,
                DetectionChange.CREATED,
                lookAlike(),
                stages(2),
                links(2),
                List.of(
                        new MissingStage(Stage.WRITE, MissingReason.NO_SENSOR),
                        new MissingStage(Stage.EXECUTION, MissingReason.PENDING)));
    }

    /** Another domain in all evidence of a detection. */
    public static Detection withDomain(Detection detection, DomainRisk domain) {
        return Detection.newBuilder(detection)
                .setDomain(domain)
                .setTenantKey(domain.getTenantKey())
                .setEvidence(detection.getEvidence().stream()
                        .map(item -> new StageEvidence(
                                item.getStage(),
                                Evidence.newBuilder(item.getEvidence())
                                        .setDomain(domain)
                                        .build()))
                        .toList())
                .setContentHash("of " + domain.getHost() + domain.getScore())
                .build();
    }

    /** Other evidence in a detection. */
    public static Detection withEvidence(Detection detection, List<StageEvidence> evidence) {
        return Detection.newBuilder(detection)
                .setEvidence(evidence)
                .setEvidenceTotal(evidence.size())
                .build();
    }

    /** The look-alike domain of the story. */
    public static DomainRisk lookAlike() {
        return DomainRisk.newBuilder()
                .setUrl(LINK)
                .setHost(SITE)
                .setTenantKey(SITE)
                .setSuffixKind(SuffixKind.ICANN)
                .setScore(78)
                .setBand(RiskBand.VERY_HIGH)
                .setParts(List.of(
                        new ScorePart("lookalike", 35, "rnicrosoft resembles microsoft (rn for m)", "2026-08-01"),
                        new ScorePart("newly_observed", 25, "first seen here with this click", null),
                        new ScorePart("tld", 12, "top is abused often", "2026-08-15"),
                        new ScorePart("url", 6, "the link carries a mail address", null)))
                .setMissing(List.of("popularity"))
                .setFirstSeen(CLICK_TIME.plusMillis(1310))
                .build();
    }

    /** A domain under shared hosting, as the enricher judges it. */
    public static DomainRisk sharedTenant() {
        return DomainRisk.newBuilder(lookAlike())
                .setUrl("https://billing-4711.pages.dev/inv")
                .setHost("billing-4711.pages.dev")
                .setTenantKey("billing-4711.pages.dev")
                .setSuffixKind(SuffixKind.PRIVATE)
                .setSharedHosting(true)
                .build();
    }

    /** What the request shows of the file, where both are there. */
    private static List<FileContent> contents(List<StageEvidence> evidence) {
        var ids = evidence.stream()
                .map(item -> item.getEvidence().getEvent().getEventId())
                .toList();
        return ids.contains(id(3)) && ids.contains(id(4))
                ? List.of(new FileContent(
                        id(4), id(3), "Invoice-4711.iso", "application/x-iso9660-image", ContentVerdict.MATCHES))
                : List.of();
    }

    public static Detection detection(
            int revision,
            DetectionChange change,
            DomainRisk domain,
            List<StageEvidence> evidence,
            List<Link> links,
            List<MissingStage> missing) {
        Instant last = evidence.getLast().getEvidence().getEvent().getTime();
        boolean complete = evidence.size() > 5;
        return Detection.newBuilder()
                .setDetectionId("0b6f1f34-7d4e-5c7a-9b59-3c2f6c8a5b11")
                .setRevision(revision)
                .setChange(change)
                .setAnalyticId("AN0178")
                .setHost(HOST)
                .setPlatform(Platform.WINDOWS)
                .setUser(USER)
                .setTenantKey(domain.getTenantKey())
                .setDomain(domain)
                .setEvidence(evidence)
                .setEvidenceTotal(evidence.size())
                .setContents(contents(evidence))
                .setLinks(links)
                .setMissing(missing)
                .setConfidence(complete ? 86 : 72)
                .setFirstEventTime(CLICK_TIME)
                .setLastEventTime(last)
                .setDetectedTime(last.isBefore(CLICK_TIME.plusSeconds(8)) ? last : CLICK_TIME.plusSeconds(8))
                .setWindowMs(Duration.ofMinutes(15).toMillis())
                .setFollowOnMs(Duration.ofMinutes(60).toMillis())
                .setSkewMs(Duration.ofSeconds(5).toMillis())
                .setTuningVersion("builtin-1")
                .setContentHash("hash-" + revision + "-" + evidence.size())
                .build();
    }

    /** The evidence of the first stages of the story. */
    public static List<StageEvidence> stages(int count) {
        var evidence = new ArrayList<StageEvidence>();
        evidence.add(click());
        if (count > 1) {
            evidence.add(lookup());
            evidence.add(request());
        }
        if (count > 2) {
            evidence.add(write());
            evidence.add(mark());
        }
        if (count > 3) {
            evidence.add(execution());
        }
        return evidence;
    }

    public static List<Link> links(int count) {
        var links = new ArrayList<Link>();
        links.add(new Link(
                Stage.CLICK,
                id(1),
                Stage.EGRESS,
                id(2),
                LinkGrade.SAME_APPLICATION,
                "chrome took the link over from the process that outlook started"));
        links.add(new Link(Stage.CLICK, id(1), Stage.EGRESS, id(3), LinkGrade.ARTIFACT, "the same URL"));
        if (count > 2) {
            links.add(new Link(
                    Stage.EGRESS,
                    id(3),
                    Stage.WRITE,
                    id(5),
                    LinkGrade.ARTIFACT,
                    "the file names " + SITE + " as its origin"));
        }
        if (count > 3) {
            links.add(new Link(
                    Stage.WRITE,
                    id(5),
                    Stage.EXECUTION,
                    id(6),
                    LinkGrade.SAME_USER,
                    "a script on a drive that appeared after the disk image was saved"));
        }
        return links;
    }

    public static StageEvidence click() {
        Event event = sysmon(1, "1", EventKind.PROCESS_START, 0, 1000)
                .setUser(alice())
                .setProcess(Process.newBuilder()
                        .setEntityId("5f2c-chrome-new")
                        .setPid(9120L)
                        .setExecutable(CHROME)
                        .setName("chrome.exe")
                        .setCommandLine("\"" + CHROME + "\" --single-argument " + LINK)
                        .setIntegrityLevel("Medium")
                        .setParent(ParentProcess.newBuilder()
                                .setEntityId("5f2c-outlook")
                                .setPid(4410L)
                                .setExecutable(OUTLOOK)
                                .setCommandLine("\"" + OUTLOOK + "\" /recycle")
                                .build())
                        .build())
                .setUrl(new Url(LINK))
                .build();
        return new StageEvidence(
                Stage.CLICK,
                evidence(event, Role.CLICK)
                        .setProcess(ProcessRisk.newBuilder()
                                .setApplication("chrome")
                                .setApplicationKind(ApplicationKind.BROWSER)
                                .setParentApplication("outlook")
                                .setParentKind(ApplicationKind.MAIL)
                                .build())
                        .build());
    }

    public static StageEvidence lookup() {
        Event event = sysmon(2, "22", EventKind.DNS_QUERY, 1310, 1001)
                .setUser(alice())
                .setProcess(chrome())
                .setDns(Dns.newBuilder()
                        .setQuestionName(SITE)
                        .setQuestionType("A")
                        .setResponseCode("NOERROR")
                        .setResolvedIp(List.of("203.0.113.77"))
                        .build())
                .build();
        return new StageEvidence(Stage.EGRESS, evidence(event, Role.EGRESS).build());
    }

    public static StageEvidence request() {
        Event event = Event.newBuilder()
                .setEventId(id(3))
                .setTime(CLICK_TIME.plusMillis(1522))
                .setKind(EventKind.HTTP_REQUEST)
                .setSource(source("zeek.http", 1, 88_231))
                .setClient(Endpoint.newBuilder()
                        .setIp("10.20.3.42")
                        .setPort(51_123)
                        .build())
                .setDestination(Endpoint.newBuilder()
                        .setIp("203.0.113.77")
                        .setPort(443)
                        .setDomain(SITE)
                        .build())
                .setUrl(new Url(FILE_URL))
                .setHttp(Http.newBuilder()
                        .setMethod("GET")
                        .setStatusCode(200)
                        .setMimeType("application/x-iso9660-image")
                        .setReferrer(LINK)
                        .setUserAgent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/139.0")
                        .setResponseBytes(1_246_208L)
                        .build())
                .build();
        return new StageEvidence(
                Stage.EGRESS,
                evidence(event, Role.EGRESS)
                        .setHostVia(HostVia.ADDRESS_LEASE)
                        .setUser(null)
                        .build());
    }

    public static StageEvidence write() {
        Event event = sysmon(4, "11", EventKind.FILE_WRITE, 4800, 1002)
                .setUser(alice())
                .setProcess(chrome())
                .setFile(File.newBuilder()
                        .setPath("C:\\Users\\alice\\Downloads\\8f1c.crdownload")
                        .setName("8f1c.crdownload")
                        .setExtension("crdownload")
                        .build())
                .build();
        return new StageEvidence(
                Stage.WRITE,
                evidence(event, Role.WRITE)
                        .setFile(FileRisk.newBuilder()
                                .setUserWritable(true)
                                .setPathRule("downloads")
                                .setExtensionClass(ExtensionClass.CONTAINER)
                                .setHighRiskExtension(true)
                                .setTemporaryName(true)
                                .setFinalName("Invoice-4711.iso")
                                .build())
                        .build());
    }

    public static StageEvidence mark() {
        Event event = sysmon(5, "15", EventKind.FILE_MARK, 4960, 1003)
                .setUser(alice())
                .setProcess(chrome())
                .setFile(File.newBuilder()
                        .setPath(ISO)
                        .setName("Invoice-4711.iso")
                        .setExtension("iso")
                        .setForkName("Zone.Identifier")
                        .setHash(Hash.newBuilder()
                                .setSha256("9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab")
                                .build())
                        .setOriginUrl(FILE_URL)
                        .setOriginReferrerUrl(LINK)
                        .setZoneId(3)
                        .setMark(MarkAction.SET)
                        .build())
                .build();
        return new StageEvidence(
                Stage.WRITE,
                evidence(event, Role.WRITE)
                        .setFile(FileRisk.newBuilder()
                                .setUserWritable(true)
                                .setPathRule("downloads")
                                .setExtensionClass(ExtensionClass.CONTAINER)
                                .setHighRiskExtension(true)
                                .setReferrerTenantKey(SITE)
                                .build())
                        .build());
    }

    public static StageEvidence execution() {
        Event event = sysmon(6, "1", EventKind.PROCESS_START, 41_350, 1010)
                .setUser(alice())
                .setProcess(Process.newBuilder()
                        .setEntityId("5f2c-wscript")
                        .setPid(10_288L)
                        .setExecutable("C:\\Windows\\System32\\wscript.exe")
                        .setName("wscript.exe")
                        .setOriginalFileName("wscript.exe")
                        .setCommandLine("\"C:\\Windows\\System32\\WScript.exe\" \"E:\\Invoice-4711.js\"")
                        .setWorkingDirectory("E:\\")
                        .setIntegrityLevel("Medium")
                        .setParent(ParentProcess.newBuilder()
                                .setEntityId("5f2c-explorer")
                                .setPid(3300L)
                                .setExecutable("C:\\Windows\\explorer.exe")
                                .build())
                        .build())
                .build();
        return new StageEvidence(
                Stage.EXECUTION,
                evidence(event, Role.EXECUTION)
                        .setDomain(null)
                        .setProcess(ProcessRisk.newBuilder()
                                .setApplication("wscript")
                                .setApplicationKind(ApplicationKind.LOLBIN)
                                .setTechnique("T1059.007")
                                .setLolbin(true)
                                .setFromMountedDrive(true)
                                .setUserPaths(List.of("E:\\Invoice-4711.js"))
                                .build())
                        .build());
    }

    public static Evidence.Builder evidence(Event event, Role role) {
        return Evidence.newBuilder()
                .setEvent(event)
                .setHost(HOST)
                .setPlatform(Platform.WINDOWS)
                .setRoles(List.of(role))
                .setUser(USER)
                .setDomain(lookAlike())
                .setTuningVersion("builtin-1");
    }

    public static String id(int number) {
        return "00000000000000000000000000000a0" + number;
    }

    private static Event.Builder sysmon(int number, String code, EventKind kind, long millis, long offset) {
        return Event.newBuilder()
                .setEventId(id(number))
                .setTime(CLICK_TIME.plusMillis(millis))
                .setKind(kind)
                .setCode(code)
                .setSource(source("windows.sysmon", 2, offset))
                .setHost(Host.newBuilder()
                        .setName(HOST)
                        .setHostname("WS-042.corp.example")
                        .setIp(List.of("10.20.3.42"))
                        .setPlatform(Platform.WINDOWS)
                        .build());
    }

    private static Source source(String dataset, int partition, long offset) {
        return Source.newBuilder()
                .setDataset(dataset)
                .setTopic("clicktrail.raw.logs")
                .setPartition(partition)
                .setOffset(offset)
                .setSha256("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
                .build();
    }

    private static Process chrome() {
        return Process.newBuilder()
                .setEntityId("5f2c-chrome-main")
                .setPid(5204L)
                .setExecutable(CHROME)
                .setName("chrome.exe")
                .build();
    }

    private static User alice() {
        return User.newBuilder()
                .setName("alice")
                .setDomain("CORP")
                .setId("S-1-5-21-1004336348-1177238915-682003330-1104")
                .build();
    }
}
