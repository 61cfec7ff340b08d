package io.clicktrail.enricher.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.evidence.ExtensionClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionsTest {

    private final Extensions extensions = TestTunings.CATALOGUES.extensions();

    @ParameterizedTest
    @CsvSource({
        "exe,EXECUTABLE,true",
        "js,SCRIPT,true",
        "hta,SCRIPT,true",
        "lnk,SHORTCUT,true",
        "iso,CONTAINER,true",
        "zip,CONTAINER,true",
        "docm,DOCUMENT,true",
        "pdf,DOCUMENT,false",
        "jpg,OTHER,false",
        "xyzzy,OTHER,false",
        "dmg,CONTAINER,true"
    })
    void classifiesExtensions(String extension, ExtensionClass expected, boolean highRisk) {
        assertThat(extensions.classOf(extension)).isEqualTo(expected);
        assertThat(extensions.isHighRisk(extension)).isEqualTo(highRisk);
    }

    @Test
    void addsTheOperatorsExtensions() {
        Extensions extended = extensions.with(List.of(".PDF", "xyzzy"));
        assertThat(extended.isHighRisk("pdf")).isTrue();
        assertThat(extended.classOf("pdf")).isEqualTo(ExtensionClass.DOCUMENT);
        assertThat(extended.isHighRisk("xyzzy")).isTrue();
        assertThat(extensions.isHighRisk("pdf")).isFalse();
    }

    @Test
    void takesNoPartOfAWebPageForADownload() {
        assertThat(extensions.isDownloadRisk("html")).isFalse();
        assertThat(extensions.isDownloadRisk("exe")).isTrue();
    }
}
