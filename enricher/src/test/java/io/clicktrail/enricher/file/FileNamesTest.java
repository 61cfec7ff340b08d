package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.FileRisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    private final Extensions extensions = TestTunings.CATALOGUES.extensions();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice.pdf.exe",
                "photo.jpg.lnk",
                "report.docx.js",
                "a.txt.scr",
                "invoice\u202Efdp.exe",
                "invoice.exe.",
                "invoice.exe ",
                "invoice.pdf      .exe",
                "x.PDF.EXE",
                "page.\u2066txt"
            })
    void seesThroughDeceptiveNames(String name) {
        assertThat(FileNames.isDeceptive(name, extensions)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice.pdf",
                "setup.exe",
                "my.app.v2.exe",
                "archive.tar.gz",
                "backup.2026.zip",
                "jquery.min.js",
                "a.b.c",
                ".bashrc",
                "README",
                "report.pdf.zip",
                ""
            })
    void leavesHonestNamesAlone(String name) {
        assertThat(FileNames.isDeceptive(name, extensions)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "invoice.iso.crdownload,invoice.iso",
                "Unconfirmed 482911.crdownload,null",
                "setup.exe.part,setup.exe",
                "Q3xY7.part,null",
                "k3TgX0Za.exe.part,null",
                "calendar.exe.part,calendar.exe",
                "setup-1.96.2.7jaZ568K.exe.part,setup-1.96.2.exe",
                "report.december.pdf.part,report.december.pdf",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301.tmp,null",
                "a.zip.opdownload,a.zip",
                "a.zip.partial,a.zip",
                "a.dmg.download,a.dmg",
                ".com.google.Chrome.aBcDeF,null",
                ".org.chromium.Chromium.x1,null"
            })
    void tellsTheFinalNameOfADownload(String temporary, String expected) {
        assertThat(FileNames.isTemporary(temporary)).isTrue();
        assertThat(FileNames.finalName(temporary)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"party.doc", "spare.parts", ".part", "crdownload", "download"})
    void takesNoOtherNameForTemporary(String name) {
        assertThat(FileNames.isTemporary(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/Users/carol/Downloads/invoice.dmg.download/invoice.dmg,true",
        "/Users/carol/Downloads/invoice.dmg.download/Info.plist,false",
        "/Users/carol/Downloads/invoice.dmg,false",
        "/Users/carol/Downloads/Unconfirmed 12.crdownload,true"
    })
    void knowsTheFolderOfSafarisUnfinishedDownloads(String path, boolean temporary) {
        assertThat(FileNames.isTemporaryPath(path)).isEqualTo(temporary);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "/Users/carol/Downloads/invoice.dmg.download/invoice.dmg,invoice.dmg,CONTAINER,RISKY",
                "/Users/carol/Downloads/notes.pdf.download/notes.pdf,notes.pdf,DOCUMENT,HARMLESS",
                "/home/bob/Downloads/k3TgX0Za.sh.part,null,SCRIPT,RISKY",
                "/home/bob/Downloads/Unconfirmed 12.crdownload,null,NONE,UNKNOWN"
            })
    void judgesAnUnfinishedDownloadByWhatItWillBe(
            String path, @Nullable String finalName, ExtensionClass extensionClass, FileDanger danger) {
        FileRisk risk = FileAssessor.assess(
                Platform.MACOS, path, FileNames.ofPath(path), null, TestTunings.CATALOGUES.userPaths(), extensions);
        assertThat(risk.getTemporaryName()).isTrue();
        assertThat(risk.getFinalName()).isEqualTo(finalName);
        assertThat(risk.getExtensionClass()).isEqualTo(extensionClass);
        assertThat(risk.getDanger()).isEqualTo(danger);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"a.ISO,iso", "a.exe. ,exe", "a,null", ".profile,profile", "a.,null", "a.b.c,c"})
    void readsTheExtension(String name, String expected) {
        assertThat(FileNames.extension(name)).isEqualTo(expected);
    }
}
