package io.clicktrail.normalizer.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fixtures with bytes changed, cut, doubled and glued together at random: always an outcome, never an exception, never
 * slow, never much memory, none of it kept. Runs for a few seconds in the build, and as long as {@code
 * -Dclicktrail.fuzz.seconds} says; a failure names its seed and bytes.
 */
class MutationTest {

    private static final int ROUNDS = 30_000;
    private static final long MOST_GROWTH = 16L << 20;
    private static final long LONG_RUN_SECONDS = Long.getLong("clicktrail.fuzz.seconds", 0);
    private static final byte[] SPICE =
            "{}[]\"\\<>&;:,=./#%|^()@$*\u0000\u001d\n\r \t0-'!?".getBytes(StandardCharsets.UTF_8);
    private static final String[] WORDS = {
        "CEF:0|",
        "LEEF:2.0|a|b|c|d|^|",
        "<Event>",
        "{\"records\":[",
        "{\"event\":",
        "\"message\":\"",
        "<13>Mar  2 10:00:59 h ",
        "type=SYSCALL msg=audit(1772445605.731:7): ",
        "99999999999999999999",
        "0x",
        "\\ud800",
        "\uD83D\uDE00",
        "%s%n",
        "-1",
        "null",
        "1e308",
        "#Fields: date time c-ip\n",
        "#path\tconn\n#fields\tts\tuid\n"
    };

    private final InputInvariants trial = InputInvariants.warm(FuzzSeeds.all());

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_302})
    void alwaysGivesAnOutcome(long seed) {
        fuzz(new Random(seed), seed, round -> round < ROUNDS);
    }

    @Test
    @EnabledIf("isLongRun")
    void alwaysGivesAnOutcomeHoweverLongItIsTried() {
        long seed = LONG_RUN_SECONDS;
        Random random = new Random(seed);
        long start = System.nanoTime();
        long all = Duration.ofSeconds(LONG_RUN_SECONDS).toNanos();
        long rounds = fuzz(random, seed, round -> System.nanoTime() - start < all / 4);
        long early = retainedBytes();
        rounds += fuzz(random, seed, round -> System.nanoTime() - start < all);
        long growth = retainedBytes() - early;
        System.out.printf(
                "%,d records in %d s, seed %d; %,d bytes more in use at the end than after a quarter%n",
                rounds, LONG_RUN_SECONDS, seed, growth);

        assertThat(growth).as("bytes that stay in use").isLessThan(MOST_GROWTH);
    }

    private static long retainedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    static boolean isLongRun() {
        return LONG_RUN_SECONDS > 0;
    }

    private long fuzz(Random random, long seed, LongPredicate goesOn) {
        List<byte[]> seeds = FuzzSeeds.all();
        long rounds = 0;
        for (; goesOn.test(rounds); rounds++) {
            byte[] value = mutated(seeds.get(random.nextInt(seeds.size())), seeds, random);
            try {
                trial.run(value);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                fail("seed " + seed + ", bytes " + HexFormat.of().formatHex(value), e);
            }
        }
        return rounds;
    }

    private static byte[] mutated(byte[] fixture, List<byte[]> fixtures, Random random) {
        byte[] value = fixture.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && value.length > 1; i++) {
            int at = random.nextInt(value.length);
            switch (random.nextInt(7)) {
                case 0 -> value[at] = (byte) random.nextInt(256);
                case 1 -> value[at] = SPICE[random.nextInt(SPICE.length)];
                case 2 -> value[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> value = spliced(value, at, random.nextInt(value.length - at), new byte[0]);
                case 4 -> value = spliced(value, at, 0, new byte[] {SPICE[random.nextInt(SPICE.length)]});
                case 5 -> {
                    byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
                    value = spliced(value, at, 0, word);
                }
                default -> value = spliced(value, at, 0, fixtures.get(random.nextInt(fixtures.size())));
            }
        }
        return value;
    }

    private static byte[] spliced(byte[] value, int at, int removed, byte[] inserted) {
        byte[] result = new byte[value.length - removed + inserted.length];
        System.arraycopy(value, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(value, at + removed, result, at + inserted.length, value.length - at - removed);
        return result;
    }
}
