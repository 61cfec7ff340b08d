package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.TimeQuality;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints();

    /** Event ids must never change: these are pinned for ever. */
    @Test
    void staysTheSameForEver() {
        byte[] text = "clicktrail".getBytes(StandardCharsets.UTF_8);

        assertThat(fingerprints.full(text, 0, text.length)).startsWith(fingerprints.idOf(text, 0, text.length));
        assertThat(fingerprints.idOf(null, "windows", "ws-17", "Security", "1", null))
                .isEqualTo("265c2fcd266c8c4bbbe5b5d90d8ad3e9");
    }

    @Test
    void tellsApartWhatPartsWouldRunTogether() {
        assertThat(fingerprints.idOf(null, "a", "bc")).isNotEqualTo(fingerprints.idOf(null, "ab", "c"));
        assertThat(fingerprints.idOf(null, "a", null)).isNotEqualTo(fingerprints.idOf(null, "a"));
    }

    @Test
    void aRecordThatClaimsAnothersIdentityAtAnotherTimeIsAnotherEvent() {
        assertThat(fingerprints.idOf(at(1_000_000), "eslogger", "mac-0017", "1"))
                .isEqualTo(fingerprints.idOf(at(1_999_999), "eslogger", "mac-0017", "1"))
                .isNotEqualTo(fingerprints.idOf(at(2_000_000), "eslogger", "mac-0017", "1"));
    }

    private static EventTime at(long micros) {
        return new EventTime(micros, TimeQuality.EXACT);
    }
}
