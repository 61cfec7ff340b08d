package io.clicktrail.enricher.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedAddressesTest {

    @Test
    void takesTheSmallestBlock() {
        var shared = SharedAddresses.of(
                Map.of("NAT", List.of("203.0.113.0/24", "2001:db8::/32"), "detonator", List.of("203.0.113.7")));
        assertThat(shared.kindOf("203.0.113.7")).isEqualTo("detonator");
        assertThat(shared.kindOf("203.0.113.8")).isEqualTo("nat");
        assertThat(shared.kindOf("2001:db8::5")).isEqualTo("nat");
        assertThat(shared.kindOf("203.0.114.8")).isNull();
        assertThat(shared.kindOf(null)).isNull();
        assertThat(shared.kindOf("ws-1")).isNull();
    }

    @Test
    void refusesKindsAndBlocksThatAreNone() {
        assertThatThrownBy(() -> SharedAddresses.of(Map.of("cloud", List.of("10.0.0.1"))))
                .hasMessageContaining("cloud is unknown; the last part must be one of");
        assertThatThrownBy(() -> SharedAddresses.of(Map.of("nat", List.of("ws-1"))))
                .hasMessageContaining("nat is 'ws-1' but must be an address or a network");
    }
}
