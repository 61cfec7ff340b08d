package io.clicktrail.enricher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.schemas.lists.DataList;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorsTest {

    private static final Vendors VENDORS = Vendors.of(Lists.bundled().of(Lists.Name.VENDORS));

    @ParameterizedTest
    @CsvSource({
        "cdn.zoom.us,zoom",
        "www.python.org,python",
        "zoom.us.evil.example,",
        "evilzoom.us,",
        "www.google.com,",
        "incoming.telemetry.mozilla.org,"
    })
    void knowsTheHostsOfTheListAndNoOthers(String host, @Nullable String vendor) {
        assertThat(VENDORS.ofHost(host)).isEqualTo(vendor);
    }

    @ParameterizedTest
    @CsvSource({
        "zoom_x86_64.rpm,zoom",
        "ZoomInstallerFull.exe,zoom",
        "Python-3.14.1.tgz,python",
        "npp.8.7.4.Installer.x64.exe,notepad++",
        "Invoice.zip,"
    })
    void knowsFilesByHowTheirNamesBegin(String name, @Nullable String vendor) {
        assertThat(VENDORS.ofFile(name)).isEqualTo(vendor);
    }

    @Test
    void refusesAHostOfTwoVendors() {
        byte[] list = """
                # version: 2026-11-30
                # source: test
                # licence: Apache-2.0
                # columns: vendor;hosts;names
                one;a.example;one
                other;a.example;other
                """.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Vendors.of(DataList.read("vendors.csv", ';', new ByteArrayInputStream(list))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.example is given twice");
    }
}
