package io.clicktrail.normalizer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    private static final String[] SOUGHT = {"a", "aa", "ab", "ba", "abba", "\u0001b", " a=", "ab\u0000"};

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_302})
    void findsATextWhereStringsFindIt(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "ab =\u0000\u0001\u0080".charAt(random.nextInt(7));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            String text = new String(bytes, 0, to, StandardCharsets.ISO_8859_1);
            for (String sought : SOUGHT) {
                assertThat(Lines.find(bytes, from, to, sought))
                        .as("seed %d, %s in %s from %d", seed, sought, text, from)
                        .isEqualTo(text.indexOf(sought, from));
            }
        }
    }
}
