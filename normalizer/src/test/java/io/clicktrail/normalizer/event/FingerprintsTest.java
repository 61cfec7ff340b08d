package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints();

    /** Event ids must never change: these are pinned for ever. */
    @Test
    void staysTheSameForEver() {
        byte[] text = "clicktrail".getBytes(StandardCharsets.UTF_8);

        assertThat(fingerprints.full(text, 0, text.length)).startsWith(fingerprints.idOf(text, 0, text.length));
        assertThat(fingerprints.idOf("windows", "ws-17", "Security", "1", null))
                .isEqualTo("265c2fcd266c8c4bbbe5b5d90d8ad3e9");
    }

    @Test
    void tellsApartWhatPartsWouldRunTogether() {
        assertThat(fingerprints.idOf("a", "bc")).isNotEqualTo(fingerprints.idOf("ab", "c"));
        assertThat(fingerprints.idOf("a", null)).isNotEqualTo(fingerprints.idOf("a"));
    }
}
