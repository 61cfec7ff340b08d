package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressScopesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "127.0.0.1",
                "169.254.1.1",
                "100.64.0.1",
                "224.0.0.251",
                "255.255.255.255",
                "0.0.0.0",
                "::1",
                "::",
                "fe80::1",
                "fd12:3456::1",
                "ff02::fb"
            })
    void knowsInternalAddresses(String address) {
        assertThat(AddressScopes.isInternal(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.2.7", "2001:db8::1", "2606:4700::1111"})
    void knowsExternalAddresses(String address) {
        assertThat(AddressScopes.isInternal(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "2130706433,127.0.0.1",
                "0x7f.1,127.0.0.1",
                "20010db8000000000000000000000001,null",
                "1b505ba54bcbbe01d4e719e05c6d9d96,null"
            })
    void readsTheFormsThatABrowserTakesForAnAddress(String given, String expected) {
        assertThat(AddressScopes.canonical(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"10.0.0.1,10.0.0.1", "fe80::1%eth0,null", "127.0.0.1,null", "host,null", "::ffff:10.0.0.1,10.0.0.1"
            })
    void tellsWhichAddressesBelongToOneHost(String given, String expected) {
        assertThat(AddressScopes.ofOneHost(given)).isEqualTo(expected);
    }
}
