package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlNamesTest {

    @ParameterizedTest
    @CsvSource({
        "https://evil.top/get/setup.exe, setup.exe",
        "https://evil.top/setup.exe?id=1.2, setup.exe",
        "https://evil.top/setup.exe#/a.js, setup.exe",
        "https://evil.top/My%20Invoice.zip, My Invoice.zip",
        "https://evil.top/a+b.zip, a+b.zip",
        "https://evil.top/100%.zip, 100%.zip",
        "http://203.0.113.57:8080/a.tar.gz, a.tar.gz"
    })
    void namesTheFileThatAUrlEndsIn(String url, String name) {
        assertThat(UrlNames.fileOf(url)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.top",
                "https://evil.top/",
                "https://evil.top/review",
                "https://evil.top/review?file=setup.exe",
                "https://evil.top/get/.exe",
                "https://evil.top/v1./",
                "https://evil.top/name.",
                "",
                "://"
            })
    void namesNoFileWhereThePathHasNone(String url) {
        assertThat(UrlNames.fileOf(url)).isNull();
    }

    @Test
    void namesNoFileOfMoreThan255Characters() {
        assertThat(UrlNames.fileOf("https://evil.top/" + "a".repeat(252) + ".js"))
                .hasSize(255);
        assertThat(UrlNames.fileOf("https://evil.top/" + "a".repeat(253) + ".js"))
                .isNull();
    }
}
