package io.clicktrail.enricher.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndicatorBytesTest {

    private static final long SEED = 4_711L;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final IndicatorBytes form = new IndicatorBytes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://lists.test/url/3456789/",
                "https://lists.test/url/007",
                "https://lists.test/url/000",
                "https://lists.test/url/99999999999999999999999999/x",
                "https://lists.test/ioc/evil.top/",
                "evil.top",
                "no digits",
                "\u0001 and \u0002 9",
                "caf\u00e9 7",
                "\u65e5\u672c 8"
            })
    void keepsReferencesAsTheyAre(String reference) {
        Indicator indicator = indicator("evil.top", "a", reference, NOON);

        assertThat(form.decode(form.encode(new Indicator[] {indicator}))).containsExactly(indicator);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.top",
                HASH,
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0",
                "b\u00fccher.test",
                "\u65e5\u672c.test"
            })
    void knowsItsOwnValueAndNoOther(String value) {
        byte[] bytes = form.encode(new Indicator[] {indicator(value, "a", null, NOON)});

        assertThat(IndicatorBytes.isOf(bytes, IndicatorType.DOMAIN, value)).isTrue();
        assertThat(IndicatorBytes.isOf(bytes, IndicatorType.URL, value)).isFalse();
        assertThat(IndicatorBytes.isOf(bytes, IndicatorType.DOMAIN, value + "x"))
                .isFalse();
        assertThat(IndicatorBytes.isOf(
                        bytes, IndicatorType.DOMAIN, value.replace('e', 'f') + (value.contains("e") ? "" : "-")))
                .isFalse();
        assertThat(IndicatorBytes.valueOf(bytes)).isEqualTo(value);
    }

    @Test
    void keepsTimesOfAnyKind() {
        for (Instant time :
                new Instant[] {Instant.MIN, Instant.EPOCH.minusNanos(1_000), NOON.plusNanos(1_000), Instant.MAX}) {
            Indicator indicator = indicator("evil.top", "a", null, time);

            assertThat(form.decode(form.encode(new Indicator[] {indicator}))).containsExactly(indicator);
        }
    }

    @Test
    void writesOutWhatTheDictionariesHaveNoRoomFor() {
        for (int i = 0; i < 70_000; i++) {
            Indicator indicator = indicator("evil.top", "source" + i + 'x', "see" + i + "/page" + i + "/x", NOON);

            assertThat(form.decode(form.encode(new Indicator[] {indicator}))).containsExactly(indicator);
        }
    }

    @Test
    void takesFewBytesForTheFeedsInUse() {
        byte[] hash = form.encode(new Indicator[] {
            new Indicator(
                    IndicatorType.SHA256,
                    HASH,
                    "bazaar",
                    80,
                    "loader",
                    NOON,
                    NOON,
                    "https://lists.test/sample/" + HASH + "/")
        });

        assertThat(hash.length).isLessThan(60);
    }

    @Test
    void keepsWhateverSourcesSay() {
        var random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            var listed = new Indicator[1 + random.nextInt(4)];
            IndicatorType type = IndicatorType.values()[random.nextInt(IndicatorType.values().length)];
            String value = text(random);
            for (int i = 0; i < listed.length; i++) {
                listed[i] = new Indicator(
                        type,
                        value,
                        text(random),
                        1 + random.nextInt(100),
                        random.nextBoolean() ? null : text(random),
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        random.nextBoolean() ? null : text(random));
            }

            assertThat(form.decode(form.encode(listed)))
                    .as("seed %d round %d", SEED, round)
                    .containsExactly(listed);
        }
    }

    private static String text(Random random) {
        String letters = "0159abcdefxyz./:\u00e9\u65e5";
        int reach = random.nextBoolean() ? 9 : letters.length();
        var text = new StringBuilder();
        for (int i = random.nextInt(70); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(reach)));
        }
        return text.toString();
    }

    private static Indicator indicator(String value, String source, @Nullable String reference, Instant listed) {
        return new Indicator(IndicatorType.DOMAIN, value, source, 50, "phishing", listed, listed, reference);
    }
}
