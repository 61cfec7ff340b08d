package io.clicktrail.normalizer.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.normalizer.raw.RawCoordinates;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenEventCodecTest {

    private static final OpenEvent EVENT = new OpenEvent(
            1_772_445_606_000L,
            List.of(
                    new PendingPiece(
                            new byte[] {1, 2},
                            "h\u00e4",
                            new RawCoordinates("t", 3, 4L, 5L),
                            "ab",
                            new byte[] {3},
                            7,
                            true,
                            false,
                            new byte[0],
                            List.of(
                                    new PendingPiece.Header("a", new byte[] {9}),
                                    new PendingPiece.Header("b", new byte[0]))),
                    new PendingPiece(
                            new byte[] {1},
                            null,
                            new RawCoordinates("t", 3, 5L, -1L),
                            "cd",
                            new byte[] {3},
                            0,
                            false,
                            true,
                            new byte[] {5},
                            List.of())));

    @Test
    void readsWhatItWrote() {
        assertThat(OpenEventCodec.decode(OpenEventCodec.encode(EVENT)))
                .usingRecursiveComparison()
                .isEqualTo(EVENT);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        byte[] bytes = OpenEventCodec.encode(EVENT);
        bytes[0] = 2;

        assertThatThrownBy(() -> OpenEventCodec.decode(bytes)).hasMessageContaining("version 2");
    }
}
