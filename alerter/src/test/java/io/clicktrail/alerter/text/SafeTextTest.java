package io.clicktrail.alerter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource({
        "202E, invoice{U+202E}gpj.exe",
        "2066, invoice{U+2066}gpj.exe",
        "200B, invoice{U+200B}gpj.exe",
        "FEFF, invoice{U+FEFF}gpj.exe",
        "0000, invoice{U+0000}gpj.exe",
        "001B, invoice{U+001B}gpj.exe",
        "0085, invoice{U+0085}gpj.exe",
        "2028, invoice{U+2028}gpj.exe",
        "00A0, invoice{U+00A0}gpj.exe",
        "3164, invoice{U+3164}gpj.exe",
        "FE0F, invoice{U+FE0F}gpj.exe",
        "E0041, invoice{U+E0041}gpj.exe",
        "D800, invoice{U+D800}gpj.exe"
    })
    void spellsOutWhatHides(String point, String expected) {
        String name = "invoice" + Character.toString(Integer.parseInt(point, 16)) + "gpj.exe";

        assertThat(SafeText.reveal(name)).isEqualTo(expected);
    }

    @Test
    void leavesWhatPeopleWriteAsItIs() {
        String text = "Müller – Rechnung №7 请求 ключ 😀.pdf";

        assertThat(SafeText.reveal(text)).isEqualTo(text);
    }

    @Test
    void cutsAtWholeCharactersAndCountsWhatIsLost() {
        assertThat(SafeText.clip("aé😀b", 3)).isEqualTo("aé…(+3 characters)");
        assertThat(SafeText.clip("abc", 3)).isEqualTo("abc");
    }

    @Test
    void knowsWhatWasCut() {
        assertThat(SafeText.isCut(SafeText.clip("a".repeat(65), 64), 64)).isTrue();
        assertThat(SafeText.isCut(SafeText.clip("a".repeat(64), 64), 64)).isFalse();
    }

    @Test
    void boundsAMegabyteOfTricks() {
        String text = "\u202E".repeat(1_000_000);

        assertThat(SafeText.clip(text, 512).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(560);
    }

    @Test
    void anyTextComesOutVisibleAndBounded() {
        long seed = 20260303;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = random.ints(random.nextInt(300), 0, Character.MAX_CODE_POINT + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            String safe = SafeText.clip(text, 200);

            assertThat(safe.getBytes(StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .hasSizeLessThan(240);
            assertThat(safe.codePoints())
                    .as("seed %d round %d", seed, round)
                    .noneMatch(point -> Character.isISOControl(point)
                            || Character.getType(point) == Character.FORMAT
                            || Character.getType(point) == Character.SURROGATE);
            assertThat(SafeText.reveal(safe)).isEqualTo(safe);
        }
    }

    @Test
    void countsColumnsOfWideAndCombiningCharacters() {
        assertThat(SafeText.columns("a请e\u0301")).isEqualTo(4);
    }
}
