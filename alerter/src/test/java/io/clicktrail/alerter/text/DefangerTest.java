package io.clicktrail.alerter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefangerTest {

    private final Defanger defanger = new Defanger(List.of("evil.top", "login.evil.top"));

    @ParameterizedTest
    @CsvSource({
        "https://evil.top/a.b?c.d, hxxps://evil[.]top/a.b?c.d",
        "HTTP://User:pw@EVIL.top:8080/x, hxxp://User:pw@EVIL[.]top:8080/x",
        "ftp://files.other.net/x, fxp://files[.]other[.]net/x",
        "ms-word://a.b, ms-word[:]//a[.]b",
        "mshta evil.top/x.hta, mshta evil[.]top/x.hta",
        "see Login.Evil.Top now, see Login[.]Evil[.]Top now",
        "[c](http://a.b)![i](http://c.d/x), [c](hxxp://a[.]b)![i](hxxp://c[.]d/x)",
        "x://y.zhttp://a.b, x[:]//y[.]zhttp[:]//a[.]b",
        "www.other.net, www[.]other.net",
        "C:\\Users\\a\\invoice.iso, C:\\Users\\a\\invoice.iso"
    })
    void takesTheLifeOutOfLinks(String text, String expected) {
        assertThat(defanger.prose(text)).isEqualTo(expected);
    }

    @Test
    void doesItOnce() {
        String dead = defanger.prose("get https://evil.top/a and evil.top");

        assertThat(defanger.prose(dead)).isEqualTo(dead);
    }
}
