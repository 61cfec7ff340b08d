package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.Hash;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashesTest {

    @Test
    void readsTheHashesOfAListInLowerCase() {
        assertThat(Hashes.ofList("SHA1=9D317F48BA264346D1BA2DA10B0893B156FA69BF,"
                        + "MD5=66d34277F992DB4CA8561FD1A5C483E4,IMPHASH=00"))
                .isEqualTo(
                        new Hash("66d34277f992db4ca8561fd1a5c483e4", "9d317f48ba264346d1ba2da10b0893b156fa69bf", null));
    }

    @Test
    void takesHexDigitsAloneWhereverTheyStand() {
        for (int place = 0; place < Long.BYTES; place++) {
            for (char c = 0; c < 0x180; c++) {
                StringBuilder text = new StringBuilder("66d34277f992db4ca8561fd1a5c483e4");
                text.setCharAt(place, c);
                boolean isDigit = "0123456789abcdefABCDEF".indexOf(c) >= 0;

                assertThat(Hashes.of(text.toString(), null, null))
                        .as("character %d", (int) c)
                        .isEqualTo(isDigit ? new Hash(text.toString().toLowerCase(Locale.ROOT), null, null) : null);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "66d34277f992db4ca8561fd1a5c483e",
                "66d34277f992db4ca8561fd1a5c483eg",
                "66d34277f992db4ca8561fd1a5c483e\u0011",
                "66d34277f992db4ca8561fd1a5c483e@",
                "66d34277f992db4ca8561fd1a5c483e٣"
            })
    void refusesWhatIsNoHexOfTheRightLength(String text) {
        assertThat(Hashes.of(text, null, null)).isNull();
        assertThat(Hashes.ofList("MD5=" + text)).isNull();
    }
}
