package io.clicktrail.normalizer.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormsTest {

    @ParameterizedTest
    @CsvSource({
        "02/Mar/2026:11:00:05 +0100, 2026-03-02 11:00:05 +0100",
        "02-Mar-2026 10:00:05.123, 2026-03-02 10:00:05.123",
        "02/03/2026 10:00:05, 2026-03-02 10:00:05",
        "2026/03/02 10:00:05, 2026-03-02 10:00:05",
        "Mon Mar  2 10:00:05 2026, 2026-03-02 10:00:05",
        "Mon Dec 12 10:00:05 2026, 2026-12-12 10:00:05",
        "2026-03-02 10:00:05, 2026-03-02 10:00:05",
        "02/Foo/2026:11:00:05 +0100, 2026-00-02 11:00:05 +0100",
        "nonsense, nonsense",
    })
    void turnsWhatDevicesWriteIntoIso(String text, String iso) {
        assertThat(TimeForms.iso(text)).isEqualTo(iso);
    }

    @ParameterizedTest
    @CsvSource({
        "1772445605, 1772445605000000",
        "1772445605.5, 1772445605500000",
        "1772445605731, 1772445605731000",
        "1772445605731204, 1772445605731204",
        "1772445605731204123, 1772445605731204",
    })
    void tellsTheUnitOfAnEpochByItsDigits(String text, long micros) {
        assertThat(requireNonNull(TimeForms.epoch(text)).micros()).isEqualTo(micros);
    }

    @Test
    void readsNothingElse() {
        assertThat(TimeForms.epoch("17724456057312041230")).isNull();
        assertThat(TimeForms.epoch("1772445605-31204")).isNull();
        assertThat(TimeForms.epoch(null)).isNull();
        assertThat(TimeForms.iso(null)).isNull();
    }
}
