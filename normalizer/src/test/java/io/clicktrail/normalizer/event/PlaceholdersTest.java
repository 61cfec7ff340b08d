package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\n",
                "   ",
                "\u3000",
                "-",
                "n/a",
                "N/A",
                "None",
                "null",
                "(null)",
                "(none)",
                "Unknown",
                "(empty)",
                "<unknown process>"
            })
    void takesForAbsentWhatVendorsWriteForNoValue(String text) {
        assertThat(Placeholders.absent(text)).isNull();
        assertThat(Placeholders.absent("ab" + text + "c", 2, 2 + text.length())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "--", "Null", "none", "nullable", "(nul)", " x", "unknowns", "ü", "ünknown"})
    void leavesEveryOtherTextAsItIs(String text) {
        assertThat(Placeholders.absent(text)).isEqualTo(text);
        assertThat(Placeholders.absent("ab" + text + "c", 2, 2 + text.length())).isEqualTo(text);
    }
}
