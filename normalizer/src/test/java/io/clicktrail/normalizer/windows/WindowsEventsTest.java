package io.clicktrail.normalizer.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.normalizer.event.EventJson;
import io.clicktrail.normalizer.parse.TestNormalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WindowsEventsTest {

    private final TestNormalizer reader = new TestNormalizer();
    private final EventJson json = new EventJson();

    @TestFactory
    Stream<DynamicTest> readsEveryEventOutOfEveryContainer() {
        return WindowsScenario.ALL.stream()
                .flatMap(story -> story.fixture().containers().entrySet().stream()
                        .map(container -> DynamicTest.dynamicTest(
                                story + " as " + container.getKey(),
                                () -> assertThat(facts(reader.event(container.getValue())))
                                        .isEqualTo(story.expected()))));
    }

    @TestFactory
    Stream<DynamicTest> givesOneIdWhateverTheContainer() {
        return WindowsScenario.ALL.stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> {
                    List<String> ids = story.fixture().containers().values().stream()
                            .map(text -> reader.event(text).getEventId())
                            .distinct()
                            .toList();
                    assertThat(ids).hasSize(1).first().asString().matches("[0-9a-f]{32}");
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsTheEcsShapeOfWinlogbeatsModules() {
        return EcsFixtures.ALL.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    WindowsScenario story = WindowsScenario.ALL.stream()
                            .filter(candidate -> candidate.name().equals(entry.getKey()))
                            .findFirst()
                            .orElseThrow();
                    Event event = reader.event(entry.getValue());
                    // That shape has no logon id.
                    assertThat(facts(event)).isEqualTo(story.expected().replaceAll(",\"session_id\":\"[^\"]*\"", ""));
                    assertThat(event.getEventId())
                            .isEqualTo(reader.event(story.fixture().xml()).getEventId());
                }));
    }

    @Test
    void keepsTheCoordinatesOfTheRawRecord() {
        Event event = reader.event(WindowsScenario.ALL.getFirst().fixture().winlogbeat());

        assertThat(event.getSource().getTopic()).isEqualTo("clicktrail.raw.logs");
        assertThat(event.getSource().getPartition()).isEqualTo(1);
        assertThat(event.getSource().getOffset()).isEqualTo(42);
        assertThat(event.getSource().getSha256()).matches("[0-9a-f]{64}");
        assertThat(event.getSource().getIndex()).isZero();
    }

    @Test
    void givesDifferentRecordsDifferentIds() {
        WindowsFixture fixture = WindowsScenario.ALL.getFirst().fixture();
        String other = fixture.winlogbeat().replace("\"record_id\":88123", "\"record_id\":88124");

        assertThat(reader.event(other).getEventId())
                .isNotEqualTo(reader.event(fixture.winlogbeat()).getEventId());
    }

    @Test
    void tellsApartRecordsThatShareANumberAfterTheLogWasCleared() {
        WindowsFixture fixture = WindowsScenario.ALL.getFirst().fixture();

        assertThat(reader.event(fixture.with("UtcTime", "2026-03-02 09:00:00.000")
                                .xml())
                        .getEventId())
                .isNotEqualTo(reader.event(fixture.xml()).getEventId());
    }

    @Test
    void takesTheHostFromTheEventNotFromTheCollector() {
        Event event = reader.event(WindowsScenario.ALL.getFirst().fixture().winlogbeat());

        assertThat(event.getHost().getName()).isEqualTo("ws-17.corp.example");
    }

    @Test
    void ignoresEventIdsWithoutUse() {
        assertThat(reader.ignored(WindowsFixture.sysmon(13, "TargetObject", "HKLM\\x")
                                .xml())
                        .dataset())
                .isEqualTo("windows.sysmon");
        assertThat(reader.ignored(WindowsFixture.security(4672, "SubjectUserName", "ada")
                                .evtxDump())
                        .dataset())
                .isEqualTo("windows.security");
        assertThat(reader.ignored(new WindowsFixture(
                                        "Microsoft-Windows-WinRM",
                                        "Microsoft-Windows-WinRM/Operational",
                                        91,
                                        "2026-03-02T10:00:05.731Z",
                                        Map.of())
                                .winlogbeat())
                        .dataset())
                .isEqualTo("windows.other");
    }

    @Test
    void readsAStreamWriteOfSysmon11AsAMarkWithoutContents() {
        WindowsFixture write = WindowsFixture.sysmon(
                11,
                "UtcTime",
                "2026-03-02 10:00:05.704",
                "TargetFilename",
                "C:\\Users\\ada\\a.iso:Zone.Identifier:$DATA");
        Event event = reader.event(write.xml());

        assertThat(event.getKind()).isEqualTo(EventKind.FILE_MARK);
        assertThat(event.getFile().getPath()).isEqualTo("C:\\Users\\ada\\a.iso");
        assertThat(event.getFile().getForkName()).isEqualTo("Zone.Identifier");
        assertThat(event.getFile().getZoneId()).isNull();
    }

    @Test
    void knowsTheMarkByItsContentsWhereTheStreamIsMissing() {
        WindowsFixture old = WindowsFixture.sysmon(
                15,
                "UtcTime",
                "2026-03-02 10:00:05.704",
                "TargetFilename",
                "C:\\Users\\ada\\a.iso",
                "Contents",
                "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n");
        Event event = reader.event(old.winlogbeat().replace("\r", "\\r"));

        assertThat(event.getKind()).isEqualTo(EventKind.FILE_MARK);
        assertThat(event.getFile().getZoneId()).isEqualTo(3);
        assertThat(event.getFile().getOriginUrl()).isNull();
    }

    @Test
    void readsAnotherStreamAsAWrite() {
        WindowsFixture stream = WindowsFixture.sysmon(
                15, "UtcTime", "2026-03-02 10:00:05.704", "TargetFilename", "C:\\a.txt:evil.exe", "Contents", "MZ");
        Event event = reader.event(stream.xml());

        assertThat(event.getKind()).isEqualTo(EventKind.FILE_WRITE);
        assertThat(event.getFile().getForkName()).isEqualTo("evil.exe");
    }

    @Test
    void readsAConnectionFromOutsideAsIngress() {
        WindowsFixture inbound = WindowsFixture.sysmon(
                3,
                "UtcTime",
                "2026-03-02 10:00:05.702",
                "Initiated",
                "false",
                "SourceIp",
                "10.1.9.4",
                "SourcePort",
                "51000",
                "DestinationIp",
                "10.1.2.17",
                "DestinationPort",
                "3389");
        Event event = reader.event(inbound.evtxDump());

        assertThat(event.getNetwork().getDirection()).isEqualTo("ingress");
        assertThat(event.getClient().getIp()).isEqualTo("10.1.9.4");
        assertThat(event.getHost().getIp()).containsExactly("10.1.2.17");
    }

    @Test
    void takesNoAddressOfTheHostFromADatagramThatCameIn() {
        WindowsFixture answer = WindowsFixture.sysmon(
                3,
                "UtcTime",
                "2026-03-02 10:00:05.702",
                "Protocol",
                "udp",
                "Initiated",
                "false",
                "SourceIp",
                "10.1.2.17",
                "SourcePort",
                "62141",
                "DestinationIp",
                "10.1.0.2",
                "DestinationPort",
                "53");
        WindowsFixture broadcast = WindowsFixture.security(
                5156,
                "ProcessID",
                "4",
                "Application",
                "System",
                "Direction",
                "%%14592",
                "SourceAddress",
                "10.1.255.255",
                "SourcePort",
                "137",
                "DestAddress",
                "10.1.9.4",
                "DestPort",
                "137",
                "Protocol",
                "17");

        assertThat(reader.event(answer.xml()).getHost().getIp()).isEmpty();
        assertThat(reader.event(broadcast.xml()).getHost().getIp()).isEmpty();
    }

    @Test
    void readsOnBesideValuesWithoutNamesAndNamesThatOccurTwice() {
        String xml = WindowsScenario.ALL.getFirst().fixture().xml();
        String odd =
                xml.replace("<EventData>", "<EventData><Data>positional</Data><Data Name='Image'>C:\\first.exe</Data>");
        String dump = WindowsScenario.ALL.getFirst().fixture().evtxDump();

        assertThat(odd).isNotEqualTo(xml);
        assertThat(reader.event(odd).getKind()).isEqualTo(EventKind.PROCESS_START);
        assertThat(reader.event(dump.replace("\"EventData\":{", "\"EventData\":{\"Data\":[\"positional\",\"too\"],"))
                        .getKind())
                .isEqualTo(EventKind.PROCESS_START);
    }

    @Test
    void tellsOneStartAlikeOutOfSysmonAndTheSecurityLog() {
        Event sysmon = reader.event(WindowsFixture.sysmon(
                        1,
                        "UtcTime",
                        "2026-03-02 10:00:05.701",
                        "ProcessGuid",
                        "{5AA13A44-B135-68FE-035F-000000004002}",
                        "ProcessId",
                        "10712",
                        "Image",
                        "C:\\Windows\\System32\\wscript.exe",
                        "CommandLine",
                        "wscript.exe D:\\Invoice.js",
                        "User",
                        "CORP\\ada",
                        "ParentProcessId",
                        "1292")
                .xml());
        Event security = WindowsScenario.ALL.stream()
                .filter(story -> story.name().equals("Security 4688"))
                .map(story -> reader.event(story.fixture().xml()))
                .findFirst()
                .orElseThrow();

        assertThat(security.getEventId()).isNotEqualTo(sysmon.getEventId());
        assertThat(security.getHost()).isEqualTo(sysmon.getHost());
        assertThat(security.getUser().getName()).isEqualTo(sysmon.getUser().getName());
        assertThat(security.getProcess().getPid()).isEqualTo(sysmon.getProcess().getPid());
        assertThat(security.getProcess().getExecutable())
                .isEqualTo(sysmon.getProcess().getExecutable());
        assertThat(security.getProcess().getCommandLine())
                .isEqualTo(sysmon.getProcess().getCommandLine());
        assertThat(security.getProcess().getParent().getPid())
                .isEqualTo(sysmon.getProcess().getParent().getPid());
        assertThat(Duration.between(
                        sysmon.getProcess().getStart(), security.getProcess().getStart()))
                .isBetween(Duration.ofSeconds(-2), Duration.ofSeconds(2));
    }

    @Test
    void takesTheSubjectWhereANewProcessHasNoTarget() {
        WindowsFixture own = WindowsFixture.security(
                4688,
                "SubjectUserSid",
                "S-1-5-21-1-2-3-1104",
                "SubjectUserName",
                "ada",
                "SubjectDomainName",
                "CORP",
                "NewProcessId",
                "0x00000000000029d8",
                "NewProcessName",
                "C:\\x.exe",
                "ProcessId",
                "0x50c",
                "TargetUserSid",
                "S-1-0-0",
                "TargetUserName",
                "-",
                "TargetDomainName",
                "-");
        Event event = reader.event(own.xml());

        assertThat(event.getUser().getName()).isEqualTo("ada");
        assertThat(event.getUser().getId()).isEqualTo("S-1-5-21-1-2-3-1104");
        assertThat(event.getProcess().getPid()).isEqualTo(0x29d8);
    }

    @Test
    void treatsPlaceholdersAsAbsent() {
        WindowsFixture bare = WindowsFixture.security(
                4624,
                "TargetUserName",
                "ada",
                "TargetDomainName",
                "-",
                "LogonType",
                "2",
                "IpAddress",
                "-",
                "IpPort",
                "-",
                "WorkstationName",
                "-");
        Event event = reader.event(bare.winlogbeat());

        assertThat(event.getClient()).isNull();
        assertThat(event.getLogon().getIp()).isNull();
        assertThat(event.getUser().getDomain()).isNull();
    }

    @Test
    void fallsBackToTheWritingTimeWhereUtcTimeIsMissing() {
        Event event = reader.event(WindowsFixture.sysmon(5, "ProcessId", "7").xml());

        assertThat(event.getTime()).isEqualTo("2026-03-02T10:00:05.731Z");
    }

    @Test
    void readsSeveralEventsOfOneXmlDocument() {
        String both = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<!-- export -->\n<Events>\n"
                + WindowsScenario.ALL.get(0).fixture().xml()
                + WindowsScenario.ALL.get(1).fixture().renderedXml() + "</Events>\n";

        assertThat(reader.normalized(both).events()).extracting(Event::getCode).containsExactly("1", "3");
        assertThat(reader.normalized(both).events().get(1).getSource().getIndex())
                .isEqualTo(1);
    }

    @Test
    void readsXmlWithANamespacePrefix() {
        String prefixed = WindowsScenario.ALL
                .getFirst()
                .fixture()
                .xml()
                .replace("<Event xmlns=", "<e:Event xmlns:e=")
                .replaceAll(
                        "<(/?)(System|EventData|EventID|Data|Computer|Provider|Channel|TimeCreated|EventRecordID)\\b",
                        "<$1e:$2")
                .replace("</Event>", "</e:Event>");

        assertThat(facts(reader.event(prefixed)))
                .isEqualTo(WindowsScenario.ALL.getFirst().expected());
    }

    @Test
    void readsXmlWithControlCharactersThatXmlForbids() {
        String xml = WindowsScenario.ALL
                .getFirst()
                .fixture()
                .with("CommandLine", "cmd\u0001 /c")
                .xml();

        assertThat(reader.event(xml).getProcess().getCommandLine()).isEqualTo("cmd? /c");
    }

    @Test
    void foldsTheNullGuidToNothing() {
        WindowsFixture fixture = WindowsScenario.ALL
                .getFirst()
                .fixture()
                .with("ParentProcessGuid", "{00000000-0000-0000-0000-000000000000}");

        assertThat(reader.event(fixture.xml()).getProcess().getParent().getEntityId())
                .isNull();
    }

    @Test
    void keepsADnsStatusThatIsNoResponseCode() {
        WindowsFixture query = WindowsFixture.sysmon(
                22,
                "UtcTime",
                "2026-03-02 10:00:05.706",
                "QueryName",
                "a.example",
                "QueryStatus",
                "1460",
                "QueryResults",
                "-");
        Event event = reader.event(query.xml());

        assertThat(event.getDns().getResponseCode()).isEqualTo("1460");
        assertThat(event.getDns().getResolvedIp()).isEmpty();
    }

    /** The event without what differs from record to record. */
    private String facts(Event event) {
        return json.write(event)
                .replaceAll("\"id\":\"[0-9a-f]{32}\",", "")
                .replaceAll(",\"hash\":\"[0-9a-f]{64}\"", "")
                .replaceAll("\"source\":\\{[^}]*},", "");
    }
}
