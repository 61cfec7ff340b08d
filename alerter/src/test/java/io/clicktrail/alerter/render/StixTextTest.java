package io.clicktrail.alerter.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StixTextTest {

    @ParameterizedTest
    @CsvSource({
        "https://login.evil.top/a?b=c#d, https://login.evil.top/a?b=c#d",
        "http://[2001:db8::1]:8080/x, http://[2001:db8::1]:8080/x",
        "http://evil.top/%41, http://evil.top/%41",
        "http://evil.top/%zz, http://evil.top/%25zz",
        "http://evil.top/a b|c, http://evil.top/a%20b%7Cc",
        "http://evil.top/a[1]?b[]=2, http://evil.top/a%5B1%5D?b%5B%5D=2",
        "http://evil.top/#a#b, http://evil.top/#a%23b",
        "http://evil.top\\x, http://evil.top%5Cx",
        "http://evil.top/ü, http://evil.top/%C3%BC",
        "http://evil.top/\uD83D, http://evil.top/%3F"
    })
    void aUrlIsPercentEncodedWhereItIsNoUri(String url, String uri) {
        assertThat(StixText.uri(url)).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "//", "evil.top/x", "hxxps://evil[.]top", "http://[evil]/", "203.0.113.7:80", "://"})
    void whatIsNoUriEvenSoIsNone(String url) {
        assertThat(StixText.uri(url)).isNull();
    }

    @Test
    void aUrlThatEncodingWouldSwellIsNone() {
        assertThat(StixText.uri("http://evil.top/" + " ".repeat(256))).hasSize(16 + 3 * 256);
        assertThat(StixText.uri("http://evil.top/" + " ".repeat(257))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@corp.example", "Alice.O'Neil+x@Corp.Example", "a@b", "a@xn--bcher-kva.example"})
    void anAddressOfAMailIsAMailbox(String text) {
        assertThat(StixText.isMailbox(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@b.c",
                "a@",
                "a",
                "a@b@c",
                "a..b@c.d",
                ".a@b.c",
                "a.@b.c",
                "é@b.c",
                "<a@b.c>",
                "Alice a@b.c",
                "a@-b.c",
                "a@b_c.d",
                "a@b..c",
                "a@b.c."
            })
    void anythingElseIsNone(String text) {
        assertThat(StixText.isMailbox(text)).isFalse();
    }

    @Test
    void labelsAndHostsHaveTheLengthsOfTheDns() {
        assertThat(StixText.isHost("a".repeat(63) + ".top")).isTrue();
        assertThat(StixText.isHost("a".repeat(64) + ".top")).isFalse();
        assertThat(StixText.isHost("a.".repeat(126) + "a")).isTrue();
        assertThat(StixText.isHost("a.".repeat(127) + "a")).isFalse();
        assertThat(StixText.isMailbox("a".repeat(64) + "@b.c")).isTrue();
        assertThat(StixText.isMailbox("a".repeat(65) + "@b.c")).isFalse();
    }
}
