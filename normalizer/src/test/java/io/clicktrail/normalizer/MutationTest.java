package io.clicktrail.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clicktrail.event.Event;
import io.clicktrail.normalizer.linux.AuditFixtures;
import io.clicktrail.normalizer.linux.LinuxJsonTest;
import io.clicktrail.normalizer.macos.EndpointSecurityFixtures;
import io.clicktrail.normalizer.macos.MacLogsTest;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.windows.WindowsStory;
import io.clicktrail.normalizer.zeek.ZeekFixtures;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixtures with bytes changed, cut, doubled and glued together at random: always an outcome, never an exception, never slow. */
class MutationTest {

    private static final int ROUNDS = 40_000;
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final byte[] SPICE = "{}[]\"\\<>&;:,=./#%\u0000\n\r \t0-'!?".getBytes(StandardCharsets.UTF_8);

    private final Reader reader = new Reader();

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_302})
    void alwaysGivesAnOutcome(long seed) {
        Random random = new Random(seed);
        List<byte[]> fixtures = fixtures();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] value = mutated(fixtures.get(random.nextInt(fixtures.size())), fixtures, random);
            long start = cpuNanos();
            assertThatCode(() -> check(reader.read(value), value))
                    .as("seed %d, bytes %s", seed, HexFormat.of().formatHex(value))
                    .doesNotThrowAnyException();
            assertThat(Duration.ofNanos(cpuNanos() - start)).isLessThan(SLOWEST);
        }
    }

    private static void check(Outcome outcome, byte[] value) {
        switch (outcome) {
            case Outcome.Normalized normalized -> {
                assertThat(normalized.events()).isNotEmpty();
                for (Event event : normalized.events()) {
                    assertThat(event.getEventId()).hasSize(32);
                }
                normalized.faults().forEach(fault -> check(fault, value));
            }
            case Outcome.Rejected rejected -> {
                assertThat(rejected.from()).isBetween(0, rejected.to());
                assertThat(rejected.to()).isLessThanOrEqualTo(value.length);
                assertThat(rejected.position()).isBetween(0, value.length);
            }
            case Outcome.Ignored ignored -> assertThat(ignored.dataset()).isNotEmpty();
            case Outcome.Partial partial -> {
                assertThat(partial.pieces()).isNotEmpty().allSatisfy(piece -> {
                    assertThat(piece.from()).isBetween(0, piece.to());
                    assertThat(piece.to()).isLessThanOrEqualTo(value.length);
                });
                if (partial.rest() != null) {
                    check(partial.rest(), value);
                }
            }
        }
    }

    private static byte[] mutated(byte[] fixture, List<byte[]> fixtures, Random random) {
        byte[] value = fixture.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && value.length > 1; i++) {
            int at = random.nextInt(value.length);
            switch (random.nextInt(6)) {
                case 0 -> value[at] = (byte) random.nextInt(256);
                case 1 -> value[at] = SPICE[random.nextInt(SPICE.length)];
                case 2 -> value[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> value = spliced(value, at, random.nextInt(value.length - at), new byte[0]);
                case 4 -> value = spliced(value, at, 0, new byte[] {SPICE[random.nextInt(SPICE.length)]});
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

    private static List<byte[]> fixtures() {
        List<String> texts = new ArrayList<>(ZeekFixtures.ALL.values());
        WindowsStory.ALL.forEach(
                story -> texts.addAll(story.fixture().containers().values()));
        Fixture.all().forEach(fixture -> texts.add(fixture.raw()));
        Story.all().forEach(story -> texts.add(story.raw()));
        texts.add("<14>1 2026-03-02T10:00:59Z zeek-1 zeek - - [a@1 b=\"c\"] " + texts.get(0));
        texts.add("<14>Mar  2 2026 10:00:59 zeek-1 zeek[1]: " + texts.get(1));
        texts.add("{\"time\":1772445660.5,\"host\":\"h\",\"sourcetype\":\"x\",\"event\":" + texts.get(0) + "}");
        texts.add(
                "{\"@timestamp\":\"2026-03-02T10:00:59Z\",\"agent\":{},\"message\":\"<13>Mar  2 10:00:59 a b: <Event>\"}");
        texts.add("[" + texts.get(0) + ",\"" + "x" + "\"," + texts.get(1) + "]");
        texts.add("{\"clicktrail.heartbeat\":\"p1\"}");
        texts.addAll(List.of(AuditFixtures.EXECVE, AuditFixtures.CONNECT, AuditFixtures.RENAME, AuditFixtures.LOGIN));
        texts.addAll(List.of(
                EndpointSecurityFixtures.EXEC,
                EndpointSecurityFixtures.jamf(EndpointSecurityFixtures.RENAME),
                EndpointSecurityFixtures.withArrays(EndpointSecurityFixtures.SET_QUARANTINE),
                LinuxJsonTest.LAUREL,
                LinuxJsonTest.AUDITBEAT,
                LinuxJsonTest.OSQUERY,
                MacLogsTest.EXEC,
                MacLogsTest.UNIFIED.formatted("Opening URL: <https://a.example/>"),
                "2026-03-02T10:00:05+0000 /Users/ada/a b.dmg Created IsFile"));
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
