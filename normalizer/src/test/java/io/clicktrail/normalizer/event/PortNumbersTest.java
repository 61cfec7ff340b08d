package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "443, 50123, true",
        "50123, 443, false",
        "8080, 50123, true",
        "50123, 8080, false",
        "443, 25, false",
        "50123, 50124, false",
        ", 50123, false",
        "443, , false",
    })
    void tellsTheServerByItsPort(@Nullable Integer here, @Nullable Integer there, boolean isServer) {
        assertThat(PortNumbers.isServer(here, there)).isEqualTo(isServer);
    }
}
