package io.clicktrail.enricher.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.intel.Indicator;
import io.clicktrail.intel.IndicatorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntelTableTest {

    private static final long SEED = 4_711L;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void holdsWhatWasOfferedAndNotTakenBack() {
        var random = new Random(SEED);
        var table = new IntelTable(5_000);
        Map<String, Indicator> expected = new HashMap<>();
        for (int step = 0; step < 60_000; step++) {
            Indicator indicator = any(random);
            String key = IntelTable.key(indicator);
            if (random.nextInt(5) < (step / 20_000 == 1 ? 1 : 3)) {
                assertThat(table.offer(indicator)).isNull();
                expected.put(key, indicator);
            } else {
                table.remove(key);
                expected.remove(key);
            }
        }

        assertThat(table.size()).isEqualTo(expected.size());
        for (int number = 0; number < 1_000; number++) {
            for (IndicatorType type : List.of(IndicatorType.DOMAIN, IndicatorType.URL)) {
                String value = value(type, number);
                List<Indicator> listed = new ArrayList<>(expected.values());
                listed.removeIf(
                        other -> other.getType() != type || !other.getValue().equals(value));
                assertThat(table.exactly(type, value)).containsExactlyInAnyOrderElementsOf(listed);
                assertThat(table.lists(type, value)).isEqualTo(!listed.isEmpty());
                if (type == IndicatorType.URL && !listed.isEmpty()) {
                    assertThat(table.knowsUrlsOf("host" + number + ".test")).isTrue();
                }
            }
        }
    }

    @Test
    void forgetsHostsOfUrlsThatWereTakenBack() {
        var random = new Random(SEED);
        var table = new IntelTable(5_000);
        List<Indicator> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Indicator indicator = any(random);
            all.add(indicator);
            table.offer(indicator);
        }
        all.forEach(indicator -> table.remove(IntelTable.key(indicator)));

        assertThat(table.isEmpty()).isTrue();
        for (int number = 0; number < 1_000; number++) {
            assertThat(table.knowsUrlsOf("host" + number + ".test")).isFalse();
        }
    }

    private static Indicator any(Random random) {
        IndicatorType type = random.nextBoolean() ? IndicatorType.DOMAIN : IndicatorType.URL;
        return new Indicator(
                type,
                value(type, random.nextInt(1_000)),
                "source" + random.nextInt(2),
                1 + random.nextInt(100),
                "threat",
                NOON.plusSeconds(random.nextInt(100_000)),
                NOON.plusSeconds(random.nextInt(10_000_000)),
                "https://lists.test/" + random.nextInt(1_000_000));
    }

    private static String value(IndicatorType type, int number) {
        return type == IndicatorType.DOMAIN ? "host" + number + ".test" : "https://host" + number + ".test/a";
    }
}
