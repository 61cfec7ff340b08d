package io.clicktrail.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostKeyTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "WS-7.corp.example., ws-7.corp.example",
                "WS-7$, ws-7",
                "Mac-17.local, mac-17",
                "mac-17.local., mac-17",
                "lx-9.localdomain, lx-9",
                "lx-9.home.arpa, lx-9",
                "ws-7.corp.local, ws-7.corp.local",
                ".local, .local",
                "local, local",
                "10.20.5.31, 10.20.5.31",
                "..., null",
                "$, null"
            })
    void isTheNameThatEverySourceOfTheHostAgreesOn(String asSent, @Nullable String key) {
        assertThat(HostKey.of(asSent)).isEqualTo(key);
    }
}
