package io.clicktrail.normalizer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Platform;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.normalizer.kafka.EventKeys;
import io.clicktrail.normalizer.parse.Fixture;
import io.clicktrail.normalizer.parse.TestNormalizer;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Reason;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EndpointTrapsTest {

    private static final String DEFENDER = "microsoft.defender";
    private static final String CROWDSTRIKE = "crowdstrike.fdr";
    private static final String SENTINELONE = "sentinelone.cloud-funnel";
    private static final String AID = "877761efa8db44d792ddc2aabbccddee";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void takesTheProgramThatHandedTheLinkOverAndNotTheBrowser() {
        Event event = reader.event(Fixture.raw(DEFENDER, "DeviceEvents BrowserLaunchedToOpenUrl"));

        assertThat(event.getProcess().getName()).isEqualTo("outlook.exe");
    }

    @Test
    void takesNoLocalFileForALink() {
        String click = Fixture.raw(DEFENDER, "DeviceEvents BrowserLaunchedToOpenUrl");

        for (String opened : new String[] {
            "C:\\\\Users\\\\ada\\\\a.lnk",
            "\\\\\\\\nas\\\\share\\\\a.html",
            "/home/ada/a.html",
            "file:///C:/Users/ada/a.html"
        }) {
            Event event = reader.event(click.replace("https://files.bad.example/a?id=1", opened));
            assertThat(event.getKind()).isEqualTo(EventKind.OTHER);
            assertThat(event.getUrl()).isNull();
            assertThat(event.getFile().getName()).startsWith("a.");
        }
    }

    @Test
    void joinsNoTwoProcessesThatHadOnePid() {
        String start = Fixture.raw(DEFENDER, "DeviceProcessEvents");
        String later = start.replace("2026-03-02T10:00:05.9000000Z", "2026-03-02T11:00:05.9000000Z");

        assertThat(reader.event(start).getProcess().getEntityId())
                .isNotEqualTo(reader.event(later).getProcess().getEntityId());
    }

    @Test
    void knowsTheProcessThatActsByTheIdentityThatItsStartGaveIt() {
        assertThat(entity(DEFENDER, "DeviceNetworkEvents")).isEqualTo(entity(DEFENDER, "DeviceProcessEvents"));
        assertThat(entity(CROWDSTRIKE, "NetworkConnectIP4")).isEqualTo(entity(CROWDSTRIKE, "ProcessRollup2"));
        assertThat(reader.event(Fixture.raw(SENTINELONE, "Process Creation"))
                        .getProcess()
                        .getParent()
                        .getEntityId())
                .isEqualTo(entity(SENTINELONE, "IP Connect"));
    }

    @Test
    void givesOneIdToARecordThatIsPublishedTwice() {
        String first = Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated");
        String again = first.replace("2026-03-02T10:02:11", "2026-03-02T10:12:11");

        assertThat(reader.event(again).getEventId())
                .isEqualTo(reader.event(first).getEventId());
        assertThat(reader.event(first.replace("\"ReportId\": 11061", "\"ReportId\": 11062"))
                        .getEventId())
                .isNotEqualTo(reader.event(first).getEventId());
    }

    @Test
    void takesTheTimeOfTheFactAndNotOfItsPublicationOrReceipt() {
        assertThat(reader.event(Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated"))
                        .getTime())
                .isEqualTo("2026-03-02T10:00:05.731204Z");
        assertThat(reader.event(Fixture.raw(CROWDSTRIKE, "ZipFileWritten")).getTime())
                .isEqualTo("2026-03-02T10:00:07.100Z");
    }

    @Test
    void readsATimeWithoutZoneAsUtcWhateverTheZoneOfTheTopic() {
        TestNormalizer berlin = new TestNormalizer(InputLimits.DEFAULT, ZoneId.of("Europe/Berlin"));
        Event event = berlin.event(Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated")
                .replace("2026-03-02T10:00:05.7312044Z", "2026-03-02 10:00:05.731204400"));

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731204Z");
        assertThat(event.getTimeQuality()).isEqualTo(TimeQuality.EXACT);
    }

    @Test
    void keepsDomainAccountSidAndUpnApart() {
        Event event = reader.event(Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated"));

        assertThat(event.getUser().getDomain()).isEqualTo("corp");
        assertThat(event.getUser().getName()).isEqualTo("ada");
        assertThat(event.getUser().getId()).isEqualTo("S-1-5-21-1-2-3-1104");
        assertThat(event.getUser().getEmail()).isEqualTo("Ada@corp.example");
    }

    @Test
    void writesAMappedAddressAsIpv4() {
        assertThat(reader.event(Fixture.raw(DEFENDER, "DeviceNetworkEvents inbound"))
                        .getClient()
                        .getIp())
                .isEqualTo("10.1.9.4");
    }

    @Test
    void followsARenameFromTheBrowsersTemporaryName() {
        assertThat(reader.event(Fixture.raw(DEFENDER, "DeviceFileEvents FileRenamed"))
                        .getFile()
                        .getOriginalPath())
                .isEqualTo("C:\\Users\\ada\\Downloads\\Unconfirmed 4711.crdownload");
        assertThat(reader.event(Fixture.raw(SENTINELONE, "File Rename"))
                        .getFile()
                        .getOriginalPath())
                .endsWith("Unconfirmed 1.crdownload");
    }

    @Test
    void readsFoldersWithAndWithoutTheFileName() {
        String created = Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated");
        String folderOnly =
                created.replace("C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso", "C:\\\\Users\\\\ada\\\\Downloads");
        String slashed = created.replace(
                "C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso", "C:\\\\Users\\\\ada\\\\Downloads\\\\");

        assertThat(reader.event(folderOnly).getFile().getPath()).isEqualTo("C:\\Users\\ada\\Downloads\\Invoice.iso");
        assertThat(reader.event(slashed).getFile().getPath()).isEqualTo("C:\\Users\\ada\\Downloads\\Invoice.iso");
    }

    @Test
    void readsADevicePathAsItStands() {
        assertThat(reader.event(Fixture.raw(CROWDSTRIKE, "ZipFileWritten"))
                        .getFile()
                        .getPath())
                .isEqualTo("\\Device\\HarddiskVolume3\\Users\\ada\\Downloads\\Invoice.zip");
    }

    @Test
    void keysEventsOfAnAgentByItsAidAndItsMasterRowByTheNameOfTheHost() {
        for (Fixture fixture : Fixture.all()) {
            if (fixture.format().equals(CROWDSTRIKE) && !fixture.name().startsWith("aidmaster")) {
                assertThat(EventKeys.of(reader.event(fixture.raw()))).isEqualTo(AID);
            }
        }
        Event master = reader.event(Fixture.raw(CROWDSTRIKE, "aidmaster"));

        assertThat(EventKeys.of(master)).isEqualTo("ws-17.corp.example");
        assertThat(master.getHost().getId()).isEqualTo(AID);
    }

    @Test
    void namesTheHostOfAnAgentOutsideADomainByItsShortName() {
        Event master = reader.event(Fixture.raw(CROWDSTRIKE, "aidmaster")
                .replaceFirst("\"MachineDomain\": *\"[^\"]*\"", "\"MachineDomain\":\"\"")
                .replaceFirst("(\"ComputerName\": *\"[^.\"]*)[^\"]*", "$1"));

        assertThat(EventKeys.of(master)).isEqualTo("ws-17");
        assertThat(master.getHost().getId()).isEqualTo(AID);
    }

    @Test
    void neverTakesTheAddressTowardsTheInternetForTheHosts() {
        for (Fixture fixture : Fixture.all()) {
            if (fixture.format().equals(CROWDSTRIKE)) {
                assertThat(reader.event(fixture.raw()).toString()).doesNotContain("198.51.100.7");
            }
        }
    }

    @Test
    void readsACrowdStrikeEventUnderEventAsItStandsAlone() {
        String plain = Fixture.raw(CROWDSTRIKE, "ProcessRollup2");
        String wrapped = "{\"aid\":\"" + AID + "\",\"fdr_event_type\":\"ProcessRollup2\","
                + "\"timestamp\":\"2026-03-02 10:00:08.719\",\"event\":" + plain + "}";

        assertThat(reader.event(wrapped).getEventId())
                .isEqualTo(reader.event(plain).getEventId());
        assertThat(reader.event(wrapped).getProcess())
                .isEqualTo(reader.event(plain).getProcess());
    }

    @Test
    void followsNoListeningSocket() {
        String connection = Fixture.raw(CROWDSTRIKE, "NetworkConnectIP4");

        assertThat(reader.ignored(
                                connection.replace("\"ConnectionDirection\": \"0\"", "\"ConnectionDirection\": \"2\""))
                        .dataset())
                .isEqualTo("crowdstrike.event");
        assertThat(reader.event(connection.replace("\"ConnectionDirection\": \"0\"", "\"ConnectionDirection\": \"1\""))
                        .getNetwork()
                        .getDirection())
                .isEqualTo("ingress");
    }

    @Test
    void treatsPlaceholdersAsAbsent() {
        Event event = reader.event(Fixture.raw(CROWDSTRIKE, "ProcessRollup2"));

        assertThat(event.getProcess().getHash().getSha1()).isNull();
    }

    @Test
    void takesThePlatformFromThePathsWhereNothingElseNamesIt() {
        String created = Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated");
        String windowsFile = "C:\\\\Users\\\\ada\\\\Downloads\\\\Invoice.iso";
        String windowsImage = "c:\\\\program files (x86)\\\\microsoft\\\\edge\\\\application";

        assertThat(platform(
                        created.replace(windowsFile, "/home/ada/Invoice.iso").replace(windowsImage, "/usr/bin")))
                .isEqualTo(Platform.LINUX);
        assertThat(platform(created.replace(windowsFile, "/Users/ada/Downloads/Invoice.iso")
                        .replace(windowsImage, "/usr/bin")))
                .isEqualTo(Platform.MACOS);
        assertThat(platform(created.replace(windowsFile, "/tmp/Invoice.iso").replace(windowsImage, "/usr/bin")))
                .isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void marksAConnectionThatFailed() {
        String connection = Fixture.raw(DEFENDER, "DeviceNetworkEvents");

        assertThat(reader.event(connection.replace("ConnectionSuccess", "ConnectionFailed"))
                        .getOutcome())
                .isEqualTo(EventOutcome.FAILURE);
        assertThat(reader.event(Fixture.raw(SENTINELONE, "IP Connect").replace("\"SUCCESS\"", "\"BLOCKED\""))
                        .getOutcome())
                .isEqualTo(EventOutcome.FAILURE);
    }

    @Test
    void readsEmbeddedJsonThatBreaksOffAsFarAsItGoes() {
        String dns = Fixture.raw(DEFENDER, "DeviceEvents DnsQueryResponse");
        String broken = dns.replaceAll("\\[\\{\\\\\\\\\\\\\"DnsQueryType.*?}]\\\\\"}", "");

        assertThat(broken).isNotEqualTo(dns);
        assertThat(reader.event(broken).getDns().getQuestionName()).isEqualTo("files.bad.example");
        assertThat(reader.event(broken).getDns().getResolvedIp()).isEmpty();
    }

    @Test
    void ignoresWhatIsOfNoUse() {
        assertThat(reader.ignored(Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated")
                                .replace("\"FileCreated\"", "\"FileDeleted\""))
                        .dataset())
                .isEqualTo("microsoft.defender.device");
        assertThat(reader.ignored(Fixture.raw(DEFENDER, "DeviceFileEvents FileCreated")
                                .replace("DeviceFileEvents", "DeviceRegistryEvents"))
                        .dataset())
                .isEqualTo("microsoft.defender.other");
        assertThat(reader.ignored(Fixture.raw(CROWDSTRIKE, "DnsRequest").replace("DnsRequest", "SensorHeartbeat"))
                        .dataset())
                .isEqualTo("crowdstrike.event");
        assertThat(reader.ignored(Fixture.raw(SENTINELONE, "GET").replace("\"GET\"", "\"Module Load\""))
                        .dataset())
                .isEqualTo("sentinelone.event");
    }

    @Test
    void rejectsWhatLacksWhatItIsAbout() {
        String nothing = "{\"category\":\"AdvancedHunting-DeviceFileEvents\","
                + "\"properties\":{\"Timestamp\":\"2026-03-02T10:00:05Z\","
                + "\"ActionType\":\"FileCreated\",\"DeviceName\":null,\"FileName\":null,\"FolderPath\":\"\"}}";

        assertThat(reader.rejected(nothing).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reader.rejected(nothing).format()).isEqualTo("microsoft.defender");
    }

    @Test
    void ignoresAWriteThatNamesNoFile() {
        assertThat(reader.ignored(Fixture.raw(CROWDSTRIKE, "ZipFileWritten").replace("TargetFileName", "Other"))
                        .dataset())
                .isEqualTo("crowdstrike.event");
    }

    @Test
    void tagsAnEventOfWhichAFieldWasCut() {
        TestNormalizer narrow =
                new TestNormalizer(new InputLimits(1 << 20, 64, 256, 256, 10_000, 100, 4), ZoneOffset.UTC);
        String start = Fixture.raw(DEFENDER, "DeviceProcessEvents")
                .replace("--single-argument", "--single-argument " + "x".repeat(300));

        assertThat(narrow.event(start).getTags()).containsExactly("truncated");
    }

    private Platform platform(String record) {
        return reader.event(record).getHost().getPlatform();
    }

    private String entity(String format, String name) {
        return reader.event(Fixture.raw(format, name)).getProcess().getEntityId();
    }
}
