package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.correlator.testing.Timelines;
import io.clicktrail.detection.LinkGrade;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HostStateCodecTest {

    private static final long SEED = 11;

    /** Written by the first release: the host of "the whole day of a host" in codec.spec, after its last delivery. */
    private static final Path VERSION_1 = Path.of("src/test/resources/host-state-v1.bin");

    /** The host of "a host with a decision" in codec.spec, after its last delivery. */
    private static final Path VERSION_3 = Path.of("src/test/resources/host-state-v3.bin");

    /** The same host, with two sign-ins. */
    private static final Path VERSION_4 = Path.of("src/test/resources/host-state-v4.bin");

    private static final List<Path> SAMPLES = List.of(VERSION_1, VERSION_3, VERSION_4);

    @Test
    void readsTheStateThatTheFirstReleaseWrote() throws IOException {
        var state = HostStateCodec.decode(Files.readAllBytes(VERSION_1));

        assertThat(state.platform()).isEqualTo(Platform.WINDOWS);
        assertThat(state.clicks()).hasSize(1);
        assertThat(state.egresses()).hasSize(2);
        assertThat(state.writes()).hasSize(2);
        assertThat(state.executions()).hasSize(1);
        assertThat(state.starts()).hasSize(3);
        assertThat(state.episodes()).hasSize(1);
        var chain = state.chains().getLast();
        assertThat(chain.tenantKey()).isEqualTo("evil.top");
        assertThat(chain.revision()).isEqualTo(2);
        assertThat(chain.members()).extracting(ChainMember::stage).contains(Stage.values());
        assertThat(chain.links()).extracting(ChainLink::grade).contains(LinkGrade.ARTIFACT);
        var partial = state.chains().getFirst();
        assertThat(partial.missing()).contains(new AbsentStage(Stage.CLICK, MissingReason.NOT_SEEN));
    }

    @Test
    void writesTheStateOfTheFirstReleaseAnew() throws IOException {
        var state = HostStateCodec.decode(Files.readAllBytes(VERSION_1));

        assertThat(HostStateCodec.decode(HostStateCodec.encode(state)))
                .usingRecursiveComparison()
                .isEqualTo(state);
    }

    @Test
    void readsTheStateBeforeSignIns() throws IOException {
        var state = HostStateCodec.decode(Files.readAllBytes(VERSION_3));

        assertThat(state.signIns()).isEmpty();
        assertThat(state.chains())
                .singleElement()
                .satisfies(chain -> assertThat(chain.verdict().parts()).isNotEmpty());
    }

    @Test
    void readsTheStateThatItWrites() throws IOException {
        var state = HostStateCodec.decode(Files.readAllBytes(VERSION_4));

        assertThat(drawnState()).usingRecursiveComparison().isEqualTo(state);
        assertThat(state.signIns()).hasSize(2).allMatch(signIn -> signIn.plays(ChainEvent.SIGN_IN));
        assertThat(state.chains())
                .singleElement()
                .satisfies(chain -> assertThat(chain.verdict().parts()).isNotEmpty());
    }

    @Test
    void bringsEveryStateBackAsItWas() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            var history = RandomHistories.of(
                    seed, "ws1", ChainDefinition.builtIn(Platform.WINDOWS).grace());
            var replay = Replay.onWindows(SensorsAt.alive()).deliver(history.deliveries());

            var bytes = HostStateCodec.encode(replay.state());

            assertThat(HostStateCodec.decode(bytes))
                    .as("seed %s", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(replay.state());
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void refusesBytesThatAreCutOff(Path sample) throws IOException {
        var bytes = Files.readAllBytes(sample);

        for (int length = 0; length < bytes.length; length++) {
            var part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> HostStateCodec.decode(part)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesAnUnknownVersion() {
        assertThatThrownBy(() -> HostStateCodec.decode(new byte[] {10}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state of version 5 but this release reads up to 4");
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void survivesBytesByChance(Path sample) throws IOException {
        var random = new Random(SEED);
        var good = Files.readAllBytes(sample);
        for (int i = 0; i < 20_000; i++) {
            var bytes = good.clone();
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            try {
                HostStateCodec.decode(bytes);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("state");
            }
        }
    }

    static HostState drawnState() throws IOException {
        var drawn = Timelines.read(Path.of("src/test/resources/codec.spec")).getLast();
        var replay = Replay.onWindows(SensorsAt.alive());
        replay.deliver(drawn.deliveries().values().iterator().next());
        return replay.state();
    }

    /** Writes the file for a new version of the format. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), HostStateCodec.encode(drawnState()));
    }
}
