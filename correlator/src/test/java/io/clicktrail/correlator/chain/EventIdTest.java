package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void holdsTheBitsOfTheHexDigits() {
        assertThat(EventId.of("0123456789abcdeffedcba9876543210"))
                .isEqualTo(new EventId(0x0123456789abcdefL, 0xfedcba9876543210L));
    }

    @Test
    void ordersAsTheDigitsDo() {
        assertThat(EventId.of("7fffffffffffffff0000000000000000"))
                .isLessThan(EventId.of("80000000000000000000000000000000"));
        assertThat(EventId.of("00000000000000007fffffffffffffff"))
                .isLessThan(EventId.of("00000000000000008000000000000000"));
    }

    @Test
    void distinguishesTextsThatAreNoHexDigits() {
        assertThat(EventId.of("evt-1")).isEqualTo(EventId.of("evt-1")).isNotEqualTo(EventId.of("evt-2"));
        assertThat(EventId.of("0123456789ABCDEFfedcba9876543210"))
                .isNotEqualTo(EventId.of("0123456789abcdeffedcba9876543210"));
    }
}
