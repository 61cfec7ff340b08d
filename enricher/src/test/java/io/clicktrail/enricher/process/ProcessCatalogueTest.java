package io.clicktrail.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import java.util.List;
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
                "LINUX|/bin/bash|shell|LOLBIN"
            })
    void foldsImagesIntoApplications(Platform platform, String image, String name, Application.Kind kind) {
        assertThat(catalogue.of(platform, image)).isEqualTo(new Application(name, kind));
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
                .isEqualTo(new Application("intranet", Application.Kind.CHAT));
        assertThat(extended.of(Platform.WINDOWS, "outlook.exe"))
                .isEqualTo(new Application("outlook", Application.Kind.MAIL));
    }
}
