package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
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
    @CsvSource(
            nullValues = "null",
            value = {"a.ISO,iso", "a.exe. ,exe", "a,null", ".profile,profile", "a.,null", "a.b.c,c"})
    void readsTheExtension(String name, String expected) {
        assertThat(FileNames.extension(name)).isEqualTo(expected);
    }
}
